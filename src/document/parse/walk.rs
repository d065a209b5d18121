//! Walks Markdown events and makes blocks of them.

use memchr::memmem;
use pulldown_cmark::{CodeBlockKind, CowStr, Event, LinkType, Tag, TagEnd};

use crate::document::boundary::is_superscript;
use crate::document::tokenize::CODE_MARK;
use crate::document::{
    Block, BlockId, BlockKind, Document, FootnoteDefinition, FootnoteReference, Link, LinkKind, Prose, ProseBuilder,
};
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
    hole: usize,
    /// Offset in the source before which text is hidden, as in `<code>`.
    pub(super) hidden_until: usize,
    pub(super) open: Option<Open>,
    pub(super) links: Vec<OpenLink>,
    images: Vec<OpenImage>,
    pub(super) pending_alts: Vec<PendingAlt>,
    /// Indices of links whose block is still open.
    pending_links: Vec<usize>,
    /// Indices of footnote references whose block is still open.
    pending_footnotes: Vec<usize>,
    containers: Vec<Container>,
    pub(super) lists: Vec<OpenList>,
    pub(super) table: Option<OpenTable>,
    /// Headings around the text at hand, with their levels.
    headings: Vec<(u8, BlockId)>,
    /// The block that a list would follow.
    pub(super) lead: Option<BlockId>,
    /// Number of HTML block quotations that are open.
    pub(super) html_quotes: usize,
    /// Whether the text at hand is raised by `<sup>`.
    pub(super) raised: bool,
    /// Whether a line of a paragraph starts here.
    line_start: bool,
    /// End of the Markdown block at hand, in the source.
    pub(super) block_end: usize,
    /// Elements that no end tag closes before an offset in the source: each is looked
    /// for once in a block.
    pub(super) unclosed: Vec<(&'static str, usize)>,
    /// The HTML block at hand.
    html: Option<Mapped>,
    /// Whether the events at hand are of a code block, and an indented one.
    code_block: Option<bool>,
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

    fn start(&mut self, tag: Tag<'_>, span: Span) {
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

    fn end(&mut self, tag: TagEnd, span: Span) {
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

    fn enter(&mut self, container: Container) {
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

    fn start_cell(&mut self) {
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
    fn context_kind(&self) -> BlockKind {
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

    fn open_block(&mut self, lone_line: bool, room: usize) {
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

    fn markdown_text(&mut self, text: &CowStr<'_>, span: Span) {
        match self.code_block {
            Some(false) => return,
            Some(true) => {
                // The lines of a pasted list that is indented as code would be.
                self.line_start = true;
                if self.open.is_none() {
                    self.open_block(false, 0);
                }
            }
            None => {}
        }
        let mut span = span;
        if self.line_start && self.images.is_empty() {
            self.line_start = false;
            span = self.pasted_bullet(span);
        }
        if self.masked.text.get(span.range()).is_some_and(|source| text.ends_with(source)) {
            self.source_text(span);
        } else if span.start >= self.hidden_until {
            self.builder().replaced(text, span);
        }
    }

    /// Adds the source at `span` as it stands, without what is covered or hidden.
    pub(super) fn source_text(&mut self, span: Span) {
        let masked = self.masked;
        let mut at = span.start.max(self.hidden_until);
        while masked.holes.get(self.hole).is_some_and(|hole| hole.end <= at) {
            self.hole += 1;
        }
        while at < span.end {
            let hole = masked.holes.get(self.hole).filter(|hole| hole.start < span.end);
            let end = hole.map_or(span.end, |hole| hole.start.max(at));
            if end > at {
                self.visible_text(&masked.source[at..end], at);
            }
            let Some(hole) = hole else { return };
            at = hole.end.max(end);
            if hole.end <= span.end {
                self.hole += 1;
            }
        }
    }

    /// Adds text that stands at `source`, without characters that have no width.
    fn visible_text(&mut self, text: &str, source: usize) {
        if self.raised && text.chars().all(|c| c.is_ascii_digit() || matches!(c, ',' | '-' | '–' | ' ')) {
            return self.raised_digits(text, source);
        }
        let builder = self.builder();
        if text.is_ascii() || !text.contains(is_zero_width) {
            return builder.verbatim(text, source);
        }
        let mut from = 0;
        for (at, hidden) in text.match_indices(is_zero_width) {
            builder.verbatim(&text[from..at], source + from);
            from = at + hidden.len();
        }
        builder.verbatim(&text[from..], source + from);
    }

    /// Adds the digits of `<sup>` as raised digits, so that they touch no word.
    fn raised_digits(&mut self, text: &str, source: usize) {
        const RAISED: [&str; 10] = ["⁰", "¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹"];
        let builder = self.builder();
        for (at, c) in text.char_indices() {
            let from = source + at;
            match c.to_digit(10).and_then(|digit| RAISED.get(digit as usize)) {
                Some(raised) => builder.replaced(raised, Span::new(from, from + 1)),
                None => builder.verbatim(&text[at..at + c.len_utf8()], from),
            }
        }
    }

    fn line_break(&mut self, span: Span) {
        if self.code_block.is_none() && span.start >= self.hidden_until {
            self.line_start = self.images.is_empty();
            if let Some(open) = &mut self.open {
                open.lone_line = false;
            }
            self.builder().space(span);
        }
    }

    fn code(&mut self, span: Span) {
        self.document.code.push(span);
        if span.start >= self.hidden_until {
            self.line_start = false;
            self.code_mark(span);
        }
    }

    fn footnote_reference(&mut self, label: &str, span: Span) {
        self.pending_footnotes.push(self.document.footnote_references.len());
        self.document.footnote_references.push(FootnoteReference { span, block: None, label: label.to_owned() });
    }

    fn start_link(&mut self, link_type: LinkType, destination: &str, id: &str, span: Span) {
        let (kind, labelled) = match link_type {
            LinkType::Reference | LinkType::Collapsed | LinkType::Shortcut => (LinkKind::Reference, true),
            LinkType::ReferenceUnknown | LinkType::CollapsedUnknown => (LinkKind::Undefined, true),
            LinkType::Autolink | LinkType::Email => (LinkKind::Autolink, false),
            _ => (LinkKind::Inline, false),
        };
        let label = labelled.then(|| id.to_owned());
        let destination = self.destination(destination, span);
        self.open_link(Link { kind, span, block: None, text: String::new(), destination, label }, false);
    }

    /// Opens a link whose text follows.
    pub(super) fn open_link(&mut self, link: Link, html: bool) {
        let text_start = self.open.as_ref().map_or(0, |open| open.builder.text().len());
        self.links.push(OpenLink { index: self.document.links.len(), text_start, html });
        self.document.links.push(link);
    }

    /// A destination with the shortcodes that were covered in it.
    fn destination(&self, destination: &str, span: Span) -> String {
        if !destination.contains("..") {
            return destination.to_owned();
        }
        let first = self.masked.holes.partition_point(|hole| hole.end <= span.start);
        let mut restored = destination.to_owned();
        for hole in self.masked.holes[first..].iter().take_while(|hole| hole.start < span.end) {
            restored = restored.replacen(&".".repeat(hole.len()), &self.masked.source[hole.range()], 1);
        }
        restored
    }

    fn end_link(&mut self, span: Span) {
        if self.links.last().is_some_and(|link| !link.html && self.document.links[link.index].span == span) {
            self.close_link();
        }
    }

    /// Closes the innermost link: its text is what was added since.
    pub(super) fn close_link(&mut self) {
        let Some(link) = self.links.pop() else { return };
        if let Some(open) = &self.open
            && let Some(text) = open.builder.text().get(link.text_start..)
        {
            self.document.links[link.index].text = text.trim().to_owned();
            self.pending_links.push(link.index);
        }
    }

    fn start_image(&mut self, destination: &str, span: Span) {
        let destination = self.destination(destination, span);
        let index = self.document.links.len();
        let link = Link { kind: LinkKind::Image, span, block: None, text: String::new(), destination, label: None };
        self.document.links.push(link);
        self.images.push(OpenImage { index, builder: ProseBuilder::default() });
    }

    fn end_image(&mut self, span: Span) {
        let Some(image) = self.images.pop() else { return };
        let prose = image.builder.finish();
        self.document.links[image.index].text = prose.text().to_owned();
        if !prose.is_empty() {
            self.pending_alts.push(PendingAlt { index: Some(image.index), prose });
        }
        self.line_start = false;
        if let Some(open) = &mut self.open {
            open.builder.space(span);
        }
    }

    /// If a pasted bullet starts the text at `span`, starts a list item there;
    /// returns the text after the bullet.
    fn pasted_bullet(&mut self, span: Span) -> Span {
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

    /// Ends the block at hand and what stands in it.
    pub(super) fn flush(&mut self) {
        let open = self.open.take();
        for link in &mut self.links {
            link.text_start = 0;
        }
        self.raised = false;
        let mut alts = std::mem::take(&mut self.pending_alts);
        let mut id = None;
        if let Some(mut open) = open {
            let prose = self.without_undefined_footnotes(open.builder.finish());
            if has_text(&prose) {
                if !alts.is_empty() {
                    let start = prose.source_span(0..0).start;
                    let (before, after) = alts.into_iter().partition(|alt| alt.prose.source_span(0..0).start < start);
                    self.add_alts(before);
                    alts = after;
                }
                if open.kind == BlockKind::Paragraph && open.lone_line && pasted::is_heading(&prose) {
                    open.kind = BlockKind::Heading { level: 6 };
                    open.inferred = true;
                }
                id = Some(self.add(open.kind, prose, open.inferred));
            }
        }
        self.add_alts(alts);
        for index in self.pending_links.drain(..) {
            self.document.links[index].block = id;
        }
        for index in self.pending_footnotes.drain(..) {
            self.document.footnote_references[index].block = id;
        }
    }

    /// Takes marks such as `[^label]` that no definition answers out of a prose.
    fn without_undefined_footnotes(&mut self, prose: Prose) -> Prose {
        let text = prose.text();
        if memmem::find(text.as_bytes(), b"[^").is_none() {
            return prose;
        }
        let mut kept = ProseBuilder::default();
        let mut from = 0;
        for (at, _) in text.match_indices("[^") {
            let Some(len) = text[at + 2..].bytes().take(100).position(|b| matches!(b, b']' | b'[' | b' ')) else {
                continue;
            };
            let end = at + 2 + len + 1;
            if at < from || len == 0 || text.as_bytes()[end - 1] != b']' {
                continue;
            }
            let label = text[at + 2..end - 1].to_owned();
            self.footnote_reference(&label, prose.source_span(at..end));
            kept.append(&prose, from..at);
            from = end;
        }
        kept.append(&prose, from..text.len());
        kept.finish()
    }

    fn add_alts(&mut self, alts: Vec<PendingAlt>) {
        for alt in alts {
            let id = self.add(BlockKind::ImageAlt, alt.prose, false);
            if let Some(index) = alt.index {
                self.document.links[index].block = Some(id);
            }
        }
    }

    /// Adds a block to the document.
    fn add(&mut self, kind: BlockKind, prose: Prose, inferred: bool) -> BlockId {
        let id = BlockId(u32::try_from(self.document.blocks.len()).unwrap_or(u32::MAX));
        if let BlockKind::Heading { level } = kind {
            self.headings.retain(|(above, _)| *above < level);
        }
        let section = self.headings.last().map(|(_, heading)| *heading);
        let lead_in = self.lead_in_of(&kind, inferred);
        let (header, row_header) = self.headers_of(&kind, id);
        match kind {
            BlockKind::Heading { level } => {
                self.headings.push((level, id));
                self.lead = inferred.then_some(id);
            }
            BlockKind::Paragraph | BlockKind::ListItem { .. } => self.lead = Some(id),
            BlockKind::TableHeader { .. } | BlockKind::TableCell { .. } => self.lead = None,
            _ => {}
        }
        for container in &self.containers {
            if let Container::Footnote(at) = container {
                self.document.footnote_definitions[*at].blocks.push(id);
            }
        }
        let quoted = self.html_quotes > 0 || self.containers.iter().any(|it| matches!(it, Container::Quote));
        let block = Block::new(id, kind, prose);
        self.document.blocks.push(Block { section, lead_in, header, row_header, inferred, quoted, ..block });
        id
    }

    /// What leads into a list item.
    fn lead_in_of(&self, kind: &BlockKind, inferred: bool) -> Option<BlockId> {
        if !matches!(kind, BlockKind::ListItem { .. }) {
            return None;
        }
        if !inferred {
            return self.lists.last().and_then(|list| list.lead_in);
        }
        let before = &self.document.blocks[self.lead?.index()];
        if before.is_list_item() && before.inferred { before.lead_in } else { Some(before.id) }
    }

    /// The header cell of a table cell's column, and the first cell of its row.
    fn headers_of(&mut self, kind: &BlockKind, id: BlockId) -> (Option<BlockId>, Option<BlockId>) {
        let Some(table) = &mut self.table else { return (None, None) };
        match *kind {
            BlockKind::TableHeader { column } => {
                if table.headers.len() <= column {
                    table.headers.resize(column + 1, None);
                }
                table.headers[column] = Some(id);
                (None, None)
            }
            BlockKind::TableCell { column, .. } => {
                if column == 0 {
                    table.row_header = Some(id);
                }
                let row_header = table.row_header.filter(|_| column > 0);
                (table.headers.get(column).copied().flatten(), row_header)
            }
            _ => (None, None),
        }
    }
}

/// Whether a prose is more than marks for code and raised digits.
fn has_text(prose: &Prose) -> bool {
    prose.text().chars().any(|c| c != CODE_MARK && !c.is_whitespace() && !is_superscript(c))
}

/// Characters that are not seen and part no words.
fn is_zero_width(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}' | '\u{2060}' | '\u{feff}')
}
