//! `caveat init`: writes a commented config to start from.

use std::fs::OpenOptions;
use std::io::{ErrorKind, Write};

use crate::cli::InitArgs;
use crate::error::Error;
use crate::exit_status::ExitStatus;
use crate::walk::{display, tidy};

use super::Terminal;

/// The config that `init` writes; every key is commented out.
const STARTER: &str = include_str!("starter.toml");

/// Writes `caveat.toml`, but never over one that is there.
pub(super) fn init(args: &InitArgs, terminal: Terminal) -> Result<ExitStatus, Error> {
    let path = tidy(&args.folder.join("caveat.toml"));
    let written = OpenOptions::new()
        .write(true)
        .create_new(true)
        .open(&path)
        .and_then(|mut file| file.write_all(STARTER.as_bytes()));
    match written {
        Ok(()) => {
            terminal.note(&format!("wrote {}; now run: caveat check", display(&path)));
            Ok(ExitStatus::Clean)
        }
        Err(error) if error.kind() == ErrorKind::AlreadyExists => Err(Error::ConfigExists(path)),
        Err(source) => Err(Error::Unwritable { path, source }),
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use crate::config::{Config, Flags, Settings};
    use crate::ruleset::RuleSets;
    use crate::source::SourceFile;

    use super::*;

    #[test]
    fn every_line_of_the_starter_may_be_uncommented() {
        // A key or a header is commented out with `# `, and nothing else looks like one.
        let is_toml =
            |line: &str| line.starts_with('[') || line.split_once(" = ").is_some_and(|(key, _)| !key.contains(' '));
        let mut keys = 0;
        let mut text = String::new();
        for line in STARTER.lines() {
            let bare = line.trim_start_matches("# ");
            if is_toml(bare) {
                keys += 1;
                text.push_str(bare);
            }
            text.push('\n');
        }
        let (config, faults) = Config::read(SourceFile::new("caveat.toml", text), Path::new("/site"), Path::new(""));
        assert_eq!(faults, []);
        assert!(keys > 20);
        // The rules and statements it names are built in.
        let rulesets = RuleSets::builtin().expect("the built-in rule sets are sound");
        let settings = Settings::resolve(Some(&config), &Flags::default(), &rulesets, Path::new("/site"));
        assert!(settings.is_ok(), "{settings:?}");
    }
}
