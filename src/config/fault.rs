//! What is wrong with a config, each fault at its place.

use crate::diagnostic::Severity;
use crate::report::Problem;
use crate::source::{SourceFile, Span};

/// One fault of the config.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConfigFault {
    /// The words at fault.
    pub span: Span,
    /// What is wrong, in one sentence.
    pub message: String,
    /// What to do.
    pub help: Option<String>,
    /// Whether the file is not TOML there; what else is wrong with the line follows from that.
    pub syntax: bool,
}

impl ConfigFault {
    /// A fault without advice.
    #[must_use]
    pub fn new(span: Span, message: impl Into<String>) -> Self {
        Self { span, message: message.into(), help: None, syntax: false }
    }

    /// Adds what to do.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// The faults worth telling, in the order of their places.
    #[must_use]
    pub fn sorted(mut faults: Vec<Self>, source: &SourceFile) -> Vec<Self> {
        let line = |fault: &Self| source.lines().line(fault.span.start);
        let broken: Vec<usize> = faults.iter().filter(|fault| fault.syntax).map(line).collect();
        faults.retain(|fault| fault.syntax || !broken.contains(&line(fault)));
        faults.sort_by_key(|fault| fault.span);
        faults
    }

    /// The fault as it is shown.
    #[must_use]
    pub fn problem<'a>(&'a self, source: &'a SourceFile) -> Problem<'a> {
        Problem {
            severity: Severity::Error,
            code: None,
            message: &self.message,
            path: source.path(),
            span: Some(self.span),
            label: "",
            labels: &[],
            notes: self.help.iter().map(|help| format!("help: {help}")).collect(),
        }
    }
}
