//! The grammar of patterns, and the parser.

use std::ops::Range;

/// A parsed pattern.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Pattern {}

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
