//! The numbers inside a marker: `1`, `1,3–5`, `¹²`.
//!
//! ```text
//! group = item *( ("," / ";") item )
//! item  = number [ dash number ]          number = 1 to 3 digits, the first not 0
//! ```
//!
//! White space may stand anywhere between them; superscript digits and marks read
//! as plain ones. A group with a range turned around or a part missing is read as
//! far as it goes, with its fault.

use std::ops::Range;

/// What is wrong with the numbers of a marker.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GroupFault {
    /// `5–3`.
    Reversed,
    /// `3–3`.
    OneNumber,
    /// `3–` or `–3`.
    OpenRange,
    /// `1,,2` or `1,`.
    MissingNumber,
    /// `2,2`.
    Repeated,
}

/// The numbers of one marker.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Group {
    /// Each number with its bytes in the text; all numbers of a range share the range's.
    pub(super) numbers: Vec<(u32, Range<usize>)>,
    /// What is wrong, and where.
    pub(super) faults: Vec<(GroupFault, Range<usize>)>,
}

/// A superscript character as the plain one.
pub(super) fn plain(c: char) -> char {
    match c {
        '⁰' => '0',
        '¹' => '1',
        '²' => '2',
        '³' => '3',
        '⁴'..='⁹' => char::from(b'4' + (u32::from(c) - u32::from('⁴')) as u8),
        '˒' | '\u{2e34}' | '‚' | '，' => ',',
        '⁻' | '‐' | '‑' | '‒' | '–' | '—' | '−' | '˗' => '-',
        '\u{a0}' | '\u{202f}' | '\u{2009}' => ' ',
        _ => c,
    }
}

/// Reads a group that is the whole of `text`. `None` when it is something else.
pub(super) fn read(text: &str) -> Option<Group> {
    if text.len() > 160 {
        return None;
    }
    let mut group = Group::default();
    let mut digits = 0;
    let mut start = 0;
    for (at, c) in text.char_indices().map(|(at, c)| (at, plain(c))).chain([(text.len(), ',')]) {
        match c {
            '0'..='9' => digits += 1,
            ',' | ';' => {
                item(text, start..at, &mut group)?;
                start = (at + text[at..].chars().next().map_or(0, char::len_utf8)).min(text.len());
            }
            '-' | ' ' => {}
            _ => return None,
        }
    }
    (digits > 0 && !group.numbers.is_empty()).then_some(group)
}

/// Reads one item, a number or a range. `None` when the group is no group at all.
fn item(text: &str, range: Range<usize>, group: &mut Group) -> Option<()> {
    let written = &text[range.clone()];
    let trimmed = written.trim_matches([' ', '\u{a0}', '\u{202f}', '\u{2009}']);
    let start =
        range.start + (written.len() - written.trim_start_matches([' ', '\u{a0}', '\u{202f}', '\u{2009}']).len());
    let span = start..start + trimmed.len();
    if trimmed.is_empty() {
        group.faults.push((GroupFault::MissingNumber, range.start.min(text.len())..range.end));
        return Some(());
    }
    let plain: String = trimmed.chars().map(plain).collect();
    let ends: Vec<&str> = plain.split('-').map(str::trim).collect();
    match ends[..] {
        [one] => add(number(one)?, &span, group),
        ["", one] | [one, ""] => {
            add(number(one)?, &span, group);
            group.faults.push((GroupFault::OpenRange, span));
        }
        [from, to] => {
            let (from, to) = (number(from)?, number(to)?);
            if from > to {
                group.faults.push((GroupFault::Reversed, span.clone()));
            } else if from == to {
                group.faults.push((GroupFault::OneNumber, span.clone()));
            }
            for number in from.min(to)..=from.max(to) {
                add(number, &span, group);
            }
        }
        _ => return None,
    }
    Some(())
}

fn add(number: u32, span: &Range<usize>, group: &mut Group) {
    if group.numbers.iter().any(|(other, _)| *other == number) {
        group.faults.push((GroupFault::Repeated, span.clone()));
    } else {
        group.numbers.push((number, span.clone()));
    }
}

/// One to three digits, the first not 0.
fn number(text: &str) -> Option<u32> {
    let fits = (1..=3).contains(&text.len()) && !text.starts_with('0') && text.bytes().all(|b| b.is_ascii_digit());
    if fits { text.parse().ok() } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn numbers(text: &str) -> Vec<u32> {
        read(text).map(|group| group.numbers.into_iter().map(|(number, _)| number).collect()).unwrap_or_default()
    }

    #[test]
    fn lists_and_ranges_are_spelled_out() {
        assert_eq!(numbers("1"), [1]);
        assert_eq!(numbers("1,3–5"), [1, 3, 4, 5]);
        assert_eq!(numbers("1; 3 - 4, 9"), [1, 3, 4, 9]);
        assert_eq!(numbers("¹²"), [12]);
        assert_eq!(numbers("¹˒³⁻⁵"), [1, 3, 4, 5]);
        assert_eq!(read("2, 7").unwrap().numbers[1].1, 3..4);
    }

    #[test]
    fn years_intervals_and_words_are_none() {
        for text in ["2019", "0", "0, 1", "01", "a", "1a", "", " ", "1.5", "x", "1-2-3", "…", "1+2"] {
            assert_eq!(read(text), None, "{text}");
        }
    }

    #[test]
    fn broken_groups_are_read_with_their_fault() {
        for (text, fault) in [
            ("5–3", GroupFault::Reversed),
            ("3-3", GroupFault::OneNumber),
            ("1-", GroupFault::OpenRange),
            ("-4", GroupFault::OpenRange),
            ("1,,2", GroupFault::MissingNumber),
            ("1,", GroupFault::MissingNumber),
            ("2, 2", GroupFault::Repeated),
        ] {
            assert_eq!(read(text).unwrap().faults.first().map(|fault| fault.0), Some(fault), "{text}");
        }
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_read(text in "[0-9,;¹⁻³–\\- ]{0,12}|\\PC{0,12}") {
            for (_, range) in read(&text).map(|group| group.numbers).unwrap_or_default() {
                proptest::prop_assert!(text.get(range).is_some());
            }
        }
    }
}
