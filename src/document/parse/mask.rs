//! Covers what Markdown would misread, without moving a byte.

use std::borrow::Cow;

use memchr::{memchr, memchr_iter, memchr3, memmem};

use crate::document::{Comment, Shortcode};
use crate::source::Span;

/// Longest shortcode mark, in bytes; a longer one is taken for text.
const LONGEST_MARK: usize = 2000;

/// Names that sites write as square shortcodes without attributes.
const SQUARE_NAMES: &[&str] = &[
    "audio",
    "button",
    "caption",
    "contact-form",
    "embed",
    "gallery",
    "playlist",
    "row",
    "column",
    "col",
    "toc",
    "video",
    "wpforms",
    "gravityform",
    "accordion",
    "tabs",
    "tab",
    "spacer",
    "divider",
    "social_share",
    "ez-toc",
    "breadcrumb",
];

/// Starts of names that only page builders use.
const SQUARE_PREFIXES: &[&str] = &[
    "contact-form",
    "vc_",
    "et_pb_",
    "fusion_",
    "su_",
    "av_",
    "elementor",
    "wpforms",
    "ninja_form",
    "rev_slider",
    "trx_",
    "mk_",
    "cs_",
];

/// A text of the same length as the source in which shortcodes and MDX comments are
/// covered by dots, or by spaces where they fill whole lines, and lone carriage
/// returns are line feeds.
pub(super) struct Masked<'s> {
    /// The text as on disk.
    pub source: &'s str,
    /// The text to parse.
    pub text: Cow<'s, str>,
    /// What is covered, in order; not prose.
    pub holes: Vec<Span>,
    /// Shortcode and template marks, in order.
    pub shortcodes: Vec<Shortcode>,
    /// MDX comments, in order.
    pub comments: Vec<Comment>,
}

impl<'s> Masked<'s> {
    /// Covers the marks in `source` from the byte at `body` on; in MDX expressions in
    /// braces and `import` and `export` lines too.
    pub(super) fn new(source: &'s str, body: usize, is_mdx: bool) -> Self {
        let mut masked = Self {
            source,
            text: Cow::Borrowed(source),
            holes: Vec::new(),
            shortcodes: Vec::new(),
            comments: Vec::new(),
        };
        masked.find_marks(body, is_mdx);
        if is_mdx {
            masked.find_modules(body);
        }
        let lone_returns = has_lone_return(source.as_bytes());
        if !masked.holes.is_empty() || lone_returns {
            masked.cover(lone_returns);
        }
        masked
    }

    /// Finds `import` and `export` statements: from the start of a line to a blank one.
    fn find_modules(&mut self, body: usize) {
        let mut at = body;
        let mut found = Vec::new();
        let mut after_blank = true;
        for line in self.source[body..].split_inclusive('\n') {
            let end = at + line.len();
            let blank = line.trim().is_empty();
            let starts = line.starts_with("import ") || line.starts_with("export ");
            match found.last_mut() {
                Some(Span { end: open, .. }) if *open == at && !blank => *open = end,
                _ if starts && after_blank => found.push(Span::new(at, end)),
                _ => {}
            }
            after_blank = blank;
            at = end;
        }
        if !found.is_empty() {
            self.holes.retain(|hole| {
                let after = found.partition_point(|module| module.end <= hole.start);
                !found.get(after).is_some_and(|module| module.overlaps(*hole))
            });
            self.holes.append(&mut found);
            self.holes.sort_unstable();
        }
    }

    fn find_marks(&mut self, body: usize, is_mdx: bool) {
        let bytes = self.source.as_bytes();
        let mut at = body;
        let mut unclosed_comment = false;
        while let Some(found) = bytes.get(at..).and_then(|rest| memchr3(b'{', b'[', b'\\', rest)) {
            let start = at + found;
            let next = bytes.get(start + 1).copied().unwrap_or(0);
            at = start + 1;
            match (bytes[start], next) {
                (b'\\', _) => at = start + 2,
                (b'{', b'{' | b'%') if !is_mdx => {
                    if let Some((span, name)) = braces(self.source, start, next) {
                        at = span.end;
                        self.holes.push(span);
                        self.shortcodes.push(Shortcode { span, name, square: false });
                    }
                }
                (b'{', b'/') if !unclosed_comment && bytes.get(start + 2) == Some(&b'*') => {
                    match memmem::find(&bytes[start + 3..], b"*/}") {
                        None => unclosed_comment = true,
                        Some(len) => {
                            let content = Span::new(start + 3, start + 3 + len);
                            let span = Span::new(start, content.end + 3);
                            at = span.end;
                            self.holes.push(span);
                            self.comments.push(Comment { span, content });
                        }
                    }
                }
                (b'{', _) if is_mdx => {
                    if let Some(span) = expression(self.source, start) {
                        at = span.end;
                        self.holes.push(span);
                    }
                }
                (b'[', b'a'..=b'z' | b'/') => {
                    if let Some((span, name)) = square(self.source, start) {
                        at = span.end;
                        self.holes.push(span);
                        self.shortcodes.push(Shortcode { span, name, square: true });
                    }
                }
                _ => {}
            }
        }
    }

    fn cover(&mut self, lone_returns: bool) {
        let mut bytes = self.source.as_bytes().to_vec();
        for hole in &self.holes {
            let cover = if fills_lines(self.source.as_bytes(), *hole) { b' ' } else { b'.' };
            for byte in &mut bytes[hole.range()] {
                if !matches!(byte, b'\n' | b'\r') {
                    *byte = cover;
                }
            }
        }
        if lone_returns {
            for at in 0..bytes.len() {
                if bytes[at] == b'\r' && bytes.get(at + 1) != Some(&b'\n') {
                    bytes[at] = b'\n';
                }
            }
        }
        // Whole characters were replaced by ASCII, so this is UTF-8.
        self.text = String::from_utf8(bytes).map_or(Cow::Borrowed(self.source), Cow::Owned);
    }
}

fn has_lone_return(bytes: &[u8]) -> bool {
    memchr_iter(b'\r', bytes).any(|at| bytes.get(at + 1) != Some(&b'\n'))
}

/// Whether nothing but white space and quotation marks of Markdown stands beside `hole` on its lines.
fn fills_lines(bytes: &[u8], hole: Span) -> bool {
    let before = bytes[..hole.start].iter().rev().take_while(|b| !matches!(b, b'\n' | b'\r'));
    let after = bytes[hole.end..].iter().take_while(|b| !matches!(b, b'\n' | b'\r'));
    before.take(80).all(|b| matches!(b, b' ' | b'\t' | b'>')) && after.take(80).all(|b| matches!(b, b' ' | b'\t'))
}

/// A mark in braces that starts at `start`: `{{< … >}}`, `{{% … %}}`, `{{ … }}`, `{% … %}`.
fn braces(source: &str, start: usize, second: u8) -> Option<(Span, String)> {
    let rest = &source.as_bytes()[start..source.len().min(start + LONGEST_MARK)];
    let close: &[u8] = match (second, rest.get(2)) {
        (b'%', _) => b"%}",
        (_, Some(b'<')) => b">}}",
        (_, Some(b'%')) => b"%}}",
        _ => b"}}",
    };
    let found = memmem::find(rest.get(2..)?, close)?;
    let mut end = 2 + found + close.len();
    if rest.get(2) == Some(&b'{') && rest.get(end) == Some(&b'}') {
        end += 1;
    }
    let inner = source.get(start + 2..start + 2 + found)?;
    if inner.contains('`') || has_blank_line(inner) {
        return None;
    }
    let name: String = inner
        .trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '<' | '%' | '/' | '-' | '#' | '{' | '>'))
        .chars()
        .take_while(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '.'))
        .collect();
    if name.is_empty() && close == b"}}" {
        return None;
    }
    Some((Span::new(start, start + end), name))
}

/// An MDX expression in braces that starts at `start`: `{props.name}`.
fn expression(source: &str, start: usize) -> Option<Span> {
    let rest = &source.as_bytes()[start..source.len().min(start + LONGEST_MARK)];
    let mut depth = 0usize;
    for (at, byte) in rest.iter().enumerate() {
        match byte {
            b'{' => depth += 1,
            b'}' => depth -= 1,
            _ => continue,
        }
        if depth == 0 {
            let span = Span::new(start, start + at + 1);
            return (!has_blank_line(source.get(span.range())?)).then_some(span);
        }
    }
    None
}

fn has_blank_line(text: &str) -> bool {
    text.lines().skip(1).any(|line| line.trim().is_empty())
}

/// A mark in square brackets that starts at `start`: `[gallery ids="1"]`, `[/caption]`.
fn square(source: &str, start: usize) -> Option<(Span, String)> {
    let rest = &source.as_bytes()[start..source.len().min(start + LONGEST_MARK)];
    let mut at = 1 + usize::from(rest.get(1) == Some(&b'/'));
    let closing = at == 2;
    let name_start = at;
    while rest.get(at).is_some_and(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || matches!(b, b'-' | b'_')) {
        at += 1;
    }
    let name = &source[start + name_start..start + at];
    let (end, attributes) = attributes_end(rest, at)?;
    let known = SQUARE_NAMES.contains(&name) || SQUARE_PREFIXES.iter().any(|prefix| name.starts_with(prefix));
    let known = if closing { known || name.contains('_') } else { known || attributes };
    let follows = rest.get(end);
    if name.is_empty() || !known || matches!(follows, Some(b'(' | b':')) {
        return None;
    }
    Some((Span::new(start, start + end), name.to_owned()))
}

/// Where the square mark ends whose attributes start at `at`, and whether it has any;
/// `None` when what stands there are no attributes.
fn attributes_end(rest: &[u8], mut at: usize) -> Option<(usize, bool)> {
    let mut any = false;
    loop {
        let gap = at;
        while rest.get(at).is_some_and(u8::is_ascii_whitespace) {
            at += 1;
        }
        match rest.get(at)? {
            b']' => return Some((at + 1, any)),
            b'/' if rest.get(at + 1) == Some(&b']') => return Some((at + 2, any)),
            _ if gap == at => return None,
            _ => {}
        }
        while rest.get(at).is_some_and(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_')) {
            at += 1;
        }
        if rest.get(at) != Some(&b'=') {
            return None;
        }
        at += 1;
        let quote = *rest.get(at)?;
        if matches!(quote, b'"' | b'\'') {
            at += 2 + memchr(quote, &rest[at + 1..])?;
        } else {
            let quoted = [&b"\xe2\x80\x9c"[..], b"\xe2\x80\x9d", b"\xe2\x80\xb3"];
            if quoted.iter().any(|mark| rest[at..].starts_with(mark)) {
                // Typographic quotation marks, as a word processor leaves them.
                at += 3;
                at += memmem::find(&rest[at..], b"\xe2\x80")? + 3;
            } else {
                while rest.get(at).is_some_and(|b| !b.is_ascii_whitespace() && !matches!(b, b']' | b'[')) {
                    at += 1;
                }
            }
        }
        any = true;
    }
}
