//! Texts that break off.

use crate::document::{Block, BlockKind, TokenKind};
use crate::source::Span;

use super::{Report, is_mark, is_paragraph, is_word};

/// Most words shown before the place where a text breaks off.
const SHOWN: usize = 4;
/// Fewest words of a sentence that is missed to have an end.
const SENTENCE: usize = 4;

/// Paragraphs and headings that end in `...`, as the teasers of other pages do.
pub(super) fn truncated(report: &mut Report<'_, '_>) {
    for block in report.blocks() {
        if block.quoted || !(is_paragraph(block) || block.is_heading()) {
            continue;
        }
        let Some(last) = block.tokens.len().checked_sub(1) else { continue };
        let dots = if is_mark(block, last, "…") {
            1
        } else {
            (0..=last).rev().take_while(|&at| is_mark(block, at, ".")).count().min(3)
        };
        let is_ellipsis = dots == 3 || (dots == 1 && is_mark(block, last, "…"));
        let Some(word) = last.checked_sub(dots) else { continue };
        if is_ellipsis && is_word(block, word) && block.tokens[word + 1].joined && !goes_on(report, block) {
            let first = (0..=word).rev().take(SHOWN).take_while(|&at| is_word(block, at)).last().unwrap_or(word);
            report.add(block.token_span(first..last + 1), "the text breaks off");
        }
    }
}

/// Paragraphs of several sentences whose last has no end.
pub(super) fn missing_stop(report: &mut Report<'_, '_>) {
    let document = report.context.document;
    for block in report.blocks() {
        let Some(sentence) = block.sentences.last().filter(|_| block.sentences.len() > 1) else { continue };
        let last = block.tokens.len() - 1;
        let words = sentence.tokens.clone().filter(|&at| is_word(block, at)).count();
        let ends_open =
            block.tokens[last].kind == TokenKind::Word && block.prose.text().ends_with(char::is_alphanumeric);
        let linked = || {
            let after = document.links.partition_point(|link| link.span.start < block.span.end);
            after.checked_sub(1).is_some_and(|at| document.links[at].span.end >= block.span.end)
        };
        if is_paragraph(block)
            && !block.quoted
            && ends_open
            && words >= SENTENCE
            && is_running(block)
            && !linked()
            && !goes_on(report, block)
        {
            let first = (last + 1).saturating_sub(SHOWN).max(sentence.tokens.start);
            report.add(block.token_span(first..last + 1), "the last sentence has no end");
        }
    }
}

/// Whether a paragraph is running text, not an address, a name of a source or lines of a menu.
fn is_running(block: &Block) -> bool {
    let last = &block.sentences[block.sentences.len() - 1];
    let words = || last.tokens.clone().filter(|&at| is_word(block, at)).map(|at| block.token_text(at));
    let names = words().filter(|word| word.starts_with(char::is_uppercase)).count();
    if names * 2 >= words().count() {
        return false;
    }

    let before = &block.sentences[block.sentences.len() - 2];
    let stops = before.tokens.clone().last().is_some_and(|at| block.tokens[at].kind == TokenKind::Punctuation);
    stops && before.tokens.len() > SENTENCE
}

/// Paragraphs that end in a colon where no list, table, image or code follows.
pub(super) fn missing_list(report: &mut Report<'_, '_>) {
    for block in report.blocks().filter(|block| is_paragraph(block)) {
        let Some(last) = block.tokens.len().checked_sub(1) else { continue };
        if !is_mark(block, last, ":") || block.sentences.last().is_none_or(|it| it.tokens.len() <= SENTENCE) {
            continue;
        }
        if ends_section(report, block) {
            let first = (last + 1).saturating_sub(SHOWN + 1);
            report.add(block.token_span(first..last + 1), "no list follows");
        }
    }
}

/// Whether the section is over after a paragraph that announces something: nothing
/// follows, or a heading of the same rank or above. A line that reads as a heading
/// may stand between.
fn ends_section(report: &Report<'_, '_>, block: &Block) -> bool {
    let document = report.context.document;
    let mut at = block;
    loop {
        let next = document.blocks.get(at.id.index() + 1);
        let until = next.map_or(document.source.text().len(), |next| next.span.start);
        if something_between(report, Span::new(at.span.end, until)) {
            return false;
        }
        let Some(next) = next else { return true };
        let BlockKind::Heading { level } = next.kind else { return false };
        if !next.inferred {
            let around = document.section_path(block.id).find(|heading| !heading.inferred);
            return around
                .is_none_or(|heading| matches!(heading.kind, BlockKind::Heading { level: own } if level <= own));
        }
        if at.id != block.id {
            return false;
        }
        at = next;
    }
}

/// Whether a list, a table, a quotation or code follows a block at once: it goes on there.
fn goes_on(report: &Report<'_, '_>, block: &Block) -> bool {
    let document = report.context.document;
    let next = document.blocks.get(block.id.index() + 1);
    let until = next.map_or(document.source.text().len(), |next| next.span.start);
    next.is_some_and(|next| next.quoted || next.is_list_item() || matches!(next.kind, BlockKind::TableHeader { .. }))
        || something_between(report, Span::new(block.span.end, until))
}

/// Whether code, an image, a shortcode or HTML stands in `between`.
fn something_between(report: &Report<'_, '_>, between: Span) -> bool {
    let document = report.context.document;
    let stands_in = |at: Option<Span>| at.is_some_and(|span| span.start < between.end);
    let links = &document.links;
    let codes = &document.shortcodes;
    stands_in(document.code.get(document.code.partition_point(|code| code.end <= between.start)).copied())
        || stands_in(links.get(links.partition_point(|link| link.span.start < between.start)).map(|link| link.span))
        || stands_in(codes.get(codes.partition_point(|code| code.span.end <= between.start)).map(|code| code.span))
        || document.source.slice(between).contains(['<', '|', '!'])
}
