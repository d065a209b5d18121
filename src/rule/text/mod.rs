//! `text` rules: built-in checks of debris and damage in the text, one check per rule.

mod cut;
mod debris;
mod glued;
mod invisible;
mod marks;
mod spacing;
#[cfg(test)]
mod tests;
mod words;

use std::ops::Range;

use crate::diagnostic::{Applicability, Fix, Label};
use crate::document::{Block, BlockKind, TokenKind};
use crate::source::Span;

use super::{Context, Finding, fill};

/// Runs one built-in check.
#[derive(Debug)]
pub struct TextRule {
    /// The check.
    pub check: TextCheck,
    /// The words that the check goes by, in lower case: what to leave alone or what to
    /// look for, as the check says.
    pub words: Vec<String>,
}

/// A built-in check.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TextCheck {
    /// A shortcode in square brackets that the site did not fill in.
    LeftoverShortcode,
    /// Lines that belong to the page around an article, not to it.
    PageFurniture,
    /// The same short line again and again.
    RepeatedLine,
    /// The file name of an image, an icon's name, an identifier.
    BareName,
    /// The same word twice in a row.
    DoubledWord,
    /// A place where a word is missing.
    LostWord,
    /// Two words run into one, or a space missing after a mark.
    GluedWords,
    /// A space before a mark, or inside brackets.
    StraySpace,
    /// Several spaces between two words.
    DoubleSpace,
    /// Characters that are not seen: non-breaking and zero-width spaces.
    InvisibleCharacter,
    /// Punctuation marks that do not go together.
    StrayMark,
    /// A bracket or a quotation mark without its partner.
    UnbalancedMark,
    /// Characters that were read in the wrong encoding.
    Mojibake,
    /// A text that breaks off.
    Truncated,
    /// A paragraph whose last sentence has no end.
    MissingStop,
    /// A colon that promises a list that does not come.
    MissingList,
    /// Two words before a noun that a hyphen should join.
    MissingHyphen,
}

impl TextCheck {
    /// Name in rule sets, check, and what it finds.
    pub const ALL: &[(&str, Self, &str)] = &[
        ("leftover-shortcode", Self::LeftoverShortcode, "a shortcode in square brackets, shown to readers as it is"),
        (
            "page-furniture",
            Self::PageFurniture,
            "a line of the page around the article; text.words lists such lines, with * for any end",
        ),
        ("repeated-line", Self::RepeatedLine, "the same short line three times or more"),
        ("bare-name", Self::BareName, "the name of an image file or an icon in place of text"),
        ("doubled-word", Self::DoubledWord, "the same word twice in a row; text.words may stand twice"),
        ("lost-word", Self::LostWord, "a place where a word is missing: ' -derived', '( )', 'the is'"),
        ("glued-words", Self::GluedWords, "two words run into one, or no space after a mark"),
        ("stray-space", Self::StraySpace, "a space before a mark or inside brackets"),
        ("double-space", Self::DoubleSpace, "several spaces between two words"),
        ("invisible-character", Self::InvisibleCharacter, "a non-breaking space between words, a zero-width character"),
        ("stray-mark", Self::StrayMark, "marks that do not go together: ',,' '& ='"),
        ("unbalanced-mark", Self::UnbalancedMark, "a bracket or quotation mark without its partner"),
        ("mojibake", Self::Mojibake, "characters read in the wrong encoding: 'â€™'"),
        ("truncated", Self::Truncated, "a text that breaks off in '...'"),
        ("missing-stop", Self::MissingStop, "a paragraph whose last sentence has no end"),
        ("missing-list", Self::MissingList, "a colon at the end of a paragraph with no list after it"),
        (
            "missing-hyphen",
            Self::MissingHyphen,
            "two words before a noun that a hyphen should join; text.words lists the pairs",
        ),
    ];
}

impl TextRule {
    pub(super) fn check(&self, context: &Context<'_>, findings: &mut Vec<Finding>) {
        let mut report = Report { context, findings };
        match self.check {
            TextCheck::LeftoverShortcode => debris::leftover_shortcodes(&mut report),
            TextCheck::PageFurniture => debris::page_furniture(&mut report, &self.words),
            TextCheck::RepeatedLine => debris::repeated_lines(&mut report),
            TextCheck::BareName => debris::bare_names(&mut report),
            TextCheck::DoubledWord => words::doubled(&mut report, &self.words),
            TextCheck::LostWord => words::lost(&mut report),
            TextCheck::GluedWords => glued::check(&mut report),
            TextCheck::StraySpace => spacing::stray(&mut report),
            TextCheck::DoubleSpace => spacing::double(&mut report),
            TextCheck::InvisibleCharacter => invisible::check(&mut report),
            TextCheck::StrayMark => marks::stray(&mut report),
            TextCheck::UnbalancedMark => marks::unbalanced(&mut report),
            TextCheck::Mojibake => marks::mojibake(&mut report),
            TextCheck::Truncated => cut::truncated(&mut report),
            TextCheck::MissingStop => cut::missing_stop(&mut report),
            TextCheck::MissingList => cut::missing_list(&mut report),
            TextCheck::MissingHyphen => words::missing_hyphen(&mut report, &self.words),
        }
    }
}

/// Where the checks put what they find.
struct Report<'r, 'a> {
    context: &'r Context<'a>,
    findings: &'r mut Vec<Finding>,
}

impl<'a> Report<'_, 'a> {
    /// The blocks of running text outside the reference list.
    fn blocks(&self) -> impl Iterator<Item = &'a Block> + use<'a> {
        let facts = self.context.facts;
        self.context.document.blocks.iter().filter(move |block| !facts.references.in_list(block.span))
    }

    /// Adds a finding at `span`. `detail` says what is wrong there.
    fn add(&mut self, span: Span, detail: &str) -> &mut Finding {
        let document = self.context.document;
        let words = document.source.slice(span).split_whitespace().collect::<Vec<_>>().join(" ");
        let message = fill(&self.context.rule.message, &[("match", &words), ("detail", detail)]);
        let at = self.findings.len();
        self.findings.push(Finding::new(self.context, span, message));
        &mut self.findings[at]
    }

    /// Adds a finding with an edit that keeps the meaning.
    fn add_fixed(&mut self, span: Span, detail: &str, fix: Option<(Span, &str, &str)>) {
        let finding = self.add(span, detail);
        if let Some((edit, text, message)) = fix {
            finding.fixes.push(Fix::replace(Applicability::Safe, message, edit, text));
        }
    }

    /// A label into the article.
    fn label(&self, span: Span, message: &str) -> Label {
        Label { path: self.context.document.source.path().to_owned(), span, message: message.to_owned() }
    }
}

/// Whether a token is a word.
fn is_word(block: &Block, token: usize) -> bool {
    block.tokens.get(token).is_some_and(|token| token.kind == TokenKind::Word)
}

/// Whether a token is the mark `mark`.
fn is_mark(block: &Block, token: usize, mark: &str) -> bool {
    block.tokens.get(token).is_some_and(|found| found.kind == TokenKind::Punctuation) && block.token_text(token) == mark
}

/// The prose between two tokens that follow each other.
fn gap(block: &Block, token: usize) -> Range<usize> {
    block.tokens[token].end..block.tokens[token + 1].start
}

/// Whether a block is text that readers take for a paragraph.
fn is_paragraph(block: &Block) -> bool {
    block.kind == BlockKind::Paragraph
}
