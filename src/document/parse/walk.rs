//! Walks Markdown events and makes blocks of them.

use pulldown_cmark::{CodeBlockKind, Event, Tag, TagEnd};

use crate::document::{BlockId, BlockKind, Document, FootnoteDefinition, ProseBuilder};
use crate::source::Span;

use super::mask::Masked;
use super::open::{Container, Mapped, Open, OpenImage, OpenLink, OpenList, OpenTable, PendingAlt};
use super::pasted;

/// Most bytes that are set aside for a paragraph before its text is read.
const MOST_ROOM: usize = 16 * 1024;

/// Makes blocks of events, which come in source order.
pub(super) struct Walker<'d, 's, 'm> {
    pub(super) document: &'d mut Document<'s>,
    pub(super) masked: &'m Masked<'s>,
    /// The first hole that does not end before the text at hand.
    pub(super) hole: usize,
    /// Offset in the source before which text is hidden, as in `<code>`.
    pub(super) hidden_until: usize,
    pub(super) open: Option<Open>,
    pub(super) links: Vec<OpenLink>,
    pub(super) images: Vec<OpenImage>,
    pub(super) pending_alts: Vec<PendingAlt>,
    /// Indices of links whose block is still open.
    pub(super) pending_links: Vec<usize>,
    /// Indices of footnote references whose block is still open.
    pub(super) pending_footnotes: Vec<usize>,
    pub(super) containers: Vec<Container>,
    pub(super) lists: Vec<OpenList>,
    pub(super) table: Option<OpenTable>,
    /// Headings around the text at hand, with their levels.
    pub(super) headings: Vec<(u8, BlockId)>,
    /// The block that a list would follow.
    pub(super) lead: Option<BlockId>,
    /// Number of HTML block quotations that are open.
    pub(super) html_quotes: usize,
    /// Whether the text at hand is raised by `<sup>`.
    pub(super) raised: bool,
    /// Whether a line of a paragraph starts here.
    pub(super) line_start: bool,
    /// End of the Markdown block at hand, in the source.
    pub(super) block_end: usize,
    /// Elements that no end tag closes before an offset in the source: each is looked
    /// for once in a block.
    pub(super) unclosed: Vec<(&'static str, usize)>,
    /// The HTML block at hand.
    pub(super) html: Option<Mapped>,
    /// Whether the events at hand are of a code block, and an indented one.
    pub(super) code_block: Option<bool>,
}

impl<'d, 's, 'm> Walker<'d, 's, 'm> {
    pub(super) fn new(document: &'d mut Document<'s>, masked: &'m Masked<'s>) -> Self {
        Self {
            document,
            masked,
            hole: 0,
            hidden_until: 0,
            open: None,
            links: Vec::new(),
            images: Vec::new(),
            pending_alts: Vec::new(),
            pending_links: Vec::new(),
            pending_footnotes: Vec::new(),
            containers: Vec::new(),
            lists: Vec::new(),
            table: None,
            headings: Vec::new(),
            lead: None,
            html_quotes: 0,
            raised: false,
            line_start: false,
            block_end: 0,
            unclosed: Vec::new(),
            html: None,
            code_block: None,
        }
    }

    /// Takes one event at `span` of the source.
    pub(super) fn event(&mut self, event: Event<'_>, span: Span) {
        match event {
            Event::Text(text) => self.markdown_text(&text, span),
            Event::Start(tag) => self.start(tag, span),
            Event::End(tag) => self.end(tag, span),
            Event::SoftBreak | Event::HardBreak => self.line_break(span),
            Event::Code(_) | Event::InlineMath(_) | Event::DisplayMath(_) => self.code(span),
            Event::Html(line) => {
                if let Some(html) = &mut self.html {
                    html.push(&line, span.start);
                }
            }
            Event::InlineHtml(_) => self.inline_html(span),
            Event::FootnoteReference(label) => self.footnote_reference(&label, span),
            Event::Rule => {
                self.flush();
                self.lead = None;
            }
            Event::TaskListMarker(_) => {}
        }
    }

    /// Takes the end of the document.
    pub(super) fn finish(mut self) {
        self.flush();
    }

    pub(super) fn start(&mut self, tag: Tag<'_>, span: Span) {
        match tag {
            Tag::Paragraph => {
                self.flush();
                self.block_end = span.end;
                self.line_start = true;
                let lone = self.containers.is_empty();
                self.open_block(lone, span.len().min(MOST_ROOM));
            }
            Tag::Heading { level, .. } => {
                self.flush();
                self.block_end = span.end;
                self.open_as(BlockKind::Heading { level: level as u8 });
            }
            Tag::BlockQuote(_) => self.enter(Container::Quote),
            Tag::CodeBlock(kind) => {
                self.flush();
                let indented = matches!(kind, CodeBlockKind::Indented);
                self.code_block = Some(indented);
                if !indented || !pasted::is_bullet_list(&self.masked.source[span.range()]) {
                    self.document.code.push(span);
                    self.code_block = Some(false);
                }
                self.lead = self.lead.filter(|_| self.code_block == Some(true));
            }
            Tag::HtmlBlock => {
                self.flush();
                self.block_end = span.end;
                self.html = Some(Mapped::default());
            }
            Tag::List(first) => {
                self.flush();
                let lead_in = self.lead;
                self.lists.push(OpenList { next: first, number: None, lead_in, html: false });
            }
            Tag::Item => {
                self.enter(Container::Item);
                self.block_end = span.end;
                self.line_start = true;
                self.next_item();
            }
            Tag::FootnoteDefinition(label) => {
                self.flush();
                let mark_len = self.masked.source[span.range()].find("]:").map_or(0, |at| at + 2);
                let mark = Span::new(span.start, span.start + mark_len);
                let definition = FootnoteDefinition { span, mark, label: label.to_string(), blocks: Vec::new() };
                self.document.footnote_definitions.push(definition);
                self.enter(Container::Footnote(self.document.footnote_definitions.len() - 1));
            }
            Tag::Table(_) => {
                self.flush();
                self.block_end = span.end;
                self.table = Some(OpenTable::default());
            }
            Tag::TableHead => self.start_row(true),
            Tag::TableRow => self.start_row(false),
            Tag::TableCell => self.start_cell(),
            Tag::Link { link_type, dest_url, id, .. } => self.start_link(link_type, &dest_url, &id, span),
            Tag::Image { dest_url, .. } => self.start_image(&dest_url, span),
            _ => {}
        }
    }

    pub(super) fn end(&mut self, tag: TagEnd, span: Span) {
        match tag {
            TagEnd::Paragraph | TagEnd::Heading(_) => self.flush(),
            TagEnd::BlockQuote(_) | TagEnd::FootnoteDefinition | TagEnd::Item => {
                self.flush();
                self.containers.pop();
                self.lead = None;
            }
            TagEnd::List(_) => {
                self.flush();
                self.lists.pop();
                self.lead = None;
            }
            TagEnd::CodeBlock => {
                self.flush();
                self.code_block = None;
            }
            TagEnd::HtmlBlock => {
                if let Some(html) = self.html.take() {
                    self.html_block(&html);
                }
            }
            TagEnd::Table => {
                self.flush();
                self.table = None;
                self.lead = None;
            }
            TagEnd::TableCell => self.end_cell(),
            TagEnd::Link => self.end_link(span),
            TagEnd::Image => self.end_image(span),
            _ => {}
        }
    }

    pub(super) fn enter(&mut self, container: Container) {
        self.flush();
        self.containers.push(container);
    }

    /// Starts the next item of the innermost list.
    pub(super) fn next_item(&mut self) {
        if let Some(list) = self.lists.last_mut() {
            list.number = list.next;
            list.next = list.next.map(|next| next.saturating_add(1));
        }
    }

    pub(super) fn start_row(&mut self, in_head: bool) {
        self.flush();
        if let Some(table) = &mut self.table {
            table.in_head = in_head;
            table.column = 0;
            table.row_header = None;
            table.rows += usize::from(!in_head);
        }
    }

    pub(super) fn start_cell(&mut self) {
        self.flush();
        if let Some(table) = &self.table {
            let kind = if table.in_head {
                BlockKind::TableHeader { column: table.column }
            } else {
                BlockKind::TableCell { column: table.column, row: table.rows.saturating_sub(1) }
            };
            self.open_as(kind);
        }
    }

    pub(super) fn end_cell(&mut self) {
        self.flush();
        if let Some(table) = &mut self.table {
            table.column += 1;
        }
    }

    /// What a text without a block of its own belongs to.
    pub(super) fn context_kind(&self) -> BlockKind {
        match self.containers.last() {
            Some(Container::Item) => self.item_kind(),
            Some(Container::Footnote(at)) => {
                BlockKind::Footnote { label: self.document.footnote_definitions[*at].label.clone() }
            }
            Some(Container::Quote) | None => BlockKind::Paragraph,
        }
    }

    /// A list item of the innermost list.
    pub(super) fn item_kind(&self) -> BlockKind {
        let number = self.lists.last().and_then(|list| list.number);
        BlockKind::ListItem { number, depth: u8::try_from(self.lists.len().max(1)).unwrap_or(u8::MAX) }
    }

    pub(super) fn open_block(&mut self, lone_line: bool, room: usize) {
        let kind = self.context_kind();
        let mut builder = ProseBuilder::default();
        builder.reserve(room);
        self.open = Some(Open { lone_line, ..Open::new(kind, builder) });
    }

    pub(super) fn open_as(&mut self, kind: BlockKind) {
        self.open = Some(Open::new(kind, ProseBuilder::default()));
    }

    /// The builder that text goes to.
    pub(super) fn builder(&mut self) -> &mut ProseBuilder {
        if self.images.is_empty() && self.open.is_none() {
            self.open_block(false, 0);
        }
        match (self.images.last_mut(), &mut self.open) {
            (Some(image), _) => &mut image.builder,
            (None, open) => {
                &mut open.get_or_insert_with(|| Open::new(BlockKind::Paragraph, ProseBuilder::default())).builder
            }
        }
    }

    pub(super) fn line_break(&mut self, span: Span) {
        if self.code_block.is_none() && span.start >= self.hidden_until {
            self.line_start = self.images.is_empty();
            if let Some(open) = &mut self.open {
                open.lone_line = false;
            }
            self.builder().space(span);
        }
    }

    pub(super) fn code(&mut self, span: Span) {
        self.document.code.push(span);
        if span.start >= self.hidden_until {
            self.line_start = false;
            self.code_mark(span);
        }
    }

    /// If a pasted bullet starts the text at `span`, starts a list item there;
    /// returns the text after the bullet.
    pub(super) fn pasted_bullet(&mut self, span: Span) -> Span {
        let text = &self.masked.source[span.range()];
        let Some(bullet) = pasted::bullet_len(text) else { return span };
        let rest = Span::new(span.start + bullet, span.end);
        let Some(open) = &self.open else { return span };
        match open.kind {
            BlockKind::ListItem { .. } if !open.inferred => rest,
            BlockKind::Paragraph | BlockKind::ListItem { .. } => {
                if let Some(open) = &mut self.open {
                    open.lone_line = false;
                }
                self.flush();
                self.open_as(BlockKind::ListItem { number: None, depth: 1 });
                if let Some(open) = &mut self.open {
                    open.inferred = true;
                }
                rest
            }
            _ => span,
        }
    }
}
