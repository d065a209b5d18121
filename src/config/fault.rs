//! What is wrong with a config, each fault at its place.

use codespan_reporting::diagnostic::{Diagnostic, Label};

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

    /// The fault as codespan renders it, for a run whose only file is the config.
    #[must_use]
    pub fn to_codespan(&self) -> Diagnostic<()> {
        Diagnostic::error()
            .with_message(&self.message)
            .with_labels(vec![Label::primary((), self.span.range())])
            .with_notes(self.help.iter().map(|help| format!("help: {help}")).collect())
    }
}
