//! Diagnostics: what was found, where, how grave, on whose authority, and how to mend it.
//!
//! A [`Diagnostic`] is complete: every report format is made from it without
//! looking at the rule again. Its serialised form is the JSON contract.

mod category;
mod fingerprint;
mod fix;
mod notice;

use std::fmt;

use serde::Serialize;

pub use category::Category;
pub use fingerprint::Fingerprints;
pub use fix::{Applicability, Edit, Fix};
pub use notice::Notice;

use crate::source::{Position, Span};

/// How grave a diagnostic is. The order is that of gravity, the gravest last.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Worth a look: a hedged claim of a grave kind, or advice.
    Note,
    /// Should be mended.
    Warning,
    /// Must be mended.
    Error,
}

impl Severity {
    /// The severity's name in output and rule sets.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// Whose authority a rule rests on, as the JSON contract prints it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Authority {
    /// Instrument and section, or "house rule".
    pub citation: String,
    /// Address of the instrument, when there is one.
    pub url: Option<String>,
    /// The market it binds, when it binds one.
    pub market: Option<String>,
}

/// A second place that helps to understand a diagnostic.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Label {
    /// The file the label points into; not always the article.
    pub path: String,
    /// Bytes of that file.
    pub span: Span,
    /// What stands there.
    pub message: String,
}

/// A finding on the same assertion that is less grave than the diagnostic it stands in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Also {
    /// Id of its rule.
    pub rule: String,
    /// Its category.
    pub category: Category,
    /// Its message.
    pub message: String,
}

/// One thing found in one article.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Diagnostic {
    /// Id of the rule, `ruleset/rule`.
    pub rule: String,
    /// What family of faults it belongs to.
    pub category: Category,
    /// How grave it is in this run.
    pub severity: Severity,
    /// One sentence that makes sense alone.
    pub message: String,
    /// What to do about it.
    pub help: Option<String>,
    /// Whose authority the rule rests on.
    pub authority: Vec<Authority>,
    /// The article, as the user would type its path, with forward slashes.
    pub path: String,
    /// The exact words, in bytes of the file; `0..0` for the file as a whole.
    pub span: Span,
    /// The source bytes of the span.
    pub text: String,
    /// Line and column of the first character.
    pub start: Position,
    /// Line and column after the last character.
    pub end: Position,
    /// Other places that help to understand it.
    pub labels: Vec<Label>,
    /// Ways to mend it.
    pub fixes: Vec<Fix>,
    /// Less grave findings on the same assertion.
    pub also: Vec<Also>,
    /// Stays the same when lines shift or the file moves; see [`Fingerprints`].
    pub fingerprint: String,
}
