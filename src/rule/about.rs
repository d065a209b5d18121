//! What an article, or a sentence of it, is about: rules on words that other writing uses
//! too are confined to articles about what they mean.

use crate::document::{Block, BlockId, BlockKind};
use crate::pattern::PatternId;

use super::Context;

/// Whether the title or a heading names one of these.
pub(super) fn is_subject(context: &Context<'_>, about: &[PatternId]) -> bool {
    let over_text = |block: &Block| {
        block.is_heading()
            || matches!(&block.kind, BlockKind::FrontMatter { field } if field.eq_ignore_ascii_case("title"))
    };
    let mut matches = about.iter().flat_map(|&about| context.facts.matches.of(about));
    matches.any(|found| over_text(context.document.block(found.block)))
}

/// Whether a sentence names one of these.
pub(super) fn is_named(context: &Context<'_>, about: &[PatternId], block: BlockId, sentence: usize) -> bool {
    let matches = &context.facts.matches;
    about.iter().any(|&about| matches.of_in_sentence(about, block, sentence).next().is_some())
}
