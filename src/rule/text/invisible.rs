//! Characters that are not seen.

use memchr::memchr3_iter;

use crate::source::Span;

use super::Report;

/// Most bytes of the words shown on either side.
const AROUND: usize = 24;
/// Most characters of a tag before such a character that are looked at.
const TAG: usize = 400;

/// Non-breaking spaces between words and characters without width, outside code and
/// front matter.
pub(super) fn check(report: &mut Report<'_, '_>) {
    let document = report.context.document;
    let source = document.source;
    let text = source.text();
    if text.is_ascii() {
        return;
    }
    let body = document.front_matter.span.map_or(source.body_start(), |span| span.end);
    let mut done = body;
    // The first bytes of the characters looked for: U+00A0, U+00AD; U+200B, U+2060, U+FEFF.
    for at in memchr3_iter(0xc2, 0xe2, 0xef, text.as_bytes()) {
        if at < done {
            continue;
        }
        let Some(detail) = text.get(at..).and_then(|rest| rest.chars().next()).and_then(named) else { continue };
        let run = run(text, at);
        done = run.end;
        let is_space = text[run.range()].contains('\u{a0}');
        if document.in_code(run) || in_tag(text, run) || (is_space && binds(text, run)) {
            continue;
        }
        let span = with_neighbours(text, run);
        let touches_space = |c: Option<char>| c.is_none_or(char::is_whitespace);
        let alone =
            touches_space(text[..run.start].chars().next_back()) || touches_space(text[run.end..].chars().next());
        let replacement = if is_space && !alone { " " } else { "" };
        report.add_fixed(span, detail, Some((run, replacement, "replace it")));
    }
}

/// What an invisible character is called.
fn named(c: char) -> Option<&'static str> {
    match c {
        '\u{a0}' => Some("a non-breaking space"),
        '\u{ad}' => Some("a soft hyphen"),
        '\u{200b}' => Some("a zero-width space"),
        '\u{2060}' => Some("a word joiner"),
        '\u{feff}' => Some("a byte order mark"),
        _ => None,
    }
}

/// The run of such characters that starts at `at`.
fn run(text: &str, at: usize) -> Span {
    let invisible = |c: char| named(c).is_some();
    let rest = &text[at..];
    Span::new(at, at + (rest.len() - rest.trim_start_matches(invisible).len()))
}

/// Whether a non-breaking space binds what belongs together: a number and its unit, an
/// abbreviation and what it is of, a mark and its word.
fn binds(text: &str, run: Span) -> bool {
    let (before, after) = (&text[..run.start], &text[run.end..]);
    let (Some(last), Some(next)) = (before.chars().next_back(), after.chars().next()) else { return false };
    let short = before.chars().rev().take_while(|c| c.is_alphanumeric()).take(2).count() < 2;
    run.len() == 2
        && !last.is_whitespace()
        && !next.is_whitespace()
        && (last.is_numeric() || next.is_numeric() || last == '.' || short || !next.is_alphanumeric())
}

/// Whether the run stands in an HTML tag that opens a little before it on its line.
fn in_tag(text: &str, run: Span) -> bool {
    let near = text[..run.start].char_indices().rev().take(TAG).take_while(|(_, c)| !matches!(c, '\n' | '>'));
    let open = near.filter(|(_, c)| *c == '<').last();
    open.is_some_and(|(at, _)| text[at + 1..].starts_with(|c: char| c.is_ascii_alphabetic() || c == '/' || c == '!'))
}

/// The run with the words it touches on its line, so that something can be underlined.
fn with_neighbours(text: &str, run: Span) -> Span {
    let before = &text[..run.start];
    let mut start = run.start;
    for c in before.chars().rev() {
        if c.is_whitespace() || run.start - start >= AROUND {
            break;
        }
        start -= c.len_utf8();
    }
    let mut end = run.end;
    for c in text[run.end..].chars() {
        if c.is_whitespace() || end - run.end >= AROUND {
            break;
        }
        end += c.len_utf8();
    }
    Span::new(start, end)
}
