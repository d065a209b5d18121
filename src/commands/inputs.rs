//! The inputs that a config names: bibliographies and tables of retractions.

use jiff::civil::Date;
use sha2::{Digest, Sha256};

use crate::config::{Config, ConfigFault, Placed};
use crate::linter::Inputs;
use crate::report::InputEntry;
use crate::source::SourceFile;
use crate::walk::{display, tidy};

use super::load::read_source;

/// The inputs of a run, read.
#[derive(Debug, Default)]
pub(super) struct InputFiles {
    /// Bibliography files, in the order of the config.
    pub(super) bibliography: Vec<SourceFile>,
    /// Tables of retracted articles, in the order of the config.
    pub(super) retractions: Vec<SourceFile>,
}

impl InputFiles {
    /// Reads the inputs that a config names. What cannot be read is a fault of the config.
    pub(super) fn read(config: &Config, faults: &mut Vec<ConfigFault>) -> Self {
        let mut read = |files: &[Placed<String>], what: &str| {
            let mut sources = Vec::new();
            for file in files {
                let path = tidy(&config.shown_folder.join(&file.value));
                match read_source(&path) {
                    Ok(source) => sources.push(source),
                    Err(error) => {
                        let message = format!("cannot read the {what} {}: {error}", display(&path));
                        faults.push(ConfigFault::new(file.span, message));
                    }
                }
            }
            sources
        };
        Self {
            bibliography: read(&config.bibliography, "bibliography"),
            retractions: read(&config.retractions, "table of retractions"),
        }
    }

    /// The inputs as the linter reads them.
    pub(super) fn inputs(&self, as_of: Date) -> Inputs {
        Inputs { as_of }
    }

    /// What a report says of the inputs.
    pub(super) fn entries(&self) -> Vec<InputEntry> {
        let files = self.bibliography.iter().chain(&self.retractions);
        files.map(|file| InputEntry { path: file.path().to_owned(), sha256: sha256(file.text()) }).collect()
    }
}

/// The hash of a text's bytes, in hexadecimal.
fn sha256(text: &str) -> String {
    Sha256::digest(text.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect()
}
