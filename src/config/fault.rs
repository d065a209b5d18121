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
    /// What sort of fault it is.
    pub kind: FaultKind,
}

/// What sort of fault a config has: some follow from others and are not told beside them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FaultKind {
    /// The file is not TOML there; what else is wrong with the line follows from that.
    Syntax,
    /// A rule set that the config names cannot be read; ids that nobody knows may be its own.
    MissingRuleSet,
    /// An id that no loaded rule set has.
    UnknownId,
    /// Any other.
    Plain,
}

impl ConfigFault {
    /// A fault without advice.
    #[must_use]
    pub fn new(span: Span, message: impl Into<String>) -> Self {
        Self { span, message: message.into(), help: None, kind: FaultKind::Plain }
    }

    /// Adds what to do.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Says what sort of fault it is.
    #[must_use]
    pub fn kind(mut self, kind: FaultKind) -> Self {
        self.kind = kind;
        self
    }

    /// The faults worth telling, in the order of their places.
    #[must_use]
    pub fn sorted(mut faults: Vec<Self>, source: &SourceFile) -> Vec<Self> {
        let line = |fault: &Self| source.lines().line(fault.span.start);
        let broken: Vec<usize> = faults.iter().filter(|fault| fault.kind == FaultKind::Syntax).map(line).collect();
        let incomplete = faults.iter().any(|fault| fault.kind == FaultKind::MissingRuleSet);
        faults.retain(|fault| match fault.kind {
            FaultKind::Syntax => true,
            FaultKind::UnknownId if incomplete => false,
            _ => !broken.contains(&line(fault)),
        });
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
