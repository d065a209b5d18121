//! Claim assertions: who is said to do what to what, and how the saying is hedged.

use std::ops::Range;

use serde::Deserialize;

use crate::document::{BlockId, Document};
use crate::pattern::Matches;
use crate::ruleset::RuleSets;
use crate::source::Span;

use super::{Profile, References};

/// How a claim is hedged. The order is that of strength: the strongest cue in scope decides.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Tier {
    /// Nothing qualifies it.
    Unhedged,
    /// A word that sounds careful and qualifies nothing (can, helps, designed to, promising).
    Pseudo,
    /// An epistemic word (may, might, could, appears to).
    Modal,
    /// The state of the evidence is said (who, how many, how early).
    Bounded,
    /// The claim is negated or disclaimed.
    Denied,
}

/// One claim that an article makes, hedged or not.
#[derive(Clone, Debug)]
pub struct Assertion {
    /// Index of the claim rule whose frame it fills.
    pub rule: usize,
    /// The block it stands in.
    pub block: BlockId,
    /// Index of the sentence in the block.
    pub sentence: usize,
    /// The words to underline.
    pub span: Span,
    /// Who is said to do it, as tokens of the block; `None` when carried or unsaid.
    pub who: Option<Range<usize>>,
    /// The words for who, to show in messages.
    pub who_text: String,
    /// The effect, as tokens of the block.
    pub does: Range<usize>,
    /// What it is done to, as tokens of the block; `None` when the effect says it all.
    pub what: Option<Range<usize>>,
    /// How it is hedged.
    pub tier: Tier,
    /// The words that hedge it.
    pub cue: Option<Span>,
}

/// Finds the assertions of a document.
pub(super) fn gather(
    _document: &Document<'_>,
    _rulesets: &RuleSets,
    _profile: &Profile,
    _matches: &Matches,
    _references: &References,
) -> Vec<Assertion> {
    Vec::new()
}
