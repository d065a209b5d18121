//! Statements found: the wordings of required statements that an article carries.

use std::ops::Range;

use crate::document::{Block, BlockId, BlockKind, Document};
use crate::pattern::{Match, Matches, PatternId};
use crate::ruleset::{RuleSets, Statement};

use super::References;

/// A required statement found in the article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FoundStatement {
    /// Index into [`RuleSets::statements`].
    pub statement: usize,
    /// The block it stands in.
    pub block: BlockId,
    /// The tokens of its wording.
    pub tokens: Range<usize>,
}

/// Finds the statements of a document, in source order.
pub(super) fn gather(
    document: &Document<'_>,
    rulesets: &RuleSets,
    matches: &Matches,
    references: &References,
) -> Vec<FoundStatement> {
    let mut found = Vec::new();
    for (index, statement) in rulesets.statements.iter().enumerate() {
        for wording in statement.wordings.iter().flat_map(|&wording| matches.of(wording)) {
            let block = document.block(wording.block);
            if is_read(block)
                && !is_question(block, wording.sentence as usize)
                && !is_excepted(statement, matches, wording)
                && (statement.about.is_empty() || names(&statement.about, document, matches, wording))
                && !references.in_list(block.token_span(wording.range()))
            {
                found.push(FoundStatement { statement: index, block: wording.block, tokens: wording.range() });
            }
        }
    }
    found.sort_by_key(|found| (found.block, found.tokens.start, found.statement, std::cmp::Reverse(found.tokens.end)));
    // Of the wordings of one statement that begin alike, the longest.
    found.dedup_by(|next, kept| {
        (next.statement, next.block, next.tokens.start) == (kept.statement, kept.block, kept.tokens.start)
    });
    found
}

/// Whether readers of the page see the block: a disclaimer in an image's alternative text
/// or in the description for search engines is none.
fn is_read(block: &Block) -> bool {
    !block.is_front_matter() && block.kind != BlockKind::ImageAlt
}

/// A question states nothing.
fn is_question(block: &Block, sentence: usize) -> bool {
    block.sentences.get(sentence).is_some_and(|sentence| {
        let text = block.prose.text().get(sentence.range.clone()).unwrap_or("");
        text.trim_end_matches(|c: char| !c.is_alphanumeric()).len() < text.rfind('?').map_or(0, |at| at + 1)
    })
}

fn is_excepted(statement: &Statement, matches: &Matches, wording: &Match) -> bool {
    statement.except.iter().any(|&except| {
        matches
            .of_in_sentence(except, wording.block, wording.sentence as usize)
            .any(|found| found.overlaps(&wording.range()))
    })
}

/// Whether what the statement is about is named in its sentence, in the sentence before,
/// in a heading over it or in the article's title.
fn names(about: &[PatternId], document: &Document<'_>, matches: &Matches, wording: &Match) -> bool {
    let block = document.block(wording.block);
    let named_in = |block: BlockId, sentence: usize| {
        about.iter().any(|&about| matches.of_in_sentence(about, block, sentence).next().is_some())
    };
    let named_in_block = |block: BlockId| about.iter().any(|&about| matches.of_in_block(about, block).next().is_some());
    let sentence = wording.sentence as usize;
    if named_in(wording.block, sentence) {
        return true;
    }
    let before = match sentence.checked_sub(1) {
        Some(before) => named_in(wording.block, before),
        None => sentence_before(document, block).is_some_and(|(block, sentence)| named_in(block, sentence)),
    };
    before
        || block.lead_in.is_some_and(named_in_block)
        || document.section_path(block.id).any(|heading| named_in_block(heading.id))
        || document
            .blocks
            .iter()
            .take_while(|block| block.is_front_matter())
            .any(|block| is_title(block) && named_in_block(block.id))
}

fn is_title(block: &Block) -> bool {
    matches!(&block.kind, BlockKind::FrontMatter { field } if field.eq_ignore_ascii_case("title"))
}

/// The last sentence of the block before.
fn sentence_before(document: &Document<'_>, block: &Block) -> Option<(BlockId, usize)> {
    let before = document.blocks.get(block.id.index().checked_sub(1)?)?;
    Some((before.id, before.sentences.len().checked_sub(1)?))
}
