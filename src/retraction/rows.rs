//! Rows of a CSV table, read in place.
//!
//! A table of retractions has tens of megabytes, of which a handful of cells per row matter: a
//! reader that copies every cell takes three times as long as one that finds where cells begin.

use std::borrow::Cow;
use std::ops::Range;

/// Reads rows one after the other.
pub(super) struct Rows<'b> {
    bytes: &'b [u8],
    at: usize,
    line: u64,
    /// Where the cells of the row at hand stand, quotation marks included.
    cells: Vec<Range<usize>>,
}

/// What ended the reading of rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct OpenQuote {
    /// The line, from 1, on which the quotation mark stands.
    pub(super) line: u64,
}

impl<'b> Rows<'b> {
    pub(super) fn new(bytes: &'b [u8]) -> Self {
        Self { bytes, at: 0, line: 1, cells: Vec::with_capacity(24) }
    }

    /// Reads the next row and tells on which line it begins; `None` after the last. Empty lines are passed over.
    pub(super) fn next_row(&mut self) -> Result<Option<u64>, OpenQuote> {
        while matches!(self.bytes.get(self.at), Some(b'\n' | b'\r')) {
            self.line += u64::from(self.bytes[self.at] == b'\n');
            self.at += 1;
        }
        if self.at >= self.bytes.len() {
            return Ok(None);
        }
        let first = self.line;
        self.cells.clear();
        loop {
            let start = self.at;
            if self.bytes.get(start) == Some(&b'"') {
                self.skip_quoted()?;
            }
            // What stands behind a closing quotation mark, if anything does, belongs to the cell.
            let rest = &self.bytes[self.at..];
            let len = memchr::memchr2(b',', b'\n', rest).unwrap_or(rest.len());
            let end = self.at + len;
            let last = self.bytes.get(end) != Some(&b',');
            let cell_end = if last && end > start && self.bytes[end - 1] == b'\r' { end - 1 } else { end };
            self.cells.push(start..cell_end);
            self.at = (end + 1).min(self.bytes.len());
            if last {
                self.line += u64::from(end < self.bytes.len());
                return Ok(Some(first));
            }
            // A comma at the very end opens an empty cell.
            if self.at >= self.bytes.len() {
                self.cells.push(self.at..self.at);
                return Ok(Some(first));
            }
        }
    }

    /// Moves behind the quotation mark that closes the cell at hand.
    fn skip_quoted(&mut self) -> Result<(), OpenQuote> {
        let opened = OpenQuote { line: self.line };
        let mut at = self.at + 1;
        loop {
            let found = memchr::memchr2(b'"', b'\n', self.bytes.get(at..).unwrap_or_default()).ok_or(opened)?;
            at += found + 1;
            if self.bytes[at - 1] == b'\n' {
                self.line += 1;
            } else if self.bytes.get(at) == Some(&b'"') {
                at += 1;
            } else {
                self.at = at;
                return Ok(());
            }
        }
    }

    /// Number of cells of the row at hand.
    pub(super) fn len(&self) -> usize {
        self.cells.len()
    }

    /// A cell of the row at hand, quotation marks undone, without white space at its ends; empty when
    /// there is none. Bytes that are not UTF-8 are replaced.
    pub(super) fn cell(&self, index: usize) -> Cow<'b, str> {
        let bytes = self.cells.get(index).map_or(&[][..], |range| &self.bytes[range.clone()]).trim_ascii();
        match bytes.strip_prefix(b"\"").and_then(|inner| inner.strip_suffix(b"\"")) {
            Some(inner) if inner.contains(&b'"') => {
                Cow::Owned(String::from_utf8_lossy(inner).replace("\"\"", "\"").trim().to_owned())
            }
            Some(inner) => String::from_utf8_lossy(inner.trim_ascii()),
            None => String::from_utf8_lossy(bytes),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(text: &str) -> Result<Vec<(u64, Vec<String>)>, OpenQuote> {
        let mut rows = Rows::new(text.as_bytes());
        let mut found = Vec::new();
        while let Some(line) = rows.next_row()? {
            found.push((line, (0..rows.len()).map(|at| rows.cell(at).into_owned()).collect()));
        }
        Ok(found)
    }

    #[test]
    fn cells_hold_commas_quotes_and_lines() {
        let text = "a,b,c\r\n1,\"x, \"\"y\"\"\nz\",3\n\n,,\n4,5,";
        let cells = |list: &[&str]| list.iter().map(|&cell| cell.to_owned()).collect::<Vec<_>>();
        assert_eq!(
            all(text).unwrap(),
            [
                (1, cells(&["a", "b", "c"])),
                (2, cells(&["1", "x, \"y\"\nz", "3"])),
                (5, cells(&["", "", ""])),
                (6, cells(&["4", "5", ""])),
            ]
        );
    }

    #[test]
    fn an_open_quotation_mark_is_told_with_its_line() {
        assert_eq!(all("a,b\n1,\"x\n2,y\n"), Err(OpenQuote { line: 2 }));
    }

    proptest::proptest! {
        /// Any text: no panic, and rows are read in the order of their lines.
        #[test]
        fn any_text_is_read(text in "[a\",\r\n]{0,24}|\\PC{0,12}") {
            let lines: Vec<u64> = all(&text).unwrap_or_default().into_iter().map(|row| row.0).collect();
            proptest::prop_assert!(lines.is_sorted());
        }
    }
}
