//! `required` rules: a statement that must be there.

use crate::diagnostic::Category;

use super::{Context, Finding};

/// Flags an article whose content asks for a statement that it does not make.
#[derive(Debug)]
pub struct RequiredRule {
    /// The duty arises from a claim of this category; `None` for every article.
    pub when: Option<Category>,
    /// Whether hedged claims create the duty too.
    pub hedged: bool,
    /// Index into [`RuleSets::statements`](crate::ruleset::RuleSets::statements).
    pub statement: usize,
    /// Where it must stand.
    pub place: Place,
}

/// Where a statement must stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// Anywhere in the article.
    Anywhere,
    /// Before the first call to action; anywhere when there is none.
    BeforeFirstCallToAction,
}

impl RequiredRule {
    pub(super) fn check(&self, _context: &Context<'_>, _findings: &mut Vec<Finding>) {}
}
