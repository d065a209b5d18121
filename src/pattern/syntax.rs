//! The grammar of patterns, and the parser.

use std::ops::Range;

/// A parsed pattern.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Pattern {}

/// A place where a pattern uses a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListUse {
    /// The list's name as written, without `@`.
    pub name: String,
    /// Where it is written, `@` included, in bytes of the pattern.
    pub range: Range<usize>,
}

impl Pattern {
    /// The lists it uses, in the order they are written.
    #[must_use]
    pub fn lists(&self) -> &[ListUse] {
        &[]
    }

    /// Replaces the names of lists by their full names (`core/condition`).
    pub fn qualify(&mut self, _full_name: impl FnMut(&str) -> Option<String>) {}
}

/// What is wrong with a pattern.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PatternFault {
    /// Where, in bytes of the pattern.
    pub range: Range<usize>,
    /// What is wrong and what to do.
    pub message: String,
}

/// Reads a pattern.
///
/// # Errors
///
/// The first fault, with its place in the pattern.
pub fn parse(_text: &str) -> Result<Pattern, PatternFault> {
    Ok(Pattern {})
}
