//! The title of an entry.

use std::ops::Range;

use super::fields::{Fields, trim};

/// The title: in quotation marks, behind the year in brackets, or the sentence behind the authors.
pub(super) fn title(text: &str, fields: &Fields, body_end: usize) -> Option<Range<usize>> {
    let journal_start = fields.journal.as_ref().map_or(body_end, |range| range.start);
    let limit = journal_start.min(body_end.max(journal_start)).min(text.len());
    if let Some(quoted) = in_quotes(text) {
        return Some(quoted);
    }
    let behind_year = fields.year.as_ref().filter(|(_, range)| {
        let early = range.end < limit && range.start < limit / 2 + 20;
        let bracketed = text[..range.start].ends_with('(');
        let harvard = text[..range.start].trim_end().ends_with([',', '.']) && text[range.end..].starts_with('.');
        early && (bracketed || harvard)
    });
    let start = match behind_year {
        Some((_, range)) => {
            let rest = &text[range.end..limit];
            range.end + rest.find([')', '.']).map_or(0, |at| at + 1)
        }
        None => end_of_authors(&text[..limit])?,
    };
    let title = &text[start..limit];
    // The first sentence: edition, place and publisher follow it.
    let stop = title.char_indices().skip(12).find(|&(at, c)| {
        matches!(c, '.' | '?' | '!')
            && title[at + 1..].trim_start().starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit() || c == '[')
            && title[at + 1..].starts_with([' ', '\u{a0}', '\n'])
    });
    let end = stop.map_or(limit, |(at, _)| start + at);
    let range = trim(text, start..end)?;
    (text[range.clone()].split_whitespace().count() >= 2).then_some(range)
}

/// The first run in quotation marks of three words or more.
fn in_quotes(text: &str) -> Option<Range<usize>> {
    for (open, close) in [('“', '”'), ('"', '"'), ('‘', '’'), ('\'', '\'')] {
        let Some(at) = text.find(open) else { continue };
        if at > 0 && !text[..at].ends_with([' ', '(', ')', '.', '\u{a0}']) {
            continue;
        }
        let from = at + open.len_utf8();
        let rest = &text[from..];
        let closing = rest
            .char_indices()
            .find(|&(at, c)| c == close && !rest[at + c.len_utf8()..].starts_with(char::is_alphabetic));
        if let Some((len, _)) = closing
            && let Some(range) = trim(text, from..from + len)
            && text[range.clone()].split_whitespace().count() >= 3
        {
            return Some(range);
        }
    }
    None
}

/// Offset after the full stop that ends the authors.
fn end_of_authors(text: &str) -> Option<usize> {
    for (at, c) in text.char_indices() {
        let next = at + c.len_utf8();
        if !matches!(c, '.' | ':') || !text[next..].starts_with([' ', '\u{a0}', '\n']) {
            continue;
        }
        let mut words = text[..at].rsplit(|c: char| c.is_whitespace());
        let last = words.next().unwrap_or_default();
        let before = words.next().unwrap_or_default();
        let initial = last.chars().count() == 1 || last.chars().nth_back(1) == Some('.');
        let following = text[next..].trim_start();
        let more_authors = following.starts_with(['&', ','])
            || ["and ", "et al", "& "].iter().any(|word| following.starts_with(word))
            || following.split_whitespace().next().is_some_and(|word| {
                word.ends_with(',')
                    && word.len() > 2
                    && following
                        .split_whitespace()
                        .nth(1)
                        .is_some_and(|word| word.chars().count() <= 4 && word.contains('.'))
            })
            || following.split_whitespace().next().is_some_and(|word| word.ends_with('.') && word.len() <= 3);
        // "Smith, J. Title": the initial belongs to the name before the comma.
        if initial && (more_authors || before.is_empty()) {
            continue;
        }
        return Some(next);
    }
    None
}
