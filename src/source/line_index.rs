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
}

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
        Self { starts }
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
        let before = &text[start..offset];
        // Only at the very start is it a byte order mark; anywhere else it is a character.
        let before = if start == 0 { before.strip_prefix('\u{feff}').unwrap_or(before) } else { before };
        Position { line, column: before.chars().count() + 1 }
    }
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
    fn columns_count_characters_and_leave_out_the_byte_order_mark() {
        let text = "\u{feff}né x";
        let index = LineIndex::new(text);
        assert_eq!(index.position(text, text.find('x').unwrap()), Position { line: 1, column: 4 });
        let text = "a\n\u{feff}x";
        assert_eq!(LineIndex::new(text).position(text, text.len()), Position { line: 2, column: 3 });
    }
}
