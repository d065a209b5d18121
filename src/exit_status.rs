//! The exit status: one table, used by every command.
//!
//! | status | meaning |
//! | --- | --- |
//! | 0 | the run did its job, and nothing stands at or above `--fail-on` |
//! | 1 | the run did its job, and there are findings at or above `--fail-on` |
//! | 2 | something kept the run from its job |
//!
//! Status 2 outranks status 1, and neither `--exit-zero` nor `--fail-on never`
//! hides it: a build must not go green because nothing was looked at.

use std::process::ExitCode;

use crate::diagnostic::Severity;

/// How a run ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ExitStatus {
    /// 0: nothing to complain of.
    Clean,
    /// 1: findings at or above the threshold.
    Findings,
    /// 2: something kept the run from its job.
    Failed,
}

impl ExitStatus {
    /// The number the process ends with.
    #[must_use]
    pub fn code(self) -> u8 {
        match self {
            Self::Clean => 0,
            Self::Findings => 1,
            Self::Failed => 2,
        }
    }
}

impl From<ExitStatus> for ExitCode {
    fn from(status: ExitStatus) -> Self {
        Self::from(status.code())
    }
}

/// What a `check` run must know to tell its exit status.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Verdict {
    /// The gravest finding outside category `file`.
    pub gravest: Option<Severity>,
    /// Whether an article, or an input one names, could not be checked.
    pub failed: bool,
    /// Whether no article stood under the given paths, even before excludes.
    pub no_article: bool,
    /// From which severity on findings fail the run; `None` for never.
    pub fail_on: Option<Severity>,
    /// Findings never fail the run.
    pub exit_zero: bool,
    /// A run without articles is fine.
    pub allow_empty: bool,
}

impl Verdict {
    /// The exit status of a `check` run that came to its end.
    #[must_use]
    pub fn status(self) -> ExitStatus {
        let threshold = if self.exit_zero { None } else { self.fail_on };
        if self.failed || (self.no_article && !self.allow_empty) {
            ExitStatus::Failed
        } else if threshold.is_some_and(|threshold| self.gravest >= Some(threshold)) {
            ExitStatus::Findings
        } else {
            ExitStatus::Clean
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const CLEAN: Verdict = Verdict {
        gravest: None,
        failed: false,
        no_article: false,
        fail_on: Some(Severity::Error),
        exit_zero: false,
        allow_empty: false,
    };

    #[test]
    fn findings_fail_the_run_from_the_threshold_on() {
        use Severity::{Error, Note, Warning};
        let status = |gravest, fail_on| Verdict { gravest, fail_on, ..CLEAN }.status().code();
        let gravest = [None, Some(Note), Some(Warning), Some(Error)];
        assert_eq!(gravest.map(|gravest| status(gravest, Some(Error))), [0, 0, 0, 1]);
        assert_eq!(gravest.map(|gravest| status(gravest, Some(Warning))), [0, 0, 1, 1]);
        assert_eq!(gravest.map(|gravest| status(gravest, Some(Note))), [0, 1, 1, 1]);
        assert_eq!(gravest.map(|gravest| status(gravest, None)), [0, 0, 0, 0]);
    }

    #[test]
    fn exit_zero_hides_findings() {
        assert_eq!(Verdict { gravest: Some(Severity::Error), exit_zero: true, ..CLEAN }.status(), ExitStatus::Clean);
    }

    #[test]
    fn a_failure_outranks_findings_and_nothing_hides_it() {
        for gravest in [None, Some(Severity::Error)] {
            for fail_on in [None, Some(Severity::Note)] {
                for exit_zero in [false, true] {
                    for allow_empty in [false, true] {
                        let verdict =
                            Verdict { gravest, failed: true, no_article: false, fail_on, exit_zero, allow_empty };
                        assert_eq!(verdict.status(), ExitStatus::Failed, "{verdict:?}");
                    }
                }
            }
        }
    }

    #[test]
    fn a_run_without_articles_fails_unless_allowed() {
        let verdict = Verdict { no_article: true, ..CLEAN };
        assert_eq!(verdict.status(), ExitStatus::Failed);
        assert_eq!(Verdict { exit_zero: true, fail_on: None, ..verdict }.status(), ExitStatus::Failed);
        assert_eq!(Verdict { allow_empty: true, ..verdict }.status(), ExitStatus::Clean);
    }
}
