//! Blocks: the units that rules read.

use std::ops::Range;

use crate::source::Span;

use super::tokenize::tokenize;
use super::{Prose, Sentence, Token};

/// A block's place in [`Document::blocks`](super::Document::blocks).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct BlockId(pub(crate) u32);

impl BlockId {
    /// Index into [`Document::blocks`](super::Document::blocks).
    #[must_use]
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// What a block is in the article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BlockKind {
    /// A front-matter field that readers see: `title`, `description`, `summary`.
    FrontMatter {
        /// The key, as written.
        field: String,
    },
    /// A heading of level 1 to 6.
    Heading {
        /// 1 to 6; inferred headings are 6.
        level: u8,
    },
    /// A paragraph, or text between HTML tags.
    Paragraph,
    /// A paragraph of a list item.
    ListItem {
        /// The number written, in an ordered list.
        number: Option<u64>,
        /// 1 for the outermost list.
        depth: u8,
    },
    /// A header cell of a table.
    TableHeader {
        /// Column, from 0.
        column: usize,
    },
    /// A body cell of a table.
    TableCell {
        /// Column, from 0.
        column: usize,
        /// Body row, from 0.
        row: usize,
    },
    /// A paragraph of a footnote definition.
    Footnote {
        /// The footnote's label.
        label: String,
    },
    /// An image's alternative text.
    ImageAlt,
    /// A figure or table caption, or a title attribute that readers see.
    Caption,
}

/// One block: its kind, where it stands, and its prose.
#[derive(Debug)]
pub struct Block {
    /// Its own place in the document.
    pub id: BlockId,
    /// What it is.
    pub kind: BlockKind,
    /// Its source, from the first to the last byte of its text.
    pub span: Span,
    /// Its readable text and the map back.
    pub prose: Prose,
    /// The heading of the section it stands in; for a heading, that of the section around it.
    pub section: Option<BlockId>,
    /// For a list item, the paragraph or item that leads into its list.
    pub lead_in: Option<BlockId>,
    /// For a table cell, the header cell of its column.
    pub header: Option<BlockId>,
    /// For a table cell beyond the first column, the first cell of its row.
    pub row_header: Option<BlockId>,
    /// Whether kind was inferred from the shape of pasted text, not from Markdown.
    pub inferred: bool,
    /// Whether it stands in a block quotation.
    pub quoted: bool,
    /// Words, numbers and punctuation marks of the prose, in order.
    pub tokens: Vec<Token>,
    /// Sentences of the prose, in order; they cover all tokens.
    pub sentences: Vec<Sentence>,
}

impl Block {
    /// A block that stands by itself. `prose` is not empty.
    pub(super) fn new(id: BlockId, kind: BlockKind, prose: Prose) -> Self {
        let span = prose.source_span(0..prose.text().len());
        let (tokens, sentences) = tokenize(&prose);
        Self {
            id,
            kind,
            span,
            prose,
            section: None,
            lead_in: None,
            header: None,
            row_header: None,
            inferred: false,
            quoted: false,
            tokens,
            sentences,
        }
    }

    /// Whether it is a heading, inferred ones included.
    #[must_use]
    pub fn is_heading(&self) -> bool {
        matches!(self.kind, BlockKind::Heading { .. })
    }

    /// Whether it is a list item, inferred ones included.
    #[must_use]
    pub fn is_list_item(&self) -> bool {
        matches!(self.kind, BlockKind::ListItem { .. })
    }

    /// Whether it is a front-matter field.
    #[must_use]
    pub fn is_front_matter(&self) -> bool {
        matches!(self.kind, BlockKind::FrontMatter { .. })
    }

    /// The text of a token.
    #[must_use]
    pub fn token_text(&self, token: usize) -> &str {
        &self.prose.text()[self.tokens[token].range()]
    }

    /// The prose range, in bytes, that a non-empty range of tokens covers.
    #[must_use]
    pub fn token_range(&self, tokens: Range<usize>) -> Range<usize> {
        self.tokens[tokens.start].start..self.tokens[tokens.end - 1].end
    }

    /// The source that a non-empty range of tokens covers.
    #[must_use]
    pub fn token_span(&self, tokens: Range<usize>) -> Span {
        self.prose.source_span(self.token_range(tokens))
    }

    /// The index of the sentence that a token stands in.
    #[must_use]
    pub fn sentence_of(&self, token: usize) -> usize {
        self.sentences.partition_point(|sentence| sentence.tokens.end <= token)
    }
}
