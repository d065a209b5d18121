//! Excerpts: the few lines of a file that a diagnostic needs, cut to a width that
//! people can read.
//!
//! Articles often hold a paragraph on one line; printing it whole for every
//! finding would bury the words and, for very long lines, never end. An excerpt
//! keeps the surroundings of each label, and line and column numbers stay those of
//! the file. Control characters are replaced, so that an article cannot steer the
//! terminal.

use std::collections::BTreeMap;
use std::ops::Range;

use codespan_reporting::files::{Error, Files};

use crate::source::{SourceFile, Span};

/// A line of at most this many characters is shown whole.
const WIDTH: usize = 120;

/// Characters kept on each side of a label's start and end on longer lines.
const SIDE: usize = 50;

/// Of a label over more lines than this, the first and the last lines are shown.
const LINES: usize = 4;

/// A run of source bytes and where it stands in the excerpt.
#[derive(Clone, Debug)]
struct Piece {
    source: Span,
    excerpt: usize,
}

/// A line of the excerpt.
#[derive(Clone, Debug)]
struct Row {
    range: Range<usize>,
    pieces: Vec<Piece>,
}

/// An excerpt of one file.
#[derive(Debug)]
pub(super) struct Excerpt<'s> {
    file: &'s SourceFile,
    text: String,
    /// By line number, from 1.
    rows: BTreeMap<usize, Row>,
}

/// The part of a label that stands on one line.
#[derive(Clone, Copy, Debug)]
struct Part {
    line: usize,
    span: Span,
}

impl<'s> Excerpt<'s> {
    /// The excerpt of `file` around the given spans, which are of this file.
    pub(super) fn new(file: &'s SourceFile, spans: &[Span]) -> Self {
        let mut marks: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for part in spans.iter().flat_map(|&span| parts(file, span)) {
            marks.entry(part.line).or_default().extend([part.span.start, part.span.end]);
        }
        // A single line between two that are shown is shown too.
        let lines: Vec<usize> = marks.keys().copied().collect();
        for pair in lines.windows(2) {
            if pair[1] - pair[0] == 2 {
                marks.entry(pair[0] + 1).or_default();
            }
        }
        let mut excerpt = Self { file, text: String::new(), rows: BTreeMap::new() };
        for (line, marks) in marks {
            excerpt.add_row(line, &marks);
        }
        excerpt
    }

    /// Whether this is an excerpt of `file`.
    pub(super) fn is_of(&self, file: &SourceFile) -> bool {
        std::ptr::eq(self.file, file)
    }

    /// Where a span of the file stands in the excerpt: one range per line.
    pub(super) fn ranges(&self, span: Span) -> Vec<Range<usize>> {
        let ranges = parts(self.file, span).into_iter().filter_map(|part| {
            let start = self.place(part.line, part.span.start)?;
            Some(start..self.place(part.line, part.span.end)?.max(start))
        });
        ranges.collect()
    }

    fn add_row(&mut self, line: usize, marks: &[usize]) {
        let Some(span) = self.file.line_span(line) else { return };
        let span = Span::new(span.start.max(self.file.body_start()).min(span.end), span.end);
        let start = self.text.len();
        let mut pieces = Vec::new();
        let mut at = span.start;
        for window in windows(self.file.slice(span), span.start, marks) {
            if window.start > at {
                self.text.push('…');
            }
            pieces.push(Piece { source: window, excerpt: self.text.len() });
            self.text.extend(self.file.slice(window).chars().map(printable));
            at = window.end;
        }
        if at < span.end {
            self.text.push('…');
        }
        self.rows.insert(line, Row { range: start..self.text.len(), pieces });
        self.text.push('\n');
    }

    /// The place in the excerpt of a source offset on a line.
    fn place(&self, line: usize, offset: usize) -> Option<usize> {
        let pieces = &self.rows.get(&line)?.pieces;
        // A byte order mark is not shown; what starts there starts at the first character.
        let offset = offset.max(pieces.first()?.source.start);
        let piece = pieces.iter().find(|piece| piece.source.start <= offset && offset <= piece.source.end)?;
        Some(piece.excerpt + (offset - piece.source.start))
    }

    fn row(&self, line_index: usize) -> Result<&Row, Error> {
        self.rows.get(&(line_index + 1)).ok_or(Error::LineTooLarge { given: line_index, max: self.rows.len() })
    }
}

/// The parts of a span line by line, without marks of quotation and indentation at the
/// start of later lines. Of a long span, only the first and last lines.
fn parts(file: &SourceFile, span: Span) -> Vec<Part> {
    let lines = file.lines();
    let first = lines.line(span.start);
    let last = if span.is_empty() { first } else { lines.line(span.end - 1).max(first) };
    let head = if last - first < LINES { last + 1 } else { first + LINES - 1 };
    let mut parts = Vec::new();
    for line in (first..head).chain((head <= last).then_some(last)) {
        let Some(whole) = file.line_span(line) else { continue };
        let mut start = span.start.max(whole.start);
        let end = span.end.min(whole.end).max(start);
        if line > first {
            let text = file.slice(Span::new(start, end));
            start += text.len() - text.trim_start_matches(|c: char| c.is_whitespace() || c == '>').len();
        }
        if start < end || first == last {
            parts.push(Part {
                line,
                span: Span::new(start.min(whole.end), end.min(whole.end).max(start.min(whole.end))),
            });
        }
    }
    parts
}

/// What is kept of a line that starts at `offset`: all of it, or the surroundings of the marks.
fn windows(text: &str, offset: usize, marks: &[usize]) -> Vec<Span> {
    let end = offset + text.len();
    if text.chars().nth(WIDTH).is_none() {
        return vec![Span::new(offset, end)];
    }
    if marks.is_empty() {
        let cut = text.char_indices().nth(WIDTH).map_or(end, |(at, _)| offset + at);
        return vec![Span::new(offset, cut)];
    }
    let mut marks: Vec<usize> = marks.iter().map(|mark| (*mark).clamp(offset, end)).collect();
    marks.sort_unstable();
    let mut windows: Vec<Span> = Vec::new();
    for mark in marks {
        let (before, after) = text.split_at(mark - offset);
        let start = before.char_indices().rev().nth(SIDE - 1).map_or(offset, |(at, _)| offset + at);
        let stop = after.char_indices().nth(SIDE).map_or(end, |(at, _)| mark + at);
        match windows.last_mut() {
            Some(last) if start <= last.end => last.end = last.end.max(stop),
            _ => windows.push(Span::new(start, stop)),
        }
    }
    windows
}

/// The character, or one of the same length in bytes that a terminal prints and obeys not.
fn printable(c: char) -> char {
    match c {
        '\t' => c,
        '\0'..='\u{1f}' | '\u{7f}' => '?',
        '\u{80}'..='\u{9f}' => '¿',
        // Marks that turn the direction of writing could make a line read as another.
        '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => '\u{fffd}',
        _ => c,
    }
}

/// Several excerpts, as codespan reads files. Line numbers are those of the files.
#[derive(Debug)]
pub(super) struct Excerpts<'s>(pub(super) Vec<Excerpt<'s>>);

impl Excerpts<'_> {
    fn get(&self, id: usize) -> Result<&Excerpt<'_>, Error> {
        self.0.get(id).ok_or(Error::FileMissing)
    }
}

impl<'a> Files<'a> for Excerpts<'_> {
    type FileId = usize;
    type Name = &'a str;
    type Source = &'a str;

    fn name(&'a self, id: usize) -> Result<&'a str, Error> {
        Ok(self.get(id)?.file.path())
    }

    fn source(&'a self, id: usize) -> Result<&'a str, Error> {
        Ok(&self.get(id)?.text)
    }

    fn line_index(&'a self, id: usize, byte_index: usize) -> Result<usize, Error> {
        let excerpt = self.get(id)?;
        let row = excerpt.rows.iter().find(|(_, row)| byte_index <= row.range.end);
        row.map(|(line, _)| line - 1).ok_or(Error::IndexTooLarge { given: byte_index, max: excerpt.text.len() })
    }

    fn column_number(&'a self, id: usize, line_index: usize, byte_index: usize) -> Result<usize, Error> {
        let excerpt = self.get(id)?;
        let pieces = &excerpt.row(line_index)?.pieces;
        let piece = pieces.iter().rev().find(|piece| piece.excerpt <= byte_index);
        Ok(piece.map_or(1, |piece| {
            excerpt.file.position(piece.source.start + (byte_index - piece.excerpt).min(piece.source.len())).column
        }))
    }

    fn line_range(&'a self, id: usize, line_index: usize) -> Result<Range<usize>, Error> {
        Ok(self.get(id)?.row(line_index)?.range.clone())
    }
}
