//! From the text of a value back to its bytes in the source.

use crate::document::{Prose, ProseBuilder};
use crate::source::Span;

/// How a value is written.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Style {
    /// As it reads, perhaps folded over lines.
    Plain,
    /// Between `'`, with `''` for `'`.
    Single,
    /// Between `"`, with `\` escapes.
    Double,
}

/// The prose of a value that is written at `span`.
///
/// Where the value and the source cannot be laid side by side, the value maps as a whole.
pub(super) fn prose(text: &str, span: Span, value: &str) -> Prose {
    let (inner, style) = inner(text, span);
    let aligned = Aligner { text, at: inner.start, end: inner.end, style, builder: ProseBuilder::default() }.run(value);
    aligned.unwrap_or_else(|| {
        let mut whole = ProseBuilder::default();
        whole.replaced(value.trim(), span);
        whole.finish()
    })
}

/// The bytes between the marks of a value.
fn inner(text: &str, span: Span) -> (Span, Style) {
    let written = &text[span.range()];
    for (mark, style) in [("\"\"\"", Style::Double), ("'''", Style::Plain), ("\"", Style::Double), ("'", Style::Single)]
    {
        let len = mark.len();
        if written.len() >= 2 * len && written.starts_with(mark) && written.ends_with(mark) {
            return (Span::new(span.start + len, span.end - len), style);
        }
    }
    if written.starts_with(['|', '>'])
        && let Some(line) = written.find(['\n', '\r'])
    {
        return (Span::new(span.start + line, span.end), Style::Plain);
    }
    (span, Style::Plain)
}

struct Aligner<'t> {
    text: &'t str,
    at: usize,
    end: usize,
    style: Style,
    builder: ProseBuilder,
}

impl Aligner<'_> {
    fn run(mut self, value: &str) -> Option<Prose> {
        let mut rest = value.trim_start();
        self.skip_space();
        while let Some(c) = rest.chars().next() {
            let source = &self.text[self.at..self.end];
            if c.is_whitespace() && source.starts_with(char::is_whitespace) {
                let len = source.len() - source.trim_start().len();
                let spaces = rest.len() - rest.trim_start().len();
                if source[..len] == rest[..spaces] && !source[..len].contains(['\n', '\r']) {
                    self.builder.verbatim(&rest[..spaces], self.at);
                } else {
                    self.builder.space(Span::new(self.at, self.at + len));
                }
                self.at += len;
                rest = &rest[spaces..];
            } else if self.style == Style::Double && source.starts_with('\\') {
                rest = self.escape(source, rest, c)?;
            } else if self.style == Style::Single && source.starts_with("''") && c == '\'' {
                self.builder.replaced("'", Span::new(self.at, self.at + 2));
                self.at += 2;
                rest = &rest[1..];
            } else if source.starts_with(c) {
                self.builder.verbatim(&source[..c.len_utf8()], self.at);
                self.at += c.len_utf8();
                rest = &rest[c.len_utf8()..];
            } else if c.is_whitespace() {
                // White space at the value's end that the source folds away.
                rest = rest[c.len_utf8()..].trim_start();
                if !rest.is_empty() {
                    return None;
                }
            } else {
                return None;
            }
        }
        Some(self.builder.finish())
    }

    fn skip_space(&mut self) {
        let source = &self.text[self.at..self.end];
        self.at += source.len() - source.trim_start().len();
    }

    /// Takes the escape that starts `source`; returns what of the value is left.
    fn escape<'v>(&mut self, source: &str, value: &'v str, c: char) -> Option<&'v str> {
        let len = match source.chars().nth(1)? {
            '\n' | '\r' => {
                // An escaped line break: the lines are joined without a space.
                self.at += 1;
                self.skip_space();
                return Some(value);
            }
            'x' => 4,
            'u' => 6,
            'U' => 10,
            other => 1 + other.len_utf8(),
        };
        source.get(..len)?;
        let span = Span::new(self.at, self.at + len);
        if c.is_whitespace() && c != '\u{a0}' {
            self.builder.space(span);
        } else {
            self.builder.replaced(&value[..c.len_utf8()], span);
        }
        self.at += len;
        Some(&value[c.len_utf8()..])
    }
}
