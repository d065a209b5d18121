//! TOML front matter.

use ::toml::Spanned;
use ::toml::de::{DeTable, DeValue};

use crate::source::Span;

use super::{Field, FrontMatter, FrontMatterFault, Value};

/// Reads the TOML at `content` of `text` into `front_matter`.
pub(super) fn read(text: &str, content: Span, front_matter: &mut FrontMatter) {
    let source = &text[content.range()];
    let (table, errors) = DeTable::parse_recoverable(source);
    let reader = Reader { text, base: content.start };
    front_matter.fields = reader.table(table.get_ref());
    for error in errors {
        let span = error.span().unwrap_or(0..0);
        let span = reader.on_boundaries(span.start, span.end);
        let message = format!("the front matter cannot be read here: {}", error.message());
        front_matter.faults.push(FrontMatterFault { span, message });
    }
}

struct Reader<'t> {
    text: &'t str,
    /// Offset of the TOML in the source, in bytes.
    base: usize,
}

impl Reader<'_> {
    /// The span of a range of the TOML, widened to whole characters.
    fn on_boundaries(&self, start: usize, end: usize) -> Span {
        let mut start = (self.base + start).min(self.text.len());
        let mut end = (self.base + end).clamp(start, self.text.len());
        while !self.text.is_char_boundary(start) {
            start -= 1;
        }
        while !self.text.is_char_boundary(end) {
            end += 1;
        }
        Span::new(start, end)
    }

    fn table(&self, table: &DeTable<'_>) -> Vec<(String, Field)> {
        let mut fields: Vec<(String, Field)> = table
            .iter()
            .map(|(key, value)| {
                let key_span = self.on_boundaries(key.span().start, key.span().end);
                (key.get_ref().to_string(), self.field(key_span, value))
            })
            .collect();
        fields.sort_by_key(|(_, field)| field.key_span);
        fields
    }

    fn field(&self, key_span: Span, value: &Spanned<DeValue<'_>>) -> Field {
        let span = self.on_boundaries(value.span().start, value.span().end);
        let value = match value.get_ref() {
            DeValue::String(text) => Value::Text(text.to_string()),
            DeValue::Array(items) => Value::List(items.iter().map(|item| self.field(key_span, item)).collect()),
            DeValue::Table(table) => Value::Table(self.table(table)),
            _ => Value::Text(self.text[span.range()].trim().to_owned()),
        };
        Field { key_span, span, value }
    }
}
