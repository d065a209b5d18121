//! What is wrong with a config, each fault at its place.

use codespan_reporting::diagnostic::{Diagnostic, Label};

use crate::source::Span;

/// One fault of the config.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConfigFault {
    /// The words at fault.
    pub span: Span,
    /// What is wrong, in one sentence.
    pub message: String,
    /// What to do.
    pub help: Option<String>,
}

impl ConfigFault {
    /// A fault without advice.
    #[must_use]
    pub fn new(span: Span, message: impl Into<String>) -> Self {
        Self { span, message: message.into(), help: None }
    }

    /// Adds what to do.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
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
