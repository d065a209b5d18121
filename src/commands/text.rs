//! Text for people: wrapped paragraphs, and output that may fail.

use std::io::{self, Write};
use std::path::PathBuf;

use crate::error::Error;

use super::Terminal;

/// The width of wrapped text, in characters. Fixed, so that output is the same everywhere.
const WIDTH: usize = 88;

/// Prints to standard output.
///
/// # Errors
///
/// When it cannot be written.
pub(super) fn print(text: &str, terminal: Terminal) -> Result<(), Error> {
    let written = |out: &mut dyn Write| -> io::Result<()> {
        out.write_all(text.as_bytes())?;
        out.flush()
    };
    written(&mut terminal.stdout()).map_err(|source| Error::Output { path: PathBuf::from("standard output"), source })
}

/// A paragraph, wrapped, each line behind `indent`.
pub(super) fn paragraph(text: &str, indent: &str) -> String {
    let mut wrapped = String::new();
    let mut width = 0;
    for word in text.split_whitespace() {
        let length = word.chars().count();
        if width == 0 {
            wrapped.push_str(indent);
        } else if width + 1 + length > WIDTH - indent.len() {
            wrapped.push('\n');
            wrapped.push_str(indent);
            width = 0;
        } else {
            wrapped.push(' ');
            width += 1;
        }
        wrapped.push_str(word);
        width += length;
    }
    if !wrapped.is_empty() {
        wrapped.push('\n');
    }
    wrapped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paragraphs_wrap_and_keep_every_word() {
        let text = "word ".repeat(60);
        let wrapped = paragraph(&text, "  ");
        assert!(wrapped.lines().all(|line| line.len() <= WIDTH && line.starts_with("  word")));
        assert_eq!(wrapped.split_whitespace().count(), 60);
    }
}
