//! Keys that do not belong where they stand: where they belong, or what was meant.

use toml::de::DeValue;

use crate::source::Span;
use crate::suggest::closest;

use super::fault::RuleSetFault;
use super::keys::{KEYS, Key, Kind, Scope, TIERS, quoted_list};
use super::raw::Value;
use super::read::Reader;

/// Headers as they should be written, by what people write.
const HEADERS: [(&str, &str); 6] = [
    ("rule", "[[rule]]"),
    ("rules", "[[rule]]"),
    ("list", "[lists]"),
    ("lists", "[lists]"),
    ("hedges", "[hedges.modal]"),
    ("statements", "[statements.not-approved]"),
];

/// The fault of a key that its table does not know.
pub(super) fn unknown_key(
    reader: &Reader<'_, '_>,
    scope: Scope,
    path: &str,
    span: Span,
    value: &Value<'_>,
) -> RuleSetFault {
    if scope == Scope::File
        && let Some(fault) = unknown_header(reader, path, span, value)
    {
        return fault;
    }
    if let Some(home) = home_of(path, scope) {
        return misplaced(reader, path, span, home);
    }
    let fault = RuleSetFault::new(reader.file, span, format!("a {} has no key `{path}`", scope.noun()));
    if let Some(meant) = closest(path, scope.keys().map(|key| key.path)) {
        return fault.help(format!("did you mean `{meant}`?"));
    }
    if let Some(meant) = closest(path, KEYS.iter().filter(|key| key.scope != scope).map(|key| key.path))
        && let Some(home) = home_of(meant, scope)
    {
        return fault.help(format!("did you mean `{meant}`? It belongs {}", home.place()));
    }
    fault.help(format!("its keys are {}", known_keys(scope, path)))
}

/// The keys of a scope to choose from: those of a kind when the path begins with one.
fn known_keys(scope: Scope, path: &str) -> String {
    let of_kind = Kind::of_key(path);
    let near = |key: &&Key| scope != Scope::Rule || Kind::of_key(key.path) == of_kind;
    let keys: Vec<&str> = scope.keys().filter(near).map(|key| key.path).collect();
    let keys = keys.join(", ");
    if scope == Scope::Rule && of_kind.is_none() {
        let kinds = Kind::ALL.map(|kind| format!("{}.", kind.name())).join(", ");
        return format!("{keys}, and those of its kind, which begin with one of {kinds}");
    }
    keys
}

/// The fault of a table at the top of the file that is no header of the format.
fn unknown_header(reader: &Reader<'_, '_>, path: &str, span: Span, value: &Value<'_>) -> Option<RuleSetFault> {
    let tables = match value.get_ref() {
        DeValue::Table(_) => true,
        DeValue::Array(members) => members.iter().any(|member| member.get_ref().is_table()),
        _ => false,
    };
    if !tables {
        return None;
    }
    if Kind::ALL.iter().any(|kind| kind.name() == path) || path == "regex" {
        let example = KEYS.iter().find(|key| key.path.starts_with(&format!("{path}.")));
        let example = example.map(|key| format!("{} = {}", key.path, key.example)).unwrap_or_default();
        return Some(
            RuleSetFault::new(reader.file, span, format!("`{path}` has no header of its own"))
                .help(format!("take this line out, and write its keys under [[rule]] with dots: {example}")),
        );
    }
    let fault = RuleSetFault::new(reader.file, span, format!("a rule set has no header `{path}`"));
    if TIERS.iter().any(|(tier, _)| *tier == path) {
        return Some(fault.help(format!("write [hedges.{path}]")));
    }
    let meant = closest(path, HEADERS.iter().map(|(name, _)| *name));
    let header = HEADERS.iter().find(|(name, _)| Some(*name) == meant).map(|(_, header)| *header);
    Some(match header {
        Some(header) => fault.help(format!("did you mean {header}?")),
        None => fault.help("its headers are [lists], [hedges.modal], [statements.not-approved] and [[rule]]"),
    })
}

/// The scope, other than `besides`, that knows a key of that path, or keys that begin with it.
fn home_of(path: &str, besides: Scope) -> Option<Scope> {
    // Rules first: that is where most keys belong.
    let order = [Scope::Rule, Scope::File, Scope::Hedges, Scope::Statement, Scope::List, Scope::Authority];
    let knows = |key: &&Key| key.path == path || key.path.strip_prefix(path).is_some_and(|rest| rest.starts_with('.'));
    order.into_iter().filter(|scope| *scope != besides).find(|scope| scope.keys().any(|key| knows(&key)))
}

/// The fault of a key that stands under the wrong header.
fn misplaced(reader: &Reader<'_, '_>, path: &str, span: Span, home: Scope) -> RuleSetFault {
    let fault = RuleSetFault::new(reader.file, span, format!("`{path}` does not belong here"))
        .help(format!("it belongs {}; a header governs all lines below it, up to the next header", home.place()));
    match header_above(reader.source.text(), span.start) {
        Some((header, text)) => {
            fault.label(format!("read as a part of {text}")).also(reader.file, header, "this header")
        }
        None => fault.label("read as a key of the whole file"),
    }
}

/// The header that governs the line at `offset`, and its text.
fn header_above(text: &str, offset: usize) -> Option<(Span, &str)> {
    let mut end = text[..offset].rfind('\n').map_or(0, |at| at + 1);
    while end > 0 {
        let start = text[..end - 1].rfind('\n').map_or(0, |at| at + 1);
        let line = text[start..end].trim_end();
        let header = line.trim_start();
        if header.starts_with('[') && header.contains(']') && !header.contains(['=', '"', ',']) {
            let from = start + line.len() - header.len();
            let header = &header[..header.rfind(']').map_or(header.len(), |at| at + 1)];
            return Some((Span::new(from, from + header.len()), header));
        }
        end = start;
    }
    None
}

/// The fault of a name under `[lists]` that is a key from elsewhere.
pub(super) fn in_lists(reader: &Reader<'_, '_>, name: &str, span: Span, value: &Value<'_>) -> Option<RuleSetFault> {
    if let DeValue::Table(table) = value.get_ref() {
        // `claim.who = …` below [lists]; a list may be called `claim`, with its own keys.
        let (inner, _) = table.iter().next()?;
        let path = format!("{name}.{}", inner.get_ref());
        let own = Scope::List.keys().any(|key| key.path == inner.get_ref().as_ref());
        let home = home_of(&path, Scope::List).filter(|_| !own)?;
        return Some(misplaced(reader, name, span, home));
    }
    let reserved = [Scope::Rule, Scope::File].into_iter().find(|scope| scope.keys().any(|key| key.path == name))?;
    Some(misplaced(reader, name, span, reserved))
}

/// The fault of a name directly under `[hedges]` that is no tier.
pub(super) fn in_hedges(reader: &Reader<'_, '_>, name: &str, span: Span, value: &Value<'_>) -> RuleSetFault {
    let tiers = TIERS.map(|(tier, _)| tier);
    let file = reader.file;
    if Scope::Hedges.keys().any(|key| key.path == name) {
        return RuleSetFault::new(file, span, format!("`{name}` does not say which tier it is for"))
            .help(format!("write it under one of {}", tiers.map(|tier| format!("[hedges.{tier}]")).join(", ")));
    }
    if tiers.contains(&name) {
        return RuleSetFault::new(file, span, format!("`{name}` is a header"))
            .help(format!("write [hedges.{name}] on a line of its own, and keys like before = [\"may\"] below"));
    }
    if !value.get_ref().is_table()
        && let Some(home) = home_of(name, Scope::Hedges)
    {
        return misplaced(reader, name, span, home);
    }
    let fault = RuleSetFault::new(file, span, format!("there is no tier of hedges called `{name}`"));
    match closest(name, tiers) {
        Some(tier) => fault.help(format!("did you mean [hedges.{tier}]?")),
        None => fault.help(format!("the tiers are {}", quoted_list(&tiers))),
    }
}

/// The fault of a name directly under `[statements]` that is no statement.
pub(super) fn in_statements(reader: &Reader<'_, '_>, name: &str, span: Span, value: &Value<'_>) -> RuleSetFault {
    if Scope::Statement.keys().any(|key| key.path == name) {
        return RuleSetFault::new(reader.file, span, format!("`{name}` does not say which statement it is for"))
            .help("give the statement a name in its header: [statements.not-approved]");
    }
    if let Some(home) = home_of(name, Scope::Statement) {
        return misplaced(reader, name, span, home);
    }
    let found = super::shape::kind_of(value.get_ref());
    RuleSetFault::new(reader.file, span, format!("the statement `{name}` is {found}"))
        .help(format!("write [statements.{name}], and wordings = [\"…\"] below"))
}
