//! YAML front matter.

use saphyr_parser::{Event, Parser, ScalarStyle, ScanError};

use crate::source::Span;

use super::{Field, FrontMatter, FrontMatterFault, Value};

/// Deepest nesting that is read; deeper values are left out.
const DEEPEST: usize = 32;

/// Reads the YAML at `content` of `text` into `front_matter`.
///
/// Where the whole cannot be read, every top-level field is read for itself, so
/// that a fault in one does not lose the others.
pub(super) fn read(text: &str, content: Span, front_matter: &mut FrontMatter) {
    match fields(text, content) {
        Ok(read) => front_matter.fields = read,
        Err(_) => {
            for part in top_level(text, content) {
                match fields(text, part) {
                    Ok(mut read) => front_matter.fields.append(&mut read),
                    Err(fault) => front_matter.faults.push(fault),
                }
            }
        }
    }
}

/// The parts of YAML that start at a line with a key in its first column.
fn top_level(text: &str, content: Span) -> Vec<Span> {
    let mut parts: Vec<Span> = Vec::new();
    let mut at = content.start;
    for line in text[content.range()].split_inclusive('\n') {
        let end = at + line.len();
        let starts = line.starts_with(|c: char| !c.is_whitespace() && !matches!(c, '-' | '#' | ']' | '}' | '\''));
        match parts.last_mut() {
            Some(last) if !starts => last.end = end,
            _ => parts.push(Span::new(at, end)),
        }
        at = end;
    }
    parts
}

/// A collection that is open.
enum Open {
    List(Vec<Field>),
    Table(Vec<(String, Field)>, Option<(String, Span)>),
    /// A key that is no scalar, or a value nested too deep: read and left out.
    Skipped,
}

/// The fields of the mapping at `content`.
fn fields(text: &str, content: Span) -> Result<Vec<(String, Field)>, FrontMatterFault> {
    let source = &text[content.range()];
    let offsets = Offsets::new(source, content.start);
    let mut stack: Vec<(Open, usize)> = Vec::new();
    let mut result = Vec::new();
    let mut parser = Parser::new_from_str(source);
    while let Some(event) = parser.next_event() {
        let (event, marks) = event.map_err(|error| fault(&error, &offsets))?;
        let start = offsets.byte(marks.start.index());
        let end = offsets.byte(marks.end.index()).max(start);
        let field = match event {
            Event::MappingStart(..) => {
                stack.push((if stack.len() < DEEPEST { Open::Table(Vec::new(), None) } else { Open::Skipped }, start));
                continue;
            }
            Event::SequenceStart(..) => {
                stack.push((if stack.len() < DEEPEST { Open::List(Vec::new()) } else { Open::Skipped }, start));
                continue;
            }
            Event::MappingEnd | Event::SequenceEnd => {
                let Some((open, opened)) = stack.pop() else { continue };
                let span = trimmed(text, opened, end);
                let value = match open {
                    Open::List(items) => Value::List(items),
                    Open::Table(fields, _) if stack.is_empty() => {
                        result = fields;
                        continue;
                    }
                    Open::Table(fields, _) => Value::Table(fields),
                    Open::Skipped => Value::Empty,
                };
                Field { key_span: span, span, value }
            }
            Event::Scalar(value, style, ..) => {
                let span = trimmed(text, start, end);
                let empty = style == ScalarStyle::Plain && matches!(&*value, "" | "~" | "null" | "Null" | "NULL");
                let value = if empty { Value::Empty } else { Value::Text(value.into_owned()) };
                Field { key_span: span, span, value }
            }
            Event::Alias(_) => {
                let span = trimmed(text, start, end);
                Field { key_span: span, span, value: Value::Empty }
            }
            _ => continue,
        };
        place(&mut stack, field);
    }
    Ok(result)
}

/// Puts a value where it belongs: into the list or after the key at hand.
fn place(stack: &mut [(Open, usize)], mut field: Field) {
    match stack.last_mut() {
        Some((Open::List(items), _)) => items.push(field),
        Some((Open::Table(fields, key), _)) => match key.take() {
            Some((name, key_span)) => {
                field.key_span = key_span;
                fields.push((name, field));
            }
            None => {
                let name = match field.value {
                    Value::Text(name) => name,
                    _ => String::new(),
                };
                *key = Some((name, field.span));
            }
        },
        _ => {}
    }
}

/// The span from `start` to `end` without white space at its end.
fn trimmed(text: &str, start: usize, end: usize) -> Span {
    let len = text.get(start..end).map_or(0, |written| written.trim_end().len());
    Span::new(start, start + len)
}

/// A fault in plain words.
fn fault(error: &ScanError, offsets: &Offsets<'_>) -> FrontMatterFault {
    let at = offsets.byte(error.marker().index());
    let info = error.info();
    let advice = if info.contains("mapping values are not allowed") {
        "a value with ': ' in it must stand in quotation marks".to_owned()
    } else if info.contains("tab") {
        "a tab cannot indent: use spaces".to_owned()
    } else if info.contains("quoted scalar") {
        "a quotation mark is not closed".to_owned()
    } else {
        info.to_owned()
    };
    FrontMatterFault {
        span: offsets.line_around(at),
        message: format!("the front matter cannot be read here: {advice}"),
    }
}

/// From character indices, as the YAML parser counts, to byte offsets.
struct Offsets<'t> {
    yaml: &'t str,
    /// Offset of the YAML in the source, in bytes.
    base: usize,
    /// Byte offset of every character, unless all are ASCII.
    starts: Option<Vec<usize>>,
}

impl<'t> Offsets<'t> {
    fn new(yaml: &'t str, base: usize) -> Self {
        let starts = (!yaml.is_ascii()).then(|| yaml.char_indices().map(|(at, _)| at).collect());
        Self { yaml, base, starts }
    }

    /// Offset in the source of a character.
    fn byte(&self, index: usize) -> usize {
        let at = match &self.starts {
            None => index,
            Some(starts) => starts.get(index).copied().unwrap_or(self.yaml.len()),
        };
        self.base + at.min(self.yaml.len())
    }

    /// The line that the source offset `at` stands on; the line before where it is blank.
    fn line_around(&self, at: usize) -> Span {
        let at = (at - self.base).min(self.yaml.len());
        let before = self.yaml[..at].trim_end_matches(['\n', '\r', ' ', '\t']);
        let at = if self.yaml[at..].trim_start_matches([' ', '\t']).starts_with(['\n', '\r']) || at == self.yaml.len() {
            before.len()
        } else {
            at
        };
        let start = self.yaml[..at].rfind(['\n', '\r']).map_or(0, |line| line + 1);
        let end = self.yaml[at..].find(['\n', '\r']).map_or(self.yaml.len(), |len| at + len);
        Span::new(self.base + start, self.base + end)
    }
}
