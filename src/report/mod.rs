//! Reports: how findings leave caveat, one format per file.
//!
//! A [`Reporter`] is handed the findings of one article after the other, in the
//! order of their paths, and writes each at once, so that memory does not grow
//! with the number of articles. Reporters see diagnostics, sources and a
//! [`RunHeader`]; they know nothing of rules and never look at a file.

mod concise;
mod excerpt;
mod full;
mod github;
mod header;
mod json;
mod render;
mod sarif;

use std::io::{self, Write};

pub use header::{InputEntry, RuleEntry, RuleSetEntry, RunHeader};
pub use render::{Problem, render};

use crate::diagnostic::Diagnostic;
use crate::source::SourceFile;

/// How findings are reported.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// The article's lines with the words underlined, for people.
    Full,
    /// One line per finding.
    Concise,
    /// The JSON contract, version 1.
    Json,
    /// SARIF 2.1.0.
    Sarif,
    /// Annotations of GitHub Actions.
    Github,
}

/// How many files a run checked, and how many it could not.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct FileCounts {
    /// Articles that were checked.
    pub checked: usize,
    /// Articles that could not be checked; not among `checked`.
    pub failed: usize,
}

/// Writes the findings of a run in one format.
pub trait Reporter {
    /// Writes the findings of one article, which are in order. Called once per article,
    /// in the order of paths, also when there are none.
    ///
    /// # Errors
    ///
    /// When the output cannot be written.
    fn article(&mut self, source: Option<&SourceFile>, diagnostics: &[Diagnostic]) -> io::Result<()>;

    /// Writes what comes at the end and flushes. Called once.
    ///
    /// # Errors
    ///
    /// When the output cannot be written.
    fn finish(&mut self, files: FileCounts) -> io::Result<()>;
}

impl Format {
    /// A reporter of this format that writes to `out`, with colours if `color` is set
    /// and the format knows any.
    #[must_use]
    pub fn reporter<'a>(self, out: impl Write + 'a, run: &'a RunHeader, color: bool) -> Box<dyn Reporter + 'a> {
        match self {
            Self::Full => Box::new(full::Full::new(out, run, color)),
            Self::Concise => Box::new(concise::Concise::new(out)),
            Self::Json => Box::new(json::Json::new(out, run)),
            Self::Sarif => Box::new(sarif::Sarif::new(out, run)),
            Self::Github => Box::new(github::Github::new(out)),
        }
    }
}
