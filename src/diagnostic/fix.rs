//! Fixes as data: edits to the source, and how safe they are.

use serde::Serialize;

use crate::source::Span;

/// Whether a fix may be applied without a look at it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Applicability {
    /// Keeps the meaning; may be applied unseen.
    Safe,
    /// Likely right, but a person should look.
    Unsafe,
}

/// One replacement in the article.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Edit {
    /// The bytes to replace; empty to insert.
    pub span: Span,
    /// What stands there afterwards.
    pub text: String,
}

/// One way to mend a diagnostic. Its edits do not overlap and stand in source order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Fix {
    /// Whether it may be applied unseen.
    pub applicability: Applicability,
    /// What it does, in one sentence.
    pub message: String,
    /// The replacements.
    pub edits: Vec<Edit>,
}

impl Fix {
    /// A fix of one replacement.
    #[must_use]
    pub fn replace(
        applicability: Applicability,
        message: impl Into<String>,
        span: Span,
        text: impl Into<String>,
    ) -> Self {
        Self { applicability, message: message.into(), edits: vec![Edit { span, text: text.into() }] }
    }
}
