//! Markers, the reference list, and what ties them.

use crate::document::Document;
use crate::linter::Inputs;
use crate::source::Span;

/// The markers and sources of one article.
#[derive(Debug, Default)]
pub struct References {}

impl References {
    /// Finds and resolves the references of a document.
    pub(super) fn gather(_document: &Document<'_>, _inputs: &Inputs) -> Self {
        Self::default()
    }

    /// Whether a followable source (a resolved marker, a footnote, a link, a named
    /// author-year) stands in `span`, the source of a sentence or block.
    #[must_use]
    pub fn followable_in(&self, _span: Span) -> bool {
        false
    }

    /// Whether the bytes at `span` belong to the reference list, where no claim is made.
    #[must_use]
    pub fn in_list(&self, _span: Span) -> bool {
        false
    }
}
