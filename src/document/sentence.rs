//! Sentences of a prose.

use std::ops::Range;

/// A sentence: a range of the prose and of the block's tokens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sentence {
    /// Bytes of the prose, from the first to the last character that is not white space,
    /// closing brackets and quotation marks after the stop included.
    pub range: Range<usize>,
    /// Indices into the block's tokens.
    pub tokens: Range<usize>,
}
