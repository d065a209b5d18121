//! HTML as far as prose needs it: tags, comments, and the text between them.

use std::ops::Range;

use memchr::{memchr, memmem};

/// One piece of HTML.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Piece {
    /// Text between tags.
    Text(Range<usize>),
    /// A tag.
    Tag(Range<usize>),
    /// A comment, and what stands between its marks.
    Comment(Range<usize>, Range<usize>),
    /// What stands in an element that holds no prose (`script`, `style`, `pre`),
    /// its end tag left out.
    Raw(Range<usize>),
}

/// Splits HTML into pieces, in one pass.
pub(super) struct Pieces<'h> {
    html: &'h str,
    at: usize,
    /// The element without prose that is open, by name.
    raw: Option<&'static str>,
}

/// Elements whose content is no prose.
const RAW: &[&str] = &[
    "script", "style", "pre", "code", "textarea", "svg", "math", "template", "iframe", "object", "select", "kbd",
    "samp",
];

/// The element among [`RAW`] of that name.
pub(super) fn raw_element(name: &str) -> Option<&'static str> {
    RAW.iter().copied().find(|raw| raw.eq_ignore_ascii_case(name))
}

impl<'h> Pieces<'h> {
    pub(super) fn new(html: &'h str) -> Self {
        Self { html, at: 0, raw: None }
    }

    /// The end of the markup that starts with `<` at `start`, if it is a tag.
    fn tag_end(&self, start: usize) -> Option<usize> {
        let bytes = self.html.as_bytes();
        let mut first = start + 1;
        if bytes.get(first) == Some(&b'/') {
            first += 1;
        }
        if !bytes.get(first).is_some_and(|b| b.is_ascii_alphabetic() || matches!(b, b'!' | b'?')) {
            return None;
        }
        // A tag left open on its way is text; quotation marks hide `>`.
        let mut at = first;
        while at < bytes.len() {
            match bytes[at] {
                b'>' => return Some(at + 1),
                b'<' => return None,
                quote @ (b'"' | b'\'') if bytes[at - 1] == b'=' => at += 2 + memchr(quote, &bytes[at + 1..])?,
                _ => at += 1,
            }
        }
        None
    }
}

impl Iterator for Pieces<'_> {
    type Item = Piece;

    fn next(&mut self) -> Option<Piece> {
        let html = self.html;
        let start = self.at;
        if start >= html.len() {
            return None;
        }
        if let Some(name) = self.raw.take() {
            let end = find_end_tag(&html[start..], name).map_or(html.len(), |len| start + len);
            self.at = end;
            if end > start {
                return Some(Piece::Raw(start..end));
            }
        }
        if html[self.at..].starts_with("<!--") {
            let from = self.at + 4;
            let (content, end) = match memmem::find(&html.as_bytes()[from..], b"-->") {
                Some(len) => (from + len, from + len + 3),
                None => (html.len(), html.len()),
            };
            let whole = self.at..end;
            self.at = end;
            return Some(Piece::Comment(whole, from..content));
        }
        if html.as_bytes()[self.at] == b'<'
            && let Some(end) = self.tag_end(self.at)
        {
            let tag = self.at..end;
            self.at = end;
            let parsed = Tag::parse(&html[tag.clone()]);
            if !parsed.closing && !parsed.self_closing {
                self.raw = raw_element(parsed.name);
            }
            return Some(Piece::Tag(tag));
        }
        let start = self.at;
        let end = memchr(b'<', &html.as_bytes()[start + 1..]).map_or(html.len(), |len| start + 1 + len);
        // `<` is ASCII, and the first character may be wider than a byte.
        self.at = end;
        Some(Piece::Text(start..end))
    }
}

/// Offset of `</name` in `html`, without regard to case.
pub(super) fn find_end_tag(html: &str, name: &str) -> Option<usize> {
    let bytes = html.as_bytes();
    memmem::find_iter(bytes, b"</").find(|&at| {
        let from = at + 2;
        bytes.get(from..from + name.len()).is_some_and(|found| found.eq_ignore_ascii_case(name.as_bytes()))
            && !bytes.get(from + name.len()).is_some_and(u8::is_ascii_alphanumeric)
    })
}

/// A tag's parts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Tag<'h> {
    /// Its name as written, empty for `<!…>` and `<?…>`.
    pub name: &'h str,
    /// Whether it is an end tag.
    pub closing: bool,
    /// Whether it ends in `/>`.
    pub self_closing: bool,
    /// The text after its name, up to `>`.
    attributes: &'h str,
    /// Offset of `attributes` in the tag, in bytes.
    attributes_at: usize,
}

impl<'h> Tag<'h> {
    /// Reads a tag, `<` and `>` included.
    pub(super) fn parse(tag: &'h str) -> Self {
        let inner = tag.strip_prefix('<').unwrap_or(tag);
        let closing = inner.starts_with('/');
        let name_at = 1 + usize::from(closing);
        let rest = tag.get(name_at..).unwrap_or("");
        let name_len =
            rest.find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '-' | ':' | '.'))).unwrap_or(rest.len());
        let name = &rest[..name_len];
        let attributes = rest[name_len..].strip_suffix('>').unwrap_or(&rest[name_len..]);
        Self { name, closing, self_closing: attributes.ends_with('/'), attributes, attributes_at: name_at + name_len }
    }

    /// The value of an attribute and its offset in the tag, in bytes.
    pub(super) fn attribute(&self, name: &str) -> Option<(&'h str, usize)> {
        let bytes = self.attributes.as_bytes();
        let mut at = 0;
        while at < bytes.len() {
            let start = at + bytes[at..].iter().take_while(|b| b.is_ascii_whitespace() || **b == b'/').count();
            let len = bytes
                .get(start..)?
                .iter()
                .take_while(|b| !b.is_ascii_whitespace() && !matches!(b, b'=' | b'/'))
                .count();
            let found = &bytes[start..start + len];
            at = start + len.max(1);
            let equals = start + len + bytes.get(start + len..)?.iter().take_while(|b| b.is_ascii_whitespace()).count();
            if bytes.get(equals) != Some(&b'=') {
                continue;
            }
            let value = equals + 1 + bytes[equals + 1..].iter().take_while(|b| b.is_ascii_whitespace()).count();
            let (from, to) = match bytes.get(value) {
                Some(quote @ (b'"' | b'\'')) => {
                    let len = memchr(*quote, &bytes[value + 1..]).unwrap_or(bytes.len() - value - 1);
                    at = (value + len + 2).min(bytes.len());
                    (value + 1, value + 1 + len)
                }
                _ => {
                    let len = bytes.get(value..)?.iter().take_while(|b| !b.is_ascii_whitespace()).count();
                    at = value + len;
                    (value, value + len)
                }
            };
            if found.eq_ignore_ascii_case(name.as_bytes()) {
                return Some((self.attributes.get(from..to)?, self.attributes_at + from));
            }
        }
        None
    }
}

/// What a tag means for the prose around it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// A heading of that level.
    Heading(u8),
    /// A list; whether it is ordered.
    List(bool),
    /// A list item.
    Item,
    /// A table.
    Table,
    /// A table row.
    Row,
    /// A cell; whether it is a header cell.
    Cell(bool),
    /// A caption.
    Caption,
    /// A block quotation.
    Quote,
    /// Any other element that starts and ends a block.
    Block,
    /// A line break.
    Break,
    /// An image.
    Image,
    /// A link.
    Link,
    /// Raised text.
    Raised,
    /// Anything else: no more than a mark in the text.
    Inline,
}

impl Role {
    /// The role of an element by its name.
    pub(super) fn of(name: &str) -> Self {
        let mut lower = [0u8; 12];
        let Some(lower) = lower.get_mut(..name.len()) else { return Self::Inline };
        lower.copy_from_slice(name.as_bytes());
        lower.make_ascii_lowercase();
        match &*lower {
            b"h1" => Self::Heading(1),
            b"h2" => Self::Heading(2),
            b"h3" => Self::Heading(3),
            b"h4" => Self::Heading(4),
            b"h5" => Self::Heading(5),
            b"h6" => Self::Heading(6),
            b"ul" => Self::List(false),
            b"ol" => Self::List(true),
            b"li" | b"dd" => Self::Item,
            b"table" => Self::Table,
            b"tr" => Self::Row,
            b"td" => Self::Cell(false),
            b"th" => Self::Cell(true),
            b"figcaption" | b"caption" => Self::Caption,
            b"blockquote" => Self::Quote,
            b"br" => Self::Break,
            b"img" => Self::Image,
            b"a" => Self::Link,
            b"sup" => Self::Raised,
            b"p" | b"div" | b"section" | b"article" | b"aside" | b"header" | b"footer" | b"main" | b"nav" | b"dl"
            | b"dt" | b"thead" | b"tbody" | b"tfoot" | b"figure" | b"details" | b"summary" | b"form" | b"fieldset"
            | b"hr" | b"address" | b"center" | b"legend" | b"option" | b"button" | b"video" | b"pre" => Self::Block,
            _ => Self::Inline,
        }
    }
}
