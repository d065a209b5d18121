//! `required` rules: a statement that must be there.

use crate::diagnostic::Category;
use crate::pattern::PatternId;

use super::{Context, Finding};

/// Flags an article whose content asks for a statement that it does not make.
#[derive(Debug)]
pub struct RequiredRule {
    /// The duty arises from a claim of this category.
    pub when: Option<Category>,
    /// The duty arises from a match of one of these too; the first in the article is the trigger.
    /// With neither a category nor words, it arises in every article.
    pub any: Vec<PatternId>,
    /// The duty arises only where one of these matches in the sentence of the trigger, in the title
    /// or in a heading; empty for no such demand.
    pub about: Vec<PatternId>,
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
