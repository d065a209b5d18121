//! Hedges: the strongest cue that governs an effect.
//!
//! After ConText (Harkema et al. 2009): cues that bind what follows, cues that
//! bind what precedes, terminators that end their scope, and look-alikes that
//! are no cues. The words of each tier are in the rule sets; a cue's direction
//! and reach are here.

use std::ops::Range;

use crate::document::{Block, Document};
use crate::pattern::{Match, Matches};
use crate::ruleset::{HedgeCue, HedgeRole};
use crate::source::Span;

use super::Tier;
use super::frame::Frame;

/// The hedge cues of a run, ready to be looked up by pattern.
#[derive(Debug, Default)]
pub(super) struct Hedges {
    by_pattern: Vec<Vec<(Tier, HedgeRole)>>,
}

/// A cue found in one sentence.
#[derive(Clone, Debug)]
struct Found {
    tier: Tier,
    role: HedgeRole,
    tokens: Range<usize>,
}

impl Hedges {
    /// Orders the cues of the rule sets by pattern.
    pub fn new(cues: &[HedgeCue]) -> Self {
        let mut by_pattern: Vec<Vec<(Tier, HedgeRole)>> = Vec::new();
        for cue in cues {
            let at = cue.pattern.index();
            if by_pattern.len() <= at {
                by_pattern.resize_with(at + 1, Vec::new);
            }
            by_pattern[at].push((cue.tier, cue.role));
        }
        Self { by_pattern }
    }

    /// The tier of a frame and the cue that gives it.
    pub fn tier(&self, document: &Document<'_>, matches: &Matches, frame: &Frame) -> (Tier, Option<Span>) {
        let block = document.block(frame.block);
        let found = self.cues(matches.in_sentence(frame.block, frame.sentence));
        let own = strongest(&found, frame.group, &frame.does, block);
        let leading = block.lead_in.or(block.header).and_then(|id| {
            let lead = document.block(id);
            if block.header.is_none() && !lead.prose.text().ends_with(':') {
                return None;
            }
            let last = lead.sentences.len().checked_sub(1)?;
            let end = lead.sentences[last].tokens.end;
            strongest(&self.cues(matches.in_sentence(id, last)), end, &(end..end), lead)
        });
        match own.into_iter().chain(leading).max_by_key(|(tier, _)| *tier) {
            Some((tier, span)) => (tier, Some(span)),
            None => (Tier::Unhedged, None),
        }
    }

    /// The cues, stops and traps of one sentence; a cue that a trap of its tier overlaps is none.
    fn cues(&self, matches: &[Match]) -> Vec<Found> {
        let mut found: Vec<Found> = Vec::new();
        for matched in matches {
            let Some(cues) = self.by_pattern.get(matched.pattern.index()) else { continue };
            let tokens = matched.tokens.start as usize..matched.tokens.end as usize;
            found.extend(cues.iter().map(|&(tier, role)| Found { tier, role, tokens: tokens.clone() }));
        }
        let traps: Vec<Found> = found.iter().filter(|cue| cue.role == HedgeRole::Trap).cloned().collect();
        found.retain(|cue| {
            cue.role == HedgeRole::Trap
                || !traps.iter().any(|trap| {
                    trap.tier == cue.tier && trap.tokens.start < cue.tokens.end && cue.tokens.start < trap.tokens.end
                })
        });
        found
    }
}

/// The strongest cue that governs an effect whose verb group starts at `group`.
fn strongest(found: &[Found], group: usize, does: &Range<usize>, block: &Block) -> Option<(Tier, Span)> {
    found
        .iter()
        .filter(|cue| governs(found, cue, group, does))
        .max_by_key(|cue| (cue.tier, usize::MAX - cue.tokens.start))
        .map(|cue| (cue.tier, block.token_span(cue.tokens.clone())))
}

/// How many tokens after a nominal effect a modal may stand and still govern it (`the effect may be small`).
const MODAL_REACH: usize = 8;

/// Whether a cue governs the effect: it stands on the right side of it, and nothing
/// that ends its scope stands between. A cue inside the effect's own words (`studies
/// suggest`) governs it, but a negation there is part of what is claimed (`no side effects`).
fn governs(found: &[Found], cue: &Found, group: usize, does: &Range<usize>) -> bool {
    let inside = does.start <= cue.tokens.start && cue.tokens.end <= does.end;
    if inside && matches!(cue.role, HedgeRole::Before | HedgeRole::After) {
        return cue.tier != Tier::Denied;
    }
    let between = match cue.role {
        HedgeRole::Before if cue.tokens.start < does.start.max(group) => cue.tokens.end..does.start.max(cue.tokens.end),
        HedgeRole::After if cue.tokens.start >= does.start => does.end.min(cue.tokens.start)..cue.tokens.start,
        HedgeRole::Sentence => return true,
        _ => return false,
    };
    if cue.role == HedgeRole::After && cue.tier == Tier::Modal && between.len() > MODAL_REACH {
        return false;
    }
    !found.iter().any(|stop| {
        stop.role == HedgeRole::Stop
            && stop.tier == cue.tier
            && between.start <= stop.tokens.start
            && stop.tokens.end <= between.end
    })
}
