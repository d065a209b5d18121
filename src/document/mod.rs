//! The document: what an article's Markdown means as prose.
//!
//! [`Document::parse`] turns a [`SourceFile`] into [`Block`]s (paragraphs,
//! headings, list items, cells, captions, front-matter fields), each with its
//! readable [`Prose`] and an exact map from every byte of it back to the source.
//! Nothing here knows of rules.

mod block;
mod boundary;
mod front_matter;
mod parse;
#[cfg(test)]
mod properties;
mod prose;
mod reference;
mod sentence;
#[cfg(test)]
mod tests;
mod token;
mod tokenize;

pub use block::{Block, BlockId, BlockKind};
pub use front_matter::{Field, FrontMatter, FrontMatterFault, Value};
pub use prose::{Prose, ProseBuilder};
pub use reference::{Comment, FootnoteDefinition, FootnoteReference, Link, LinkDefinition, LinkKind, Shortcode};
pub use sentence::Sentence;
pub use token::{Token, TokenKind};

use crate::source::{SourceFile, Span};

/// An article as prose, with the way back to its source.
#[derive(Debug)]
pub struct Document<'s> {
    /// The file it was parsed from.
    pub source: &'s SourceFile,
    /// The front matter, or an empty one.
    pub front_matter: FrontMatter,
    /// All blocks in source order, front-matter fields first.
    pub blocks: Vec<Block>,
    /// Links, images and autolinks in source order, broken reference links among them.
    pub links: Vec<Link>,
    /// `[label]: url` definitions in source order.
    pub link_definitions: Vec<LinkDefinition>,
    /// `[^label]` in the text, in source order, undefined ones among them.
    pub footnote_references: Vec<FootnoteReference>,
    /// `[^label]: …` definitions in source order.
    pub footnote_definitions: Vec<FootnoteDefinition>,
    /// HTML and MDX comments outside code, in source order.
    pub comments: Vec<Comment>,
    /// Shortcode and template marks outside code, in source order.
    pub shortcodes: Vec<Shortcode>,
    /// Code spans and code blocks, in source order: no rule looks there.
    pub code: Vec<Span>,
}

impl Document<'_> {
    /// The block of that id.
    #[must_use]
    pub fn block(&self, id: BlockId) -> &Block {
        &self.blocks[id.index()]
    }

    /// The headings that enclose a block, the nearest first.
    pub fn section_path(&self, id: BlockId) -> impl Iterator<Item = &Block> {
        std::iter::successors(self.block(id).section, |&heading| self.block(heading).section)
            .map(|heading| self.block(heading))
    }

    /// Whether `span` touches code.
    #[must_use]
    pub fn in_code(&self, span: Span) -> bool {
        let after = self.code.partition_point(|code| code.end <= span.start);
        self.code.get(after).is_some_and(|code| code.overlaps(span))
    }
}
