//! Front matter: YAML between `---` or TOML between `+++`, with the place of every value.

mod fences;
mod scalar;
mod toml;
mod yaml;

use crate::source::Span;

use super::Prose;

use fences::{Fences, Format};

/// Fields that readers see, as blocks of the document.
const READABLE: [&str; 3] = ["title", "description", "summary"];

/// Most keys that are looked at for one that stands twice.
const MOST_KEYS: usize = 200;

/// A readable field: its key as written, and its text.
pub(super) struct Readable {
    pub(super) field: String,
    pub(super) prose: Prose,
}

/// What the start of an article holds.
pub(super) struct Opening {
    pub(super) front_matter: FrontMatter,
    /// The fields that readers see, in source order.
    pub(super) readable: Vec<Readable>,
    /// Offset in the source, in bytes, of the first byte of the body.
    pub(super) body: usize,
}

/// Reads the front matter of `text`, which starts at the byte `start`.
pub(super) fn read(text: &str, start: usize) -> Opening {
    let mut opening = Opening { front_matter: FrontMatter::default(), readable: Vec::new(), body: start };
    let Some(fences) = Fences::find(text, start) else { return opening };
    opening.body = fences.whole.end;
    let front_matter = &mut opening.front_matter;
    front_matter.span = Some(fences.whole);
    if !fences.closed {
        let message =
            format!("the front matter is not closed: put a line of {} after its last field", fences.format.fence());
        front_matter.faults.push(FrontMatterFault { span: fences.opening, message });
    }
    match fences.format {
        Format::Yaml => yaml::read(text, fences.content, front_matter),
        Format::Toml => toml::read(text, fences.content, front_matter),
    }
    let mut seen: Vec<&str> = Vec::new();
    for (name, field) in &front_matter.fields {
        let times = seen.iter().filter(|seen| *seen == name).count();
        if times == 1 {
            let message = format!("the key '{name}' stands twice: remove one");
            front_matter.faults.push(FrontMatterFault { span: field.key_span, message });
        }
        if times < 2 && seen.len() < MOST_KEYS {
            seen.push(name);
        }
        if READABLE.iter().any(|readable| readable.eq_ignore_ascii_case(name))
            && let Value::Text(value) = &field.value
        {
            let prose = scalar::prose(text, field.span, value);
            if !prose.is_empty() {
                opening.readable.push(Readable { field: name.clone(), prose });
            }
        }
    }
    front_matter.faults.sort_by_key(|fault| fault.span);
    opening
}

/// A fault that kept the front matter, or one field of it, from being read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FrontMatterFault {
    /// Where it is.
    pub span: Span,
    /// What is wrong and what to do.
    pub message: String,
}

/// A value of the front matter with its place.
#[derive(Clone, Debug, PartialEq)]
pub struct Field {
    /// Where the key stands.
    pub key_span: Span,
    /// Where the value stands, quotes included.
    pub span: Span,
    /// The value.
    pub value: Value,
}

/// A front-matter value.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// A scalar as written, quotes and escapes undone. Dates and numbers are text too.
    Text(String),
    /// A list.
    List(Vec<Field>),
    /// A table or mapping, in source order.
    Table(Vec<(String, Field)>),
    /// Nothing: `key:` alone, or `null`.
    Empty,
}

/// An article's front matter.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct FrontMatter {
    /// The whole of it, fences included; `None` when there is none.
    pub span: Option<Span>,
    /// Top-level fields in source order.
    pub fields: Vec<(String, Field)>,
    /// What could not be read. The body is checked all the same.
    pub faults: Vec<FrontMatterFault>,
}

impl FrontMatter {
    /// The field at a dotted path of keys (`caveat.markets`), keys compared without case.
    #[must_use]
    pub fn get(&self, path: &str) -> Option<&Field> {
        const NONE: &[(String, Field)] = &[];
        let mut fields = self.fields.as_slice();
        let mut found = None;
        for key in path.split('.') {
            let (_, field) = fields.iter().find(|(name, _)| name.eq_ignore_ascii_case(key))?;
            found = Some(field);
            fields = match &field.value {
                Value::Table(inner) => inner.as_slice(),
                _ => NONE,
            };
        }
        found
    }

    /// The text at a dotted path, if a scalar stands there.
    #[must_use]
    pub fn text(&self, path: &str) -> Option<&str> {
        match &self.get(path)?.value {
            Value::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The texts at a dotted path: the members of a list, or one scalar alone.
    #[must_use]
    pub fn texts(&self, path: &str) -> Vec<(&str, Span)> {
        match self.get(path) {
            Some(Field { value: Value::Text(text), span, .. }) => vec![(text, *span)],
            Some(Field { value: Value::List(items), .. }) => items
                .iter()
                .filter_map(|item| match &item.value {
                    Value::Text(text) => Some((text.as_str(), item.span)),
                    _ => None,
                })
                .collect(),
            _ => Vec::new(),
        }
    }
}
