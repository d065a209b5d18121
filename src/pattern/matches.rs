//! Where patterns matched.

use std::ops::Range;

use crate::document::BlockId;

use super::PatternId;

/// One match of one pattern, within one sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Match {
    /// The pattern.
    pub pattern: PatternId,
    /// The block it was found in.
    pub block: BlockId,
    /// Index of the sentence in the block.
    pub sentence: u32,
    /// Tokens of the block that the whole pattern covers; never empty.
    pub tokens: Range<u32>,
    /// Tokens to underline: those between `«` and `»`, else all of them.
    pub underline: Range<u32>,
}

/// All matches of a run over one document.
#[derive(Debug, Default)]
pub struct Matches {
    /// In order of block, sentence, start, pattern; the longest first among equal starts of one pattern.
    pub(super) all: Vec<Match>,
    /// For each pattern, indices into `all`, in order.
    pub(super) by_pattern: Vec<Vec<u32>>,
}

impl Matches {
    /// All matches, in order of block, sentence and start.
    #[must_use]
    pub fn all(&self) -> &[Match] {
        &self.all
    }

    /// The matches of one pattern, in order of block, sentence and start.
    pub fn of(&self, pattern: PatternId) -> impl Iterator<Item = &Match> {
        self.by_pattern.get(pattern.index()).into_iter().flatten().map(|&at| &self.all[at as usize])
    }

    /// The matches in one sentence, in order of start.
    #[must_use]
    pub fn in_sentence(&self, block: BlockId, sentence: usize) -> &[Match] {
        let key = (block, sentence as u32);
        let from = self.all.partition_point(|found| (found.block, found.sentence) < key);
        let len = self.all[from..].partition_point(|found| (found.block, found.sentence) <= key);
        &self.all[from..from + len]
    }
}
