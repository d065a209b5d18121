//! `text` rules: built-in checks of debris and damage in the text, one check per rule.

use super::{Context, Finding};

/// Runs one built-in check.
#[derive(Debug)]
pub struct TextRule {
    /// The check.
    pub check: TextCheck,
}

/// A built-in check.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TextCheck {}

impl TextCheck {
    /// Name in rule sets, check, and what it finds.
    pub const ALL: &[(&str, Self, &str)] = &[];
}

impl TextRule {
    pub(super) fn check(&self, _context: &Context<'_>, _findings: &mut Vec<Finding>) {}
}
