//! `claim` rules: an intervention is said to have an effect.

use crate::facts::Tier;
use crate::pattern::PatternId;

use super::{Context, Finding};

/// Flags assertions that fill its frame and are not cleared.
#[derive(Debug)]
pub struct ClaimRule {
    /// Who may be said to do it.
    pub who: Vec<PatternId>,
    /// The effect.
    pub does: Vec<PatternId>,
    /// What it is done to; empty when the effect says it all.
    pub what: Vec<PatternId>,
    /// Tiers that clear the claim.
    pub cleared_by: Vec<Tier>,
}

impl ClaimRule {
    pub(super) fn check(&self, _context: &Context<'_>, _findings: &mut Vec<Finding>) {}
}
