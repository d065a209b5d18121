//! The counts of a run, and the line that closes it.

use std::time::Duration;

use crate::diagnostic::{Category, Severity};
use crate::error::counted;
use crate::report::FileCounts;
use crate::runner::Outcome;

/// What a run found, counted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Tally {
    /// Articles that were checked.
    checked: usize,
    /// Articles that could not be.
    failed: usize,
    /// Findings outside category `file`: errors, warnings, notes.
    findings: [usize; 3],
    /// Findings that suppressions hide.
    suppressed: usize,
    /// Whether something that an article names could not be read.
    failed_input: bool,
}

impl Tally {
    /// Counts one article.
    pub(super) fn add(&mut self, outcome: &Outcome) {
        self.checked += usize::from(!outcome.failed);
        self.failed += usize::from(outcome.failed);
        self.suppressed += outcome.suppressed;
        for diagnostic in &outcome.diagnostics {
            if diagnostic.category == Category::File {
                self.failed_input |= !outcome.failed;
                continue;
            }
            self.findings[match diagnostic.severity {
                Severity::Error => 0,
                Severity::Warning => 1,
                Severity::Note => 2,
            }] += 1;
        }
    }

    /// Articles that were checked, and those that could not be.
    pub(super) fn files(&self) -> FileCounts {
        FileCounts { checked: self.checked, failed: self.failed }
    }

    /// Whether something kept an article from being checked in full.
    pub(super) fn failed(&self) -> bool {
        self.failed > 0 || self.failed_input
    }

    /// The gravest finding outside category `file`.
    pub(super) fn gravest(&self) -> Option<Severity> {
        let severities = [Severity::Error, Severity::Warning, Severity::Note];
        severities.into_iter().zip(self.findings).find(|(_, count)| *count > 0).map(|(severity, _)| severity)
    }

    /// The closing line. `links` were met and not followed.
    pub(super) fn summary(&self, links: usize, took: Duration) -> String {
        let [errors, warnings, notes] = self.findings;
        let mut line = format!(
            "{} checked in {:.2} s: {}, {}, {}",
            counted(self.checked, "file"),
            took.as_secs_f64(),
            counted(errors, "error"),
            counted(warnings, "warning"),
            counted(notes, "note"),
        );
        if self.suppressed > 0 {
            line.push_str(&format!("; {} suppressed", self.suppressed));
        }
        if self.failed > 0 {
            line.push_str(&format!("; {} could not be checked", counted(self.failed, "file")));
        }
        if links > 0 {
            line.push_str(&format!("; {} not followed", counted(links, "link")));
        }
        line
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_summary_says_what_there_is_to_say() {
        let mut tally = Tally { checked: 2, findings: [1, 0, 3], ..Tally::default() };
        let took = Duration::from_millis(1234);
        assert_eq!(tally.summary(0, took), "2 files checked in 1.23 s: 1 error, 0 warnings, 3 notes");
        tally.failed = 1;
        tally.suppressed = 4;
        let line = tally.summary(2, took);
        assert!(line.ends_with("3 notes; 4 suppressed; 1 file could not be checked; 2 links not followed"), "{line}");
    }
}
