//! What is open while events are read: the block at hand, images, lists, tables.

use crate::document::{BlockId, BlockKind, Prose, ProseBuilder};
use crate::source::Span;

/// The block at hand.
pub(super) struct Open {
    /// What it will be.
    pub kind: BlockKind,
    /// Its text so far.
    pub builder: ProseBuilder,
    /// Whether its kind was inferred from the shape of the text.
    pub inferred: bool,
    /// Whether it is a paragraph of Markdown of its own, on one line so far.
    pub lone_line: bool,
}

impl Open {
    /// A block that is told by Markdown.
    pub(super) fn new(kind: BlockKind, builder: ProseBuilder) -> Self {
        Self { kind, builder, inferred: false, lone_line: false }
    }
}

/// A link that is open.
pub(super) struct OpenLink {
    /// Its index in the document's links.
    pub index: usize,
    /// Where its text starts in the builder at hand, in bytes.
    pub text_start: usize,
    /// Whether it was opened by an HTML tag.
    pub html: bool,
}

/// An image that is open: its alternative text so far.
pub(super) struct OpenImage {
    /// Its index in the document's links.
    pub index: usize,
    /// The alternative text.
    pub builder: ProseBuilder,
}

/// An alternative text that waits for the block around it to end.
pub(super) struct PendingAlt {
    /// The image's index in the document's links; `None` for an HTML image.
    pub index: Option<usize>,
    /// The alternative text.
    pub prose: Prose,
}

/// A list that is open.
pub(super) struct OpenList {
    /// The number of the next item, in an ordered list.
    pub next: Option<u64>,
    /// The number of the item at hand.
    pub number: Option<u64>,
    /// What leads into the list.
    pub lead_in: Option<BlockId>,
    /// Whether it was opened by an HTML tag.
    pub html: bool,
}

/// A table that is open.
#[derive(Default)]
pub(super) struct OpenTable {
    /// The header cell of each column.
    pub headers: Vec<Option<BlockId>>,
    /// The column of the next cell.
    pub column: usize,
    /// The body row at hand, counted from 1; 0 in the head.
    pub rows: usize,
    /// The first cell of the row at hand.
    pub row_header: Option<BlockId>,
    /// Whether the row at hand is in the head.
    pub in_head: bool,
}

/// What encloses the text at hand.
pub(super) enum Container {
    /// A list item.
    Item,
    /// A block quotation.
    Quote,
    /// A footnote definition: its index in the document.
    Footnote(usize),
}

/// Bytes of a mapped text: offset in it, offset in the source.
#[derive(Clone, Copy)]
pub(super) struct Piece {
    /// Offset in the text, in bytes.
    pub at: usize,
    /// Offset in the source, in bytes.
    pub source: usize,
}

/// A text put together from lines of the source, such as an HTML block in a quotation.
#[derive(Default)]
pub(super) struct Mapped {
    /// The text.
    pub text: String,
    /// Where its lines come from.
    pub pieces: Vec<Piece>,
}

impl Mapped {
    /// Adds a line that stands at `source`.
    pub(super) fn push(&mut self, line: &str, source: usize) {
        if !line.is_empty() {
            self.pieces.push(Piece { at: self.text.len(), source });
            self.text.push_str(line);
        }
    }

    /// Offset in the source of the byte at `at`.
    pub(super) fn source(&self, at: usize) -> usize {
        let after = self.pieces.partition_point(|piece| piece.at <= at);
        self.pieces.get(after.wrapping_sub(1)).map_or(0, |piece| piece.source + (at - piece.at))
    }

    /// The source of the non-empty range `start..end`.
    pub(super) fn span(&self, start: usize, end: usize) -> Span {
        if start >= end {
            return Span::at(self.source(start));
        }
        Span::new(self.source(start), self.source(end - 1) + 1)
    }
}
