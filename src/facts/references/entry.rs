//! Entries of a reference list, and what can be read from one.

use std::ops::Range;

use crate::document::{BlockId, Document};
use crate::identifier::Identifier;
use crate::source::Span;

use super::fields::Fields;

/// Where an entry stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum EntryOrigin {
    /// In a reference list.
    List,
    /// In a footnote's definition.
    Footnote,
    /// In a link definition.
    LinkDefinition,
    /// In a bibliography file.
    Bibliography,
}

/// Part of an entry's text.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Part {
    block: BlockId,
    /// Bytes of the block's prose.
    prose: Range<usize>,
    /// Offset in the entry's text.
    start: usize,
}

/// One source.
#[derive(Clone, Debug)]
pub struct Entry {
    /// Where it stands.
    pub origin: EntryOrigin,
    /// All of it, its number included; for an entry of a bibliography file, `0..0`.
    pub span: Span,
    /// Its number or label as written (`[1]`, `1.`, `[^1]:`), if it has one.
    pub label_span: Option<Span>,
    /// Its number: written, or by its place in a list that numbers nothing.
    pub number: Option<u32>,
    /// Whether the number is written.
    pub numbered: bool,
    /// Its label or key, if it has no number.
    pub label: Option<String>,
    /// A back link left over from a converted list: `^`, `↑`, `↩`.
    pub back_link: Option<Span>,
    /// The list it stands in, as an index into the article's lists.
    pub list: Option<usize>,
    /// Its readable text without number and back link.
    pub text: String,
    /// Author, year, title and journal as far as they can be read, as bytes of `text`.
    pub fields: Fields,
    /// Identifiers, with bytes of `text`.
    pub identifiers: Vec<Identifier>,
    /// Where its links lead.
    pub links: Vec<(String, Span)>,
    parts: Vec<Part>,
}

impl Entry {
    pub(super) fn new(origin: EntryOrigin, span: Span) -> Self {
        Self {
            origin,
            span,
            label_span: None,
            number: None,
            numbered: false,
            label: None,
            back_link: None,
            list: None,
            text: String::new(),
            fields: Fields::default(),
            identifiers: Vec::new(),
            links: Vec::new(),
            parts: Vec::new(),
        }
    }

    /// Adds bytes of a block's prose to the text.
    pub(super) fn add(&mut self, document: &Document<'_>, block: BlockId, prose: Range<usize>) {
        let text = &document.block(block).prose.text()[prose.clone()];
        if !self.text.is_empty() {
            self.text.push('\n');
        }
        self.parts.push(Part { block, prose: prose.clone(), start: self.text.len() });
        self.text.push_str(text);
        if !prose.is_empty() {
            self.span = self.span.cover(document.block(block).prose.source_span(prose));
        }
    }

    /// The source of some bytes of the text; that of the whole entry when they were not read from the article.
    #[must_use]
    pub fn source_span(&self, document: &Document<'_>, range: Range<usize>) -> Span {
        let at = self.parts.partition_point(|part| part.start <= range.start);
        let Some(part) = at.checked_sub(1).and_then(|at| self.parts.get(at)) else { return self.span };
        let prose = &document.block(part.block).prose;
        let start = (part.prose.start + (range.start - part.start)).min(part.prose.end);
        let end = (part.prose.start + (range.end - part.start)).min(part.prose.end);
        if prose.text().get(start..end).is_none() { self.span } else { prose.source_span(start..end.max(start)) }
    }

    /// Whether it plainly names a work: a year with a journal, an identifier, or an address.
    #[must_use]
    pub fn names_a_work(&self) -> bool {
        let dated = !self.fields.dates.is_empty();
        let led =
            self.links.iter().any(|(destination, _)| destination.starts_with("http")) || self.text.contains("http");
        !self.identifiers.is_empty() || (dated && (self.fields.journal.is_some() || led)) || self.text.contains("et al")
    }

    /// What to call it in a message: its number or label, or its first words.
    #[must_use]
    pub fn name(&self) -> String {
        match (self.number, &self.label) {
            (Some(number), _) => format!("[{number}]"),
            (None, Some(label)) => format!("'{label}'"),
            (None, None) => {
                let words: Vec<&str> = self.text.split_whitespace().take(4).collect();
                format!("'{} …'", words.join(" "))
            }
        }
    }

    /// Where to point for the entry as a whole: its number or label, else its first words.
    #[must_use]
    pub fn handle(&self, document: &Document<'_>) -> Span {
        if let Some(label) = self.label_span {
            return label;
        }
        let end =
            self.text.char_indices().filter(|(_, c)| c.is_whitespace()).nth(3).map_or(self.text.len(), |(at, _)| at);
        if end == 0 { self.span } else { self.source_span(document, 0..end) }
    }
}
