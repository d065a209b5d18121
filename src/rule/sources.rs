//! `sources` rules: built-in checks of markers and sources, one check per rule.

use super::{Context, Finding};

/// Runs one built-in check.
#[derive(Debug)]
pub struct SourcesRule {
    /// The check.
    pub check: SourceCheck,
}

/// A built-in check.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SourceCheck {}

impl SourceCheck {
    /// Name in rule sets, check, and what it finds.
    pub const ALL: &[(&str, Self, &str)] = &[];
}

impl SourcesRule {
    pub(super) fn check(&self, _context: &Context<'_>, _findings: &mut Vec<Finding>) {}
}
