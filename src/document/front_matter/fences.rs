//! Where front matter starts and ends.

use crate::source::Span;

/// How front matter is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Format {
    /// Between `---` and `---` or `...`.
    Yaml,
    /// Between `+++` and `+++`.
    Toml,
}

impl Format {
    /// The line that opens and closes it.
    pub(super) fn fence(self) -> &'static str {
        match self {
            Self::Yaml => "---",
            Self::Toml => "+++",
        }
    }
}

/// The fences of front matter, as byte spans.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Fences {
    pub format: Format,
    /// All of it, fences included, to the start of the body.
    pub whole: Span,
    /// The opening fence without its line end.
    pub opening: Span,
    /// What stands between the fences.
    pub content: Span,
    /// Whether there is a closing fence.
    pub closed: bool,
}

impl Fences {
    /// Finds front matter that starts at the byte `start` of `text`.
    ///
    /// Two rules with text between them are no front matter: its first line must
    /// look like a field, or follow the fence at once and have a field below it.
    pub(super) fn find(text: &str, start: usize) -> Option<Self> {
        let mut lines = Lines { text, at: start };
        let first = lines.next()?;
        let format = match text[first.range()].trim_end() {
            "---" => Format::Yaml,
            "+++" => Format::Toml,
            _ => return None,
        };
        let opening = Span::new(first.start, first.start + 3);
        let content_start = lines.at;
        let mut shape = Shape::default();
        // Where the fields end if no fence closes them: at a blank line or a line of prose.
        let mut fields_end = None;
        while let Some(line) = lines.next() {
            let written = text[line.range()].trim_end();
            if written == format.fence() || (format == Format::Yaml && written == "...") {
                let content = Span::new(content_start, line.start);
                let whole = Span::new(start, lines.at);
                return shape.is_fields(true).then_some(Self { format, whole, opening, content, closed: true });
            }
            shape.add(written, format);
            if fields_end.is_none() && !continues_fields(written, format) {
                fields_end = Some(line.start);
            }
        }
        let end = fields_end.unwrap_or(text.len());
        let whole = Span::new(start, end);
        let content = Span::new(content_start, end);
        shape.is_fields(false).then_some(Self { format, whole, opening, content, closed: false })
    }
}

/// What the lines between fences look like.
#[derive(Default)]
struct Shape {
    /// Whether the first line that says something is a field.
    first_is_field: Option<bool>,
    /// Whether the line after the fence is blank.
    blank_first: bool,
    /// Whether any line is a field.
    any_field: bool,
    lines: usize,
}

impl Shape {
    fn add(&mut self, line: &str, format: Format) {
        let blank = line.trim().is_empty();
        self.blank_first |= blank && self.lines == 0;
        self.lines += 1;
        if blank || line.starts_with('#') {
            return;
        }
        let field = is_field(line, format);
        self.first_is_field.get_or_insert(field);
        self.any_field |= field;
    }

    fn is_fields(&self, closed: bool) -> bool {
        match self.first_is_field {
            None => closed && !self.blank_first,
            Some(true) => true,
            Some(false) => closed && !self.blank_first && self.any_field,
        }
    }
}

/// Whether a line reads `key: value` (`key = value`, `[table]` in TOML).
fn is_field(line: &str, format: Format) -> bool {
    let mark = match format {
        Format::Yaml => ':',
        Format::Toml if line.starts_with('[') => return true,
        Format::Toml => '=',
    };
    let Some((key, rest)) = line.split_once(mark) else { return line.starts_with('{') };
    let key = key.trim_end().trim_matches(['"', '\'']);
    let is_key = !key.is_empty()
        && key.len() <= 60
        && key.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | '/' | '@' | '$'));
    is_key && (format == Format::Toml || rest.is_empty() || rest.starts_with([' ', '\t']))
}

/// Whether a line can belong to front matter that no fence closes.
fn continues_fields(line: &str, format: Format) -> bool {
    is_field(line, format)
        || (line.starts_with([' ', '\t', '#', ']', '}']) && !line.trim().is_empty() && !line.starts_with("# "))
        || (format == Format::Yaml && line.starts_with("- "))
}

/// The lines of a text from a byte on; LF, CRLF and a lone CR end a line.
struct Lines<'t> {
    text: &'t str,
    /// Offset of the next line, in bytes.
    at: usize,
}

impl Iterator for Lines<'_> {
    type Item = Span;

    /// The next line without its line end.
    fn next(&mut self) -> Option<Span> {
        let bytes = self.text.as_bytes();
        let rest = bytes.get(self.at..).filter(|rest| !rest.is_empty())?;
        let start = self.at;
        let end = memchr::memchr2(b'\n', b'\r', rest).map_or(bytes.len(), |len| start + len);
        let crlf = bytes[end..].starts_with(b"\r\n");
        self.at = (end + 1 + usize::from(crlf)).min(bytes.len());
        Some(Span::new(start, end))
    }
}
