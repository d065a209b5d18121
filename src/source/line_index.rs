//! From byte offsets to lines and columns.

use serde::Serialize;

/// A place as people read it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Position {
    /// Line, from 1. Lines end at LF, CRLF or a lone CR.
    pub line: usize,
    /// Column, from 1, in Unicode scalar values. A byte order mark does not count.
    pub column: usize,
}

/// Where each line of a text starts.
#[derive(Clone, Debug)]
pub struct LineIndex {
    /// Byte offset of the first character of each line; never empty.
    starts: Vec<usize>,
    /// How many characters start before each multiple of [`STEP`] bytes; `None` when
    /// every character is one byte. Keeps columns cheap in lines of any length.
    characters: Option<Vec<usize>>,
}

/// Bytes between two counts of characters.
const STEP: usize = 1024;

impl LineIndex {
    /// Finds the lines of `text`. LF, CRLF and a lone CR end a line.
    #[must_use]
    pub fn new(text: &str) -> Self {
        let bytes = text.as_bytes();
        let mut starts = vec![0];
        for at in memchr::memchr2_iter(b'\n', b'\r', bytes) {
            if bytes[at] == b'\r' && bytes.get(at + 1) == Some(&b'\n') {
                continue;
            }
            starts.push(at + 1);
        }
        let characters = (!text.is_ascii()).then(|| {
            let counts = bytes.chunks(STEP).scan(0, |before, chunk| {
                let at = *before;
                *before += starting(chunk);
                Some(at)
            });
            counts.collect()
        });
        Self { starts, characters }
    }

    /// The number of lines; a text that ends with a line end has an empty last line.
    #[must_use]
    pub fn len(&self) -> usize {
        self.starts.len()
    }

    /// Never true: even the empty text has one line.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        false
    }

    /// The line, from 1, that the byte at `offset` stands on.
    #[must_use]
    pub fn line(&self, offset: usize) -> usize {
        self.starts.partition_point(|&start| start <= offset)
    }

    /// Byte offset of the start of `line` (from 1), or `None` past the last line.
    #[must_use]
    pub fn start(&self, line: usize) -> Option<usize> {
        line.checked_sub(1).and_then(|at| self.starts.get(at)).copied()
    }

    /// Line and column of a byte offset into `text`, the text the index was made of.
    /// An offset past the end is read as the end, one inside a character as its start.
    #[must_use]
    pub fn position(&self, text: &str, offset: usize) -> Position {
        let offset = floor_char_boundary(text, offset);
        let line = self.line(offset);
        let start = self.starts[line - 1];
        let mark = usize::from(start == 0 && offset > 0 && text.starts_with('\u{feff}'));
        let characters = self.characters_before(text, offset) - self.characters_before(text, start) - mark;
        Position { line, column: characters + 1 }
    }

    /// The number of characters that start before the byte at `offset`.
    fn characters_before(&self, text: &str, offset: usize) -> usize {
        let Some(counts) = &self.characters else { return offset };
        let step = (offset / STEP).min(counts.len() - 1);
        counts[step] + starting(&text.as_bytes()[step * STEP..offset])
    }
}

/// The number of characters whose first byte is among `bytes`.
fn starting(bytes: &[u8]) -> usize {
    bytes.iter().filter(|byte| (**byte & 0xc0) != 0x80).count()
}

/// The nearest character boundary at or before `offset`.
fn floor_char_boundary(text: &str, offset: usize) -> usize {
    let mut at = offset.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_of_line_end_starts_a_line() {
        let text = "a\nb\r\nc\rd";
        let index = LineIndex::new(text);
        assert_eq!(index.len(), 4);
        let lines: Vec<usize> = "abcd".chars().map(|c| index.line(text.find(c).unwrap())).collect();
        assert_eq!(lines, [1, 2, 3, 4]);
    }

    #[test]
    fn columns_are_the_same_far_into_a_long_line() {
        let text = format!("\u{feff}a\n{}", "aé日🦵".repeat(2000));
        let index = LineIndex::new(&text);
        let start = index.start(2).unwrap();
        for (characters, (at, _)) in text[start..].char_indices().enumerate().step_by(97) {
            assert_eq!(index.position(&text, start + at), Position { line: 2, column: characters + 1 });
        }
        assert_eq!(index.position(&text, text.len()), Position { line: 2, column: 8001 });
    }

    #[test]
    fn columns_count_characters_and_leave_out_the_byte_order_mark() {
        let text = "\u{feff}né x";
        let index = LineIndex::new(text);
        assert_eq!(index.position(text, text.find('x').unwrap()), Position { line: 1, column: 4 });
        let text = "a\n\u{feff}x";
        assert_eq!(LineIndex::new(text).position(text, text.len()), Position { line: 2, column: 3 });
    }
}
