//! `metadata` rules: built-in checks of dates, authorship, front matter, one check per rule.

use super::{Context, Finding};

/// Runs one built-in check.
#[derive(Debug)]
pub struct MetadataRule {
    /// The check.
    pub check: MetadataCheck,
}

/// A built-in check.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum MetadataCheck {}

impl MetadataCheck {
    /// Name in rule sets, check, and what it finds.
    pub const ALL: &[(&str, Self, &str)] = &[];
}

impl MetadataRule {
    pub(super) fn check(&self, _context: &Context<'_>, _findings: &mut Vec<Finding>) {}
}
