//! Statements found: the wordings of required statements that an article carries.

use std::ops::Range;

use crate::document::{BlockId, Document};
use crate::pattern::Matches;
use crate::ruleset::RuleSets;

/// A required statement found in the article.
#[derive(Clone, Debug)]
pub struct FoundStatement {
    /// Index into [`RuleSets::statements`].
    pub statement: usize,
    /// The block it stands in.
    pub block: BlockId,
    /// The tokens of its wording.
    pub tokens: Range<usize>,
}

/// Finds the statements of a document.
pub(super) fn gather(_document: &Document<'_>, _rulesets: &RuleSets, _matches: &Matches) -> Vec<FoundStatement> {
    Vec::new()
}
