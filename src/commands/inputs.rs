//! The inputs that a config or a flag names: bibliographies, tables of retractions, journals.

use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use jiff::civil::Date;
use sha2::{Digest, Sha256};

use crate::bibliography::Bibliography;
use crate::config::{Config, ConfigFault, Placed};
use crate::error::Error;
use crate::journal::Journals;
use crate::linter::Inputs;
use crate::report::InputEntry;
use crate::retraction::Retractions;
use crate::walk::{display, tidy};

/// The largest input that is read, in bytes. The table of Retraction Watch has about 60 MB.
const MAX_BYTES: u64 = 512 << 20;

/// The inputs of a run, read.
#[derive(Debug, Default)]
pub(super) struct InputFiles {
    bibliographies: Vec<Bibliography>,
    retractions: Option<Retractions>,
    journals: Option<Journals>,
    /// What was read, in this order.
    entries: Vec<InputEntry>,
}

impl InputFiles {
    /// Reads the inputs that a config names. What cannot be read is a fault of the config.
    pub(super) fn read(config: &Config, faults: &mut Vec<ConfigFault>) -> Self {
        let mut inputs = Self::default();
        let mut each = |files: &[Placed<String>], add: fn(&mut Self, &Path) -> Result<(), String>| {
            for file in files {
                let path = tidy(&config.shown_folder.join(&file.value));
                if let Err(message) = add(&mut inputs, &path) {
                    faults.push(ConfigFault::new(file.span, message));
                }
            }
        };
        each(&config.bibliography, Self::add_bibliography);
        each(&config.retractions, Self::add_retractions);
        each(&config.journals, Self::add_journals);
        inputs
    }

    /// Adds the tables of retractions that a flag names.
    ///
    /// # Errors
    ///
    /// The first that cannot be read.
    pub(super) fn add_flags(&mut self, retractions: &[PathBuf]) -> Result<(), Error> {
        for path in retractions {
            self.add_retractions(&tidy(path)).map_err(|reason| Error::Flag {
                flag: "--retractions",
                reason,
                help: Some("Correct the path or the file. Nothing was checked.".to_owned()),
            })?;
        }
        Ok(())
    }

    fn add_bibliography(&mut self, path: &Path) -> Result<(), String> {
        let text = self.text(path, "bibliography")?;
        let bibliography =
            Bibliography::parse(&text).map_err(|fault| broken("bibliography", path, fault.line, &fault.message))?;
        self.bibliographies.push(bibliography);
        Ok(())
    }

    fn add_retractions(&mut self, path: &Path) -> Result<(), String> {
        let bytes = self.bytes(path, "table of retractions")?;
        let table = self.retractions.get_or_insert_default();
        table
            .add(&display(path), &bytes)
            .map_err(|fault| broken("table of retractions", path, fault.line, &fault.message))
    }

    fn add_journals(&mut self, path: &Path) -> Result<(), String> {
        let text = self.text(path, "table of journals")?;
        let journals =
            Journals::parse(&text).map_err(|fault| broken("table of journals", path, fault.line, &fault.message))?;
        self.journals.get_or_insert_default().extend(journals);
        Ok(())
    }

    fn text(&mut self, path: &Path, what: &str) -> Result<String, String> {
        let bytes = self.bytes(path, what)?;
        String::from_utf8(bytes).map_err(|error| {
            let before = &error.as_bytes()[..error.utf8_error().valid_up_to()];
            let line = 1 + before.iter().filter(|&&b| b == b'\n').count();
            broken(what, path, line, "it is not UTF-8")
        })
    }

    /// Reads a file and notes its hash.
    fn bytes(&mut self, path: &Path, what: &str) -> Result<Vec<u8>, String> {
        let bytes = read(path).map_err(|error| format!("cannot read the {what} {}: {error}", display(path)))?;
        self.entries.push(InputEntry { path: display(path), sha256: sha256(&bytes) });
        Ok(bytes)
    }

    /// What a report says of the inputs.
    pub(super) fn entries(&self) -> Vec<InputEntry> {
        self.entries.clone()
    }

    /// The inputs as the linter reads them.
    pub(super) fn into_inputs(self, as_of: Date) -> Inputs {
        Inputs { as_of, retractions: self.retractions, bibliographies: self.bibliographies, journals: self.journals }
    }
}

/// What to say of a file that is not as it should be.
fn broken(what: &str, path: &Path, line: impl std::fmt::Display, message: &str) -> String {
    format!("cannot read the {what} {}: line {line}: {message}", display(path))
}

/// Reads a file to its end, but not more than [`MAX_BYTES`].
fn read(path: &Path) -> io::Result<Vec<u8>> {
    let file = File::open(path)?;
    let size = file.metadata().map_or(0, |metadata| metadata.len());
    let mut bytes = Vec::with_capacity(usize::try_from(size.min(MAX_BYTES)).unwrap_or(0) + 1);
    file.take(MAX_BYTES + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > MAX_BYTES {
        return Err(io::Error::other(format!("it is larger than {} MiB", MAX_BYTES >> 20)));
    }
    Ok(bytes)
}

/// The hash of some bytes, in hexadecimal.
fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}
