//! Tokens: words, numbers and punctuation marks of a prose.

use std::ops::Range;

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TokenKind {
    /// Letters, with apostrophes inside and digits after the first letter (`don't`, `B12`).
    /// A hyphen ends a word: `long-term` is two words that are joined.
    Word,
    /// Digits, with a decimal point or thousands separators (`3.5`, `1,200`, `25X` is 25 and a joined word).
    Number,
    /// One punctuation mark or symbol that is not a hyphen between words, a quotation mark or a bracket of emphasis.
    Punctuation,
}

/// One token: a range of the prose, in bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token {
    /// Offset of its first byte in the prose.
    pub start: usize,
    /// Offset after its last byte in the prose.
    pub end: usize,
    /// What it is.
    pub kind: TokenKind,
    /// Whether a hyphen, or nothing at all, stands between it and the token before it.
    pub joined: bool,
}

impl Token {
    /// The range of the prose, in bytes.
    #[must_use]
    pub fn range(self) -> Range<usize> {
        self.start..self.end
    }
}
