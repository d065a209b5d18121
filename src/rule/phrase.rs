//! `phrase` rules: words that should not stand there.

use crate::pattern::PatternId;

use super::{Context, Finding};

/// Flags matches of patterns, except where an exception overlaps.
#[derive(Debug)]
pub struct PhraseRule {
    /// Any of these matches.
    pub any: Vec<PatternId>,
    /// A match that one of these overlaps is none.
    pub except: Vec<PatternId>,
    /// Regular expressions over a block's prose, the last resort.
    pub regex: Vec<regex::Regex>,
}

impl PhraseRule {
    pub(super) fn check(&self, _context: &Context<'_>, _findings: &mut Vec<Finding>) {}
}
