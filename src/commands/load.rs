//! What every command starts from: config and rule sets, read and checked together.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::cli::ConfigArgs;
use crate::config::{self, Config, ConfigFault, FaultKind, Flags, Settings};
use crate::diagnostic::{Label, Severity};
use crate::error::Error;
use crate::report::Problem;
use crate::ruleset::{RuleSetFaults, RuleSets, RuleSource};
use crate::runner::read_limited;
use crate::source::SourceFile;
use crate::walk::display;

use super::Terminal;
use super::inputs::InputFiles;

/// Config and rule sets of a run.
#[derive(Debug)]
pub(super) struct Loaded {
    /// The config, when there is one.
    pub(super) config: Option<Config>,
    /// Configs in the same folder, which are not read.
    pub(super) shadowed: Vec<&'static str>,
    /// All rule sets, compiled.
    pub(super) rulesets: RuleSets,
    /// What config and flags mean.
    pub(super) settings: Settings,
    /// Inputs beside articles and rule sets.
    pub(super) inputs: InputFiles,
}

/// Reads config and rule sets. All faults of all of them are shown together.
///
/// # Errors
///
/// When anything is at fault or cannot be read.
pub(super) fn load(args: &ConfigArgs, flags: &Flags, terminal: Terminal) -> Result<Loaded, Error> {
    let working = std::env::current_dir().map_err(Error::CurrentFolder)?;
    let (read, shadowed) = read_config(args, &working)?;
    let (config, mut faults) = match read {
        Some((config, faults)) => (Some(config), faults),
        None => (None, Vec::new()),
    };
    let mut sources = RuleSource::builtin();
    let mut inputs = InputFiles::default();
    if let Some(config) = &config {
        inputs = InputFiles::read(config, &mut faults);
        for path in &config.rulesets {
            match ruleset_files(&config.shown_folder.join(&path.value), Some(config)) {
                Ok(files) => sources.extend(files),
                Err(reason) => faults.push(ConfigFault::new(path.span, reason).kind(FaultKind::MissingRuleSet)),
            }
        }
    }
    for path in &args.rulesets {
        let files = ruleset_files(path, None).map_err(|reason| Error::Flag {
            flag: "--rulesets",
            reason,
            help: Some("Correct the path. Nothing was checked.".to_owned()),
        })?;
        sources.extend(files);
    }
    let mut seen = Vec::new();
    sources.retain(|source| {
        let new = source.builtin || !seen.iter().any(|path| path == source.file.path());
        seen.push(source.file.path().to_owned());
        new
    });
    let (config, rulesets, settings) = settle(config, faults, flags, &working, RuleSets::load(sources), terminal)?;
    Ok(Loaded { config, shadowed, rulesets, settings, inputs })
}

/// Resolves the settings, or shows every fault there is.
fn settle(
    config: Option<Config>,
    mut faults: Vec<ConfigFault>,
    flags: &Flags,
    working: &Path,
    rulesets: Result<RuleSets, RuleSetFaults>,
    terminal: Terminal,
) -> Result<(Option<Config>, RuleSets, Settings), Error> {
    let mut flag_faults = Vec::new();
    let mut count = 0;
    let mut what = "the config";
    let settled = match rulesets {
        Ok(rulesets) => match Settings::resolve(config.as_ref(), flags, &rulesets, working) {
            Ok(settings) => Some((rulesets, settings)),
            Err(found) => {
                faults.extend(found.config);
                flag_faults = found.flags;
                None
            }
        },
        Err(found) => {
            show_faults(&found, terminal);
            count += found.faults.len();
            what = if faults.is_empty() { "the rule sets" } else { "config and rule sets" };
            None
        }
    };
    if let Some(config) = &config {
        faults = ConfigFault::sorted(faults, &config.source);
        for fault in &faults {
            terminal.problem(&[&config.source], &fault.problem(&config.source));
        }
        count += faults.len();
    }
    let last = if count > 0 { Some(Error::Faults { count, what }) } else { flag_faults.pop() };
    for error in &flag_faults {
        terminal.fatal(error);
    }
    match (last, settled) {
        (None, Some((rulesets, settings))) => Ok((config, rulesets, settings)),
        (last, _) => Err(last.unwrap_or(Error::Faults { count, what })),
    }
}

/// Shows every fault of the rule sets.
fn show_faults(found: &RuleSetFaults, terminal: Terminal) {
    let files: Vec<&SourceFile> = found.files.iter().collect();
    let path = |file: usize| files.get(file).map_or("", |file| file.path());
    for fault in &found.faults {
        let labels: Vec<Label> = fault
            .secondary
            .iter()
            .map(|(file, span, message)| Label { path: path(*file).to_owned(), span: *span, message: message.clone() })
            .collect();
        let problem = Problem {
            severity: Severity::Error,
            code: None,
            message: &fault.message,
            path: path(fault.file),
            span: Some(fault.span),
            label: fault.label.as_deref().unwrap_or_default(),
            labels: &labels,
            notes: fault.help.iter().map(|help| format!("help: {help}")).collect(),
        };
        terminal.problem(&files, &problem);
    }
}

type ReadConfig = Option<(Config, Vec<ConfigFault>)>;

/// Finds and reads the config. Also returns the names of configs beside it.
fn read_config(args: &ConfigArgs, working: &Path) -> Result<(ReadConfig, Vec<&'static str>), Error> {
    if args.isolated {
        return Ok((None, Vec::new()));
    }
    if let Some(path) = &args.config {
        let folder = folder_of(path);
        return Ok((Some(read_one(path, &working.join(&folder), &folder)?), Vec::new()));
    }
    match config::discover(working) {
        None => Ok((None, Vec::new())),
        Some(found) => {
            let folder = folder_of(&found.shown);
            Ok((Some(read_one(&found.shown, &found.folder, &folder)?), found.shadowed))
        }
    }
}

/// The folder that the paths of a config are relative to: the one it stands in,
/// or the one above when that is `.config`.
fn folder_of(config: &Path) -> PathBuf {
    let folder = config.parent().unwrap_or(Path::new(""));
    let folder = if folder.ends_with(".config") { folder.parent().unwrap_or(Path::new("")) } else { folder };
    folder.to_owned()
}

fn read_one(path: &Path, folder: &Path, shown_folder: &Path) -> Result<(Config, Vec<ConfigFault>), Error> {
    let source =
        read_source(path).map_err(|source| Error::Unreadable { what: "the config", path: path.to_owned(), source })?;
    Ok(Config::read(source, folder, shown_folder))
}

/// Reads a TOML file.
pub(super) fn read_source(path: &Path) -> io::Result<SourceFile> {
    let bytes = read_limited(fs::File::open(path)?)?;
    SourceFile::from_bytes(display(path), bytes).map_err(|error| io::Error::new(io::ErrorKind::InvalidData, error))
}

/// The rule set file at a path, or those in the folder there, in the order of their names.
fn ruleset_files(path: &Path, config: Option<&Config>) -> Result<Vec<RuleSource>, String> {
    let unreadable = |path: &Path, error: io::Error| format!("cannot read the rule set {}: {error}", display(path));
    let metadata = fs::metadata(path).map_err(|error| unreadable(path, error))?;
    let mut files = Vec::new();
    if metadata.is_dir() {
        for entry in fs::read_dir(path).map_err(|error| unreadable(path, error))? {
            let file = entry.map_err(|error| unreadable(path, error))?.path();
            if is_ruleset(&file) && config.is_none_or(|config| display(&file) != config.source.path()) {
                files.push(file);
            }
        }
        files.sort();
        if files.is_empty() {
            return Err(format!("the folder {} holds no rule set, that is, no file ending in .toml", display(path)));
        }
    } else {
        files.push(path.to_owned());
    }
    files
        .iter()
        .map(|file| {
            let file = read_source(file).map_err(|error| unreadable(file, error))?;
            Ok(RuleSource { file, builtin: false })
        })
        .collect()
}

/// Whether a file in a folder of rule sets is one: `.toml`, not hidden.
fn is_ruleset(path: &Path) -> bool {
    let hidden = path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'));
    path.extension().is_some_and(|extension| extension == "toml") && !hidden && !path.is_dir()
}
