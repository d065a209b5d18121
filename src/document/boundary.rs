//! Whether a stop ends a sentence.

use std::sync::LazyLock;

use rustc_hash::{FxHashMap, FxHashSet};

use super::Prose;

/// When the stop of an abbreviation ends a sentence all the same.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Ends {
    Never,
    BeforeStarter,
    UnlessDigit,
}

static ABBREVIATIONS: LazyLock<FxHashMap<&str, Ends>> = LazyLock::new(|| {
    lines(include_str!("../../data/en/abbreviations.txt"))
        .map(|line| match line.rsplit_once(' ') {
            Some((word, "starter")) => (word, Ends::BeforeStarter),
            Some((word, "nodigit")) => (word, Ends::UnlessDigit),
            _ => (line, Ends::Never),
        })
        .collect()
});

static STARTERS: LazyLock<FxHashSet<&str>> =
    LazyLock::new(|| lines(include_str!("../../data/en/sentence-starters.txt")).collect());

/// The lines of a data file without comments.
fn lines(data: &'static str) -> impl Iterator<Item = &'static str> {
    data.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'))
}

/// A run of stops in a prose.
#[derive(Clone, Copy)]
pub(super) struct StopAt {
    /// Offset of the sentence it stands in.
    pub sentence_start: usize,
    /// Offset of the first stop.
    pub start: usize,
    /// Offset after the last stop.
    pub end: usize,
}

/// Longest abbreviation or starter that is looked up, in bytes.
const LONGEST_WORD: usize = 24;

/// Decides on sentence ends.
pub(super) struct Boundary<'p> {
    prose: &'p Prose,
    text: &'p str,
    stop: StopAt,
}

impl<'p> Boundary<'p> {
    /// Where the sentence ends that the stops at `stop` end, closing brackets,
    /// quotation marks and markers included; `None` when it goes on.
    pub(super) fn find(prose: &'p Prose, stop: StopAt) -> Option<usize> {
        let text = prose.text();
        let boundary = Boundary { prose, text, stop };
        let closed = boundary.after_closers(stop.end);
        let end = boundary.after_markers(closed);
        let rest = &text[end..];
        let after = rest.trim_start();
        if after.is_empty() {
            return Some(end);
        }
        let spaced = after.len() < rest.len();
        let ends = if spaced { boundary.ends_before(after, closed > stop.end) } else { boundary.glued(after, end) };
        ends.then_some(end)
    }

    /// Offset after the brackets and quotation marks that close at `at`.
    fn after_closers(&self, mut at: usize) -> usize {
        while let Some(c) = self.text[at..].chars().next() {
            let closes = match c {
                ')' | ']' | '}' | '\u{201d}' | '\u{2019}' | '»' | '›' => true,
                // A straight quotation mark closes when it touches the stop.
                '"' | '\'' => true,
                _ => false,
            };
            if !closes {
                break;
            }
            at += c.len_utf8();
        }
        at
    }

    /// Offset after the citation markers at `at`: `[5]`, `[1, 2] [3]`, superscripts,
    /// touching the stop or one space away on the same line.
    fn after_markers(&self, start: usize) -> usize {
        let mut at = start;
        loop {
            let rest = &self.text[at..];
            if let Some(c) = rest.chars().next()
                && is_superscript(c)
            {
                at += c.len_utf8();
            } else if let Some(len) = marker_len(rest) {
                at += len;
            } else if let Some(len) = rest.strip_prefix(' ').and_then(marker_len)
                && self.is_written_space(at)
                && is_over(&rest[1 + len..])
            {
                at += 1 + len;
            } else {
                return at;
            }
        }
    }

    /// Whether the space at `at` is a space in the source too, not a line break.
    fn is_written_space(&self, at: usize) -> bool {
        self.prose.is_verbatim(at..at + 1)
    }

    /// Whether the sentence ends before `after`, which white space sets off.
    fn ends_before(&self, after: &str, closed: bool) -> bool {
        let opening = after.trim_start_matches(['"', '\'', '\u{201c}', '\u{2018}', '«', '(', '[', '*']);
        let Some(next) = opening.chars().next() else { return true };
        let stops = &self.text[self.stop.start..self.stop.end];
        let lower = next.is_lowercase() && !is_mixed_case(opening);
        if stops.contains(['!', '?']) {
            return !(lower && closed);
        }
        if lower {
            return false;
        }
        if stops.len() > 1 {
            return next.is_alphanumeric() || opening.len() < after.len();
        }
        if !next.is_alphanumeric() && matches!(next, ',' | ';' | ':' | ')' | ']' | '%' | '/' | '.') {
            return false;
        }
        self.word_lets_end(opening, next)
    }

    /// Whether the word before a single stop lets the sentence end before `after`.
    fn word_lets_end(&self, after: &str, next: char) -> bool {
        let before = &self.text[self.stop.sentence_start..self.stop.start];
        let word_start = before
            .char_indices()
            .rev()
            .take_while(|(_, c)| c.is_alphanumeric() || *c == '.')
            .last()
            .map_or(before.len(), |(at, _)| at);
        let word = before[word_start..].trim_start_matches('.');
        if word.is_empty() || word.len() > LONGEST_WORD {
            return true;
        }
        // "1. Harvest the cells": the number of a list that is no Markdown list.
        if word.len() <= 3 && word.bytes().all(|b| b.is_ascii_digit()) && before[..word_start].trim().is_empty() {
            return false;
        }
        let mut letters = word.chars();
        if let (Some(initial), None) = (letters.next(), letters.next())
            && initial.is_uppercase()
        {
            return starts_sentence(after);
        }
        match ABBREVIATIONS.get(word.to_lowercase().as_str()) {
            None => true,
            Some(Ends::Never) => false,
            Some(Ends::BeforeStarter) => starts_sentence(after),
            Some(Ends::UnlessDigit) => !next.is_numeric(),
        }
    }

    /// Whether a stop ends a sentence though the next word touches it: `inflammation.The`.
    fn glued(&self, after: &str, end: usize) -> bool {
        if end > self.stop.end {
            // A marker stands between: `protocol.[5]The`.
            return after.chars().next().is_some_and(char::is_uppercase);
        }
        if self.stop.end - self.stop.start != 1 {
            return false;
        }
        let before = &self.text[self.stop.sentence_start..self.stop.start];
        let lower = before.bytes().rev().take_while(u8::is_ascii_lowercase).count();
        let mut next = after.chars();
        let capitalised =
            next.next().is_some_and(char::is_uppercase) && next.next().is_some_and(|c| c.is_lowercase() || c == ' ');
        let word_len = after.bytes().take_while(u8::is_ascii_alphabetic).count();
        lower >= 4 && capitalised && after.as_bytes().get(word_len) != Some(&b'.')
    }
}

/// Whether `text` begins a sentence by its first word.
fn starts_sentence(text: &str) -> bool {
    let len = text.find(|c: char| !c.is_alphabetic()).unwrap_or(text.len());
    let word = &text[..len];
    word.chars().next().is_some_and(char::is_uppercase)
        && word.len() <= LONGEST_WORD
        && STARTERS.contains(word.to_lowercase().as_str())
}

/// Whether the first word has a capital after its first letter: `iPSCs`, `mRNA`.
fn is_mixed_case(text: &str) -> bool {
    text.chars().take_while(|c| c.is_alphanumeric()).skip(1).any(char::is_uppercase)
}

/// Whether `c` is a raised digit.
pub(super) fn is_superscript(c: char) -> bool {
    matches!(c, '¹' | '²' | '³' | '⁰' | '⁴'..='⁹')
}

/// Whether a sentence can be over before `rest`: nothing, or a capital, follows.
fn is_over(rest: &str) -> bool {
    let next = rest.trim_start().chars().next();
    next.is_none_or(|c| c == '[' || (c.is_uppercase() && rest.starts_with(' ')))
}

/// Length in bytes of the numeric marker that starts `text`: `[5]`, `[1, 2-4]`.
fn marker_len(text: &str) -> Option<usize> {
    let inner = text.strip_prefix('[')?;
    let len =
        inner.bytes().take(40).take_while(|b| b.is_ascii_digit() || matches!(b, b',' | b';' | b' ' | b'-')).count();
    (len > 0 && inner.as_bytes()[0].is_ascii_digit() && inner.as_bytes().get(len) == Some(&b']')).then_some(len + 2)
}
