//! `typos` rules: known misspellings.

use super::{Context, Finding};

/// Flags words that a dictionary of known misspellings lists.
#[derive(Debug)]
pub struct TyposRule {
    /// Words that are right here, in lower case.
    pub allow: Vec<String>,
}

impl TyposRule {
    pub(super) fn check(&self, _context: &Context<'_>, _findings: &mut Vec<Finding>) {}
}
