//! HTML in Markdown: what its tags mean for blocks and prose.

use crate::document::tokenize::CODE_MARK;
use crate::document::{BlockKind, Comment, Link, LinkKind, ProseBuilder};
use crate::source::Span;

use super::html::{Piece, Pieces, Role, Tag, find_end_tag, raw_element};
use super::open::{Mapped, OpenList, OpenTable, PendingAlt};
use super::walk::Walker;

/// An element of an HTML block that gives its text a kind.
struct Element {
    role: Role,
    kind: BlockKind,
}

impl Walker<'_, '_, '_> {
    /// Takes a tag or comment inside a Markdown block.
    pub(super) fn inline_html(&mut self, span: Span) {
        let source = self.masked.source;
        let html = &source[span.range()];
        if html.starts_with("<!--") {
            let content = Span::new((span.start + 4).min(span.end), span.end.saturating_sub(3).max(span.start + 4));
            self.document.comments.push(Comment { span, content });
            return;
        }
        if span.start < self.hidden_until {
            return;
        }
        let tag = Tag::parse(html);
        if !tag.closing
            && !tag.self_closing
            && let Some(name) = raw_element(tag.name)
        {
            let block_end = self.block_end.max(span.end);
            if self.unclosed.contains(&(name, block_end)) {
                return;
            }
            let rest = source.get(span.end..block_end).unwrap_or_default();
            if let Some(len) = find_end_tag(rest, name) {
                let end = span.end + len;
                let content = Span::new(span.end, end);
                self.document.code.push(content);
                self.hidden_until = end;
                self.code_mark(Span::new(span.start, end));
            } else {
                self.unclosed.retain(|(_, end)| *end == block_end);
                self.unclosed.push((name, block_end));
            }
            return;
        }
        match Role::of(tag.name) {
            Role::Image => self.html_image(&tag, |at| span.start + at, span),
            Role::Link => self.html_link(&tag, span),
            Role::Raised => self.raised = !tag.closing,
            Role::Inline => {}
            _ => {
                if self.is_in_block() {
                    self.builder().space(span);
                }
            }
        }
    }

    /// Stands for code at `span`.
    pub(super) fn code_mark(&mut self, span: Span) {
        let mut buffer = [0; 4];
        self.builder().replaced(CODE_MARK.encode_utf8(&mut buffer), span);
    }

    fn is_in_block(&self) -> bool {
        self.open.is_some()
    }

    /// Takes a whole HTML block.
    pub(super) fn html_block(&mut self, html: &Mapped) {
        let mut elements: Vec<Element> = Vec::new();
        let lists = self.lists.len();
        for piece in Pieces::new(&html.text) {
            match piece {
                Piece::Comment(whole, content) => {
                    let span = html.span(whole.start, whole.end);
                    let content = if content.is_empty() {
                        Span::at(span.start + 4)
                    } else {
                        html.span(content.start, content.end)
                    };
                    self.document.comments.push(Comment { span, content });
                }
                Piece::Raw(range) => {
                    let span = html.span(range.start, range.end);
                    self.document.code.push(span);
                    if self.is_in_block() {
                        self.code_mark(span);
                    }
                }
                Piece::Text(range) => self.html_text(html, range.start, range.end, &elements),
                Piece::Tag(range) => {
                    let tag = Tag::parse(&html.text[range.clone()]);
                    let span = html.span(range.start, range.end);
                    match Role::of(tag.name) {
                        Role::Inline => {}
                        Role::Break => {
                            if self.is_in_block() {
                                self.builder().space(span);
                            }
                        }
                        Role::Image => self.html_image(&tag, |at| html.source(range.start + at), span),
                        Role::Link => self.html_link(&tag, span),
                        Role::Raised => self.raised = !tag.closing,
                        role => self.html_block_tag(role, &tag, &mut elements),
                    }
                }
            }
        }
        self.flush();
        self.lists.truncate(lists);
        if elements.iter().any(|element| element.role == Role::Table) || self.table.is_some() {
            self.table = None;
        }
        while self.links.last().is_some_and(|link| link.html) {
            self.close_link();
        }
    }

    /// Takes a tag that starts or ends a block.
    fn html_block_tag(&mut self, role: Role, tag: &Tag<'_>, elements: &mut Vec<Element>) {
        if matches!(role, Role::Cell(_)) && tag.closing {
            self.end_cell();
        } else {
            self.flush();
        }
        if tag.closing {
            self.html_block_end(role, elements);
            return;
        }
        let kind = match role {
            Role::Heading(level) => BlockKind::Heading { level },
            Role::Item => {
                self.next_item();
                self.item_kind()
            }
            Role::Cell(header) => self.html_cell(header),
            Role::Caption => BlockKind::Caption,
            _ => BlockKind::Paragraph,
        };
        match role {
            Role::Quote => self.html_quotes += 1,
            Role::List(ordered) => {
                let list = OpenList { next: ordered.then_some(1), number: None, lead_in: self.lead, html: true };
                self.lists.push(list);
            }
            Role::Table => self.table = Some(OpenTable::default()),
            Role::Row => self.start_row(false),
            _ => {}
        }
        if matches!(role, Role::Heading(_) | Role::Item | Role::Cell(_) | Role::Caption) {
            elements.push(Element { role, kind });
        }
    }

    /// Takes an end tag of a block.
    fn html_block_end(&mut self, role: Role, elements: &mut Vec<Element>) {
        match role {
            Role::Quote => self.html_quotes = self.html_quotes.saturating_sub(1),
            Role::List(_) => {
                if self.lists.last().is_some_and(|list| list.html) {
                    self.lists.pop();
                }
                self.lead = None;
            }
            Role::Table => self.table = None,
            _ => {}
        }
        if let Some(at) = elements.iter().rposition(|element| element.role == role) {
            elements.truncate(at);
        }
    }

    fn html_cell(&self, header: bool) -> BlockKind {
        let (column, rows) = self.table.as_ref().map_or((0, 1), |table| (table.column, table.rows));
        if header {
            BlockKind::TableHeader { column }
        } else {
            BlockKind::TableCell { column, row: rows.saturating_sub(1) }
        }
    }

    /// Adds the text between two tags.
    fn html_text(&mut self, html: &Mapped, start: usize, end: usize, elements: &[Element]) {
        if self.open.is_none() {
            if html.text[start..end].trim().is_empty() {
                return;
            }
            match elements.last() {
                Some(element) => self.open_as(element.kind.clone()),
                None => self.open_as(BlockKind::Paragraph),
            }
        }
        let mut at = start;
        while at < end {
            let rest = &html.text[at..end];
            let first = rest.as_bytes()[0];
            if matches!(first, b'\n' | b'\r' | b'\t' | b' ') {
                let len = rest.bytes().take_while(u8::is_ascii_whitespace).count();
                let breaks = rest[..len].contains(['\n', '\r']);
                let span = html.span(at, at + len);
                if breaks {
                    self.builder().space(span);
                } else {
                    self.source_text(span);
                }
                at += len;
            } else if first == b'&'
                && let Some((text, len)) = entity(rest)
            {
                self.builder().replaced(&text, html.span(at, at + len));
                at += len;
            } else {
                let len = 1 + rest.bytes().skip(1).take_while(|b| !matches!(b, b'&' | b'\n' | b'\r')).count();
                self.source_text(html.span(at, at + len));
                at += len;
            }
        }
    }

    fn html_link(&mut self, tag: &Tag<'_>, span: Span) {
        if tag.closing {
            if self.links.last().is_some_and(|link| link.html) {
                let Some(link) = self.links.last() else { return };
                let start = self.document.links[link.index].span.start;
                self.document.links[link.index].span = Span::new(start, span.end);
                self.close_link();
            }
        } else if let Some((destination, _)) = tag.attribute("href") {
            let destination = destination.to_owned();
            let link =
                Link { kind: LinkKind::Inline, span, block: None, text: String::new(), destination, label: None };
            self.open_link(link, true);
        }
    }

    /// Takes an image: its alternative text waits for the block around it to end.
    fn html_image(&mut self, tag: &Tag<'_>, source: impl Fn(usize) -> usize, span: Span) {
        if self.is_in_block() {
            self.builder().space(span);
        }
        let (alt, at) = tag.attribute("alt").unwrap_or(("", 0));
        let destination = tag.attribute("src").map_or("", |(src, _)| src).to_owned();
        let index = self.document.links.len();
        let text = alt.trim().to_owned();
        self.document.links.push(Link { kind: LinkKind::Image, span, block: None, text, destination, label: None });
        let mut builder = ProseBuilder::default();
        let from = source(at);
        let written = self.masked.source.get(from..from + alt.len());
        if written == Some(alt) {
            builder.verbatim(alt, from);
        } else if !alt.is_empty() {
            builder.replaced(alt, span);
        }
        let prose = builder.finish();
        if !prose.is_empty() {
            self.pending_alts.push(PendingAlt { index: Some(index), prose });
        }
    }
}

/// The character that an entity at the start of `text` stands for, and its length in bytes.
fn entity(text: &str) -> Option<(String, usize)> {
    let len = 1 + text.bytes().take(40).position(|b| b == b';')?;
    let written = text.get(..len)?;
    if !written[1..len - 1].bytes().all(|b| b.is_ascii_alphanumeric() || b == b'#') {
        return None;
    }
    // The Markdown parser knows all entities of HTML.
    pulldown_cmark::Parser::new(written).find_map(|event| match event {
        pulldown_cmark::Event::Text(text) if &*text != "&" || len == 5 => Some((text.to_string(), len)),
        _ => None,
    })
}
