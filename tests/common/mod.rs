//! A scratch folder with files in it, and caveat run there.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

/// A rule set with one rule of each severity, so that tests do not hang on the words of the built-in ones.
pub const HOUSE: &str = include_str!("house.toml");

/// A scratch folder.
pub struct Project {
    folder: tempfile::TempDir,
}

impl Project {
    /// An empty folder that counts as a repository.
    pub fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join(".git")).unwrap();
        Self { folder }
    }

    /// A folder with the house rules, which alone are selected.
    pub fn with_house_rules() -> Self {
        Self::new()
            .file("house.toml", HOUSE)
            .file("caveat.toml", "rulesets = [\"house.toml\"]\nselect = [\"house/*\"]\n")
    }

    /// Adds a file.
    pub fn file(self, path: &str, content: impl AsRef<[u8]>) -> Self {
        let path = self.path(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
        self
    }

    /// The absolute path of a file.
    pub fn path(&self, path: impl AsRef<Path>) -> PathBuf {
        self.folder.path().join(path)
    }

    /// caveat in this folder, ready to be given arguments.
    pub fn caveat(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_caveat"));
        command.current_dir(self.folder.path()).args(arguments).stdin(Stdio::null()).env_remove("NO_COLOR");
        command
    }

    /// Runs caveat.
    pub fn run(&self, arguments: &[&str]) -> Run {
        Run::of(&self.caveat(arguments).output().unwrap())
    }
}

/// What a run did.
#[derive(Debug)]
pub struct Run {
    pub status: Option<i32>,
    pub stdout: String,
    pub stderr: String,
}

impl Run {
    fn of(output: &Output) -> Self {
        Self {
            status: output.status.code(),
            stdout: String::from_utf8(output.stdout.clone()).unwrap(),
            stderr: String::from_utf8(output.stderr.clone()).unwrap(),
        }
    }
}
