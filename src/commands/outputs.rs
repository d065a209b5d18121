//! Where findings go: one reporter per `--format`, standard output or a file each.

use std::fs::File;
use std::io::{self, BufWriter};
use std::path::PathBuf;

use crate::cli::FormatSpec;
use crate::error::Error;
use crate::report::{FileCounts, Format, Reporter, RunHeader};
use crate::runner::Outcome;

use super::Terminal;

/// What standard output is called in messages.
const STDOUT: &str = "standard output";

/// The reports of a run.
pub(super) struct Outputs<'a> {
    open: Vec<(PathBuf, Box<dyn Reporter + 'a>)>,
    failed: Vec<Error>,
}

impl<'a> Outputs<'a> {
    /// Opens every report before anything is checked, so that no work is lost on
    /// one that cannot be written.
    pub(super) fn open(formats: &[FormatSpec], run: &'a RunHeader, terminal: Terminal) -> Result<Self, Error> {
        let default = [FormatSpec { format: Format::Full, file: None }];
        let formats = if formats.is_empty() { &default } else { formats };
        for (at, spec) in formats.iter().enumerate() {
            if formats[..at].iter().any(|other| other.file == spec.file) {
                let place = spec.file.as_ref().map_or(STDOUT.into(), |file| file.display().to_string());
                return Err(Error::Flag {
                    flag: "--format",
                    reason: format!("two reports would both be written to {place}"),
                    help: Some("Give one of them a file of its own, as in --format json=findings.json.".to_owned()),
                });
            }
        }
        let mut open: Vec<(PathBuf, Box<dyn Reporter + 'a>)> = Vec::new();
        for FormatSpec { format, file } in formats {
            match file {
                None => open.push((STDOUT.into(), format.reporter(terminal.stdout(), run, terminal.color_stdout()))),
                Some(path) => {
                    let file = File::create(path).map_err(|source| Error::Output { path: path.clone(), source })?;
                    open.push((path.clone(), format.reporter(BufWriter::new(file), run, false)));
                }
            }
        }
        Ok(Self { open, failed: Vec::new() })
    }

    /// Reports the findings of one article.
    pub(super) fn article(&mut self, outcome: &Outcome) {
        self.each(|reporter| reporter.article(outcome.source.as_ref(), &outcome.diagnostics));
    }

    /// Ends all reports. Returns what could not be written.
    pub(super) fn finish(mut self, files: FileCounts) -> Vec<Error> {
        self.each(|reporter| reporter.finish(files));
        self.failed
    }

    /// Writes to every report; one that fails is given up, the others go on.
    fn each(&mut self, mut write: impl FnMut(&mut dyn Reporter) -> io::Result<()>) {
        let failed = &mut self.failed;
        self.open.retain_mut(|(path, reporter)| match write(reporter.as_mut()) {
            Ok(()) => true,
            Err(source) => {
                failed.push(Error::Output { path: path.clone(), source });
                false
            }
        });
    }
}
