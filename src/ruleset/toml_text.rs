//! TOML text to a table with places, all syntax faults told in plain words.
//!
//! The parser recovers within a value but gives up the rest of the file at some
//! faults. There the broken statement is blanked, and the text is parsed again:
//! every place stays what it was, and what follows is still read.

use std::collections::BTreeSet;

use toml::de::{DeTable, Error};

use crate::source::{SourceFile, Span};

use super::fault::RuleSetFault;

/// Parses that one file is given before the rest of its syntax faults are left out.
const MOST_REPAIRS: usize = 20;

/// The table of a file, or, when its text is broken, a text of the same length with
/// the broken statements blanked. Syntax faults are told.
pub(super) fn parse<'t>(
    at: usize,
    file: &'t SourceFile,
    faults: &mut Vec<RuleSetFault>,
) -> Result<DeTable<'t>, String> {
    let (table, errors) = DeTable::parse_recoverable(file.text());
    if errors.is_empty() {
        return Ok(table.into_inner());
    }
    let (repaired, told) = repair(at, file.text());
    faults.extend(told);
    Err(repaired)
}

/// The table of a text that [`parse`] repaired.
pub(super) fn parse_repaired(text: &str) -> DeTable<'_> {
    DeTable::parse_recoverable(text).0.into_inner()
}

/// The text with its broken statements blanked, byte for byte as long, and the
/// faults.
fn repair(file: usize, text: &str) -> (String, Vec<RuleSetFault>) {
    let mut faults = Vec::new();
    let mut told = BTreeSet::new();
    let mut repaired = text.to_owned();
    for _ in 0..MOST_REPAIRS {
        let (_, mut errors) = DeTable::parse_recoverable(&repaired);
        errors.sort_by_key(|error| error.span().map_or(0, |span| span.start));
        let mut blank = None;
        for error in errors {
            let span = place(text, &error);
            let plain = Plain::of(&error, &text[span.range()]);
            let span = if plain.at_statement { statement(text, span.start) } else { span };
            if told.insert((span, plain.message.clone())) {
                let label = (!plain.label.is_empty()).then_some(plain.label);
                let mut fault = RuleSetFault::new(file, span, plain.message);
                fault.label = label.map(str::to_owned);
                faults.push(fault.help(plain.help));
            }
            if plain.breaks {
                blank = Some(statement(&repaired, span.start));
                break;
            }
        }
        match blank {
            Some(span) if !repaired[span.range()].trim().is_empty() => blank_out(&mut repaired, span),
            _ => break,
        }
    }
    (repaired, faults)
}

/// Where an error stands. One between two words is moved to the end of the first.
fn place(text: &str, error: &Error) -> Span {
    let span = error.span().unwrap_or_default();
    let (start, end) = (floor(text, span.start), floor(text, span.end));
    if start < end {
        return Span::new(start, end);
    }
    let before = text[..start].trim_end();
    match before.char_indices().next_back() {
        Some((last, _)) if before.len() < start || text[start..].trim_start_matches([' ', '\t']).is_empty() => {
            Span::new(last, before.len())
        }
        _ => Span::new(start, text[start..].chars().next().map_or(start, |next| start + next.len_utf8())),
    }
}

fn floor(text: &str, offset: usize) -> usize {
    let mut at = offset.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// The statement that the byte at `offset` belongs to: from the line of its key or
/// header to the line before the next key or header.
fn statement(text: &str, offset: usize) -> Span {
    let mut start = text[..offset].rfind('\n').map_or(0, |at| at + 1);
    while start > 0 && !begins_statement(&text[start..]) {
        start = text[..start - 1].rfind('\n').map_or(0, |at| at + 1);
    }
    let mut end = start;
    loop {
        end += text[end..].find('\n').map_or(text.len() - end, |at| at + 1);
        if end == text.len() || begins_statement(&text[end..]) {
            return Span::new(start, start + text[start..end].trim_end().len());
        }
    }
}

/// Whether a line begins with a key and an equals sign, or with a header.
fn begins_statement(text: &str) -> bool {
    let line = text.lines().next().unwrap_or_default().trim();
    if line.starts_with('[') && line.ends_with(']') {
        return !line.contains([',', '"', '\'']);
    }
    let bare = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.' | ' ' | '"');
    let key = line.trim_start_matches(bare);
    key.len() < line.len() && (key.starts_with('=') || key.is_empty())
}

/// Puts spaces for all but line ends.
fn blank_out(text: &mut String, span: Span) {
    let blank: String =
        text[span.range()].bytes().map(|byte| if matches!(byte, b'\n' | b'\r') { byte as char } else { ' ' }).collect();
    text.replace_range(span.range(), &blank);
}

/// A syntax fault in plain words.
struct Plain {
    message: String,
    label: &'static str,
    help: &'static str,
    /// Whether the parser loses what follows.
    breaks: bool,
    /// Whether the whole statement is at fault, not the place the parser names.
    at_statement: bool,
}

impl Plain {
    /// `words` is what stands at the error's place.
    fn of(error: &Error, words: &str) -> Self {
        let told = error.message();
        let tolerable =
            |message: String, label, help| Self { message, label, help, breaks: false, at_statement: false };
        let breaking = |message: &str, label, help| Self {
            message: message.to_owned(),
            label,
            help,
            breaks: true,
            at_statement: false,
        };
        if told.starts_with("duplicate key") {
            return match words {
                "rule" => {
                    tolerable("a rule's header has two square brackets on each side".to_owned(), "", "write [[rule]]")
                }
                _ => tolerable(
                    format!("`{words}` is set twice"),
                    "the second time",
                    "keep one of the two; each header and each key stands once",
                ),
            };
        }
        if told.starts_with("string values must be quoted") {
            let curly = words.contains(['“', '”', '„', '‘', '’']);
            return tolerable(
                "a text stands in straight quotes".to_owned(),
                "",
                if curly { "word processors make curly quotes: type \" instead" } else { "put \" before and after it" },
            );
        }
        if told.contains("escape") {
            return tolerable(
                "a backslash in double quotes needs a second one".to_owned(),
                "",
                "write \\\\ for a backslash, or put the text in single quotes, where a backslash is itself",
            );
        }
        if told.starts_with("invalid basic string") || told.starts_with("invalid literal string") {
            return tolerable("a text has no closing quote".to_owned(), "", "end it with the quote it begins with");
        }
        if told.starts_with("key with no value") {
            return breaking(
                "a key needs an equals sign and a value",
                "",
                "write it like this: level = \"warning\"; a remark begins with #",
            );
        }
        if told.contains("array") {
            let mut plain = breaking(
                "a list is not closed, or lacks a comma",
                "",
                "put a comma between two members, and ] after the last",
            );
            plain.at_statement = told.starts_with("unclosed");
            return plain;
        }
        if told.contains("inline table") {
            return breaking(
                "braces are not closed, or lack a comma",
                "",
                "put a comma between two entries, and } after the last",
            );
        }
        if told.contains("multi-line") {
            return breaking(
                "a text in three quotes is not closed",
                "",
                "end it with the same three quotes; all that follows was read as part of it",
            );
        }
        let mut plain = breaking("", "", "write it like this: level = \"warning\"; a remark begins with #");
        plain.message = format!("this is not TOML: {told}");
        plain
    }
}
