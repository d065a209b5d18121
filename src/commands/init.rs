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
