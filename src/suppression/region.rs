//! Where suppressions of one rule hold, and which one covers a finding.
//!
//! Every look-up is a binary search, so that many suppressions and many findings
//! in one article stay cheap.

use std::collections::BTreeMap;

use crate::document::Document;
use crate::source::Span;

/// The regions of one rule. The numbers are those of the suppressions they came from.
#[derive(Debug, Default)]
pub(super) struct Regions {
    /// The first suppression for the whole file.
    file: Option<usize>,
    /// By start; they do not overlap, since each is a line of its own.
    lines: BTreeMap<usize, (Span, usize)>,
    /// By start; they do not overlap, since one must end before the next begins.
    ranges: BTreeMap<usize, (Span, usize)>,
}

impl Regions {
    pub(super) fn add_file(&mut self, entry: usize) {
        self.file.get_or_insert(entry);
    }

    /// Of several for one line the first holds; the others do nothing.
    pub(super) fn add_line(&mut self, line: Span, entry: usize) {
        self.lines.entry(line.start).or_insert((line, entry));
    }

    pub(super) fn add_range(&mut self, range: Span, entry: usize) {
        self.ranges.entry(range.start).or_insert((range, entry));
    }

    /// The suppression that covers a finding, the nearest kind first: line, range, file.
    /// A finding is covered when any of its bytes is; one on the file as a whole
    /// only by a suppression for the file.
    pub(super) fn covering(&self, finding: Span) -> Option<usize> {
        if finding == Span::default() {
            return self.file;
        }
        touching(&self.lines, finding).or_else(|| touching(&self.ranges, finding)).or(self.file)
    }
}

/// The last region that shares a byte with the span, or that an empty span touches.
fn touching(regions: &BTreeMap<usize, (Span, usize)>, finding: Span) -> Option<usize> {
    let last = finding.end.max(finding.start + 1);
    let &(region, entry) = regions.range(..last).next_back()?.1;
    (region.overlaps(finding) || finding.is_empty() && finding.start <= region.end).then_some(entry)
}

/// For each line, the first line from there on that holds more than white space,
/// quotation marks and comments.
#[derive(Debug)]
pub(super) struct NextLines {
    /// By line, from 1; index 0 is not used.
    next: Vec<Option<usize>>,
}

impl NextLines {
    pub(super) fn new(document: &Document<'_>) -> Self {
        let source = document.source;
        let count = source.lines().len();
        let mut next = vec![None; count + 2];
        for line in (1..=count).rev() {
            let blank = source.line_span(line).is_none_or(|span| is_blank(document, span));
            next[line] = if blank { next[line + 1] } else { Some(line) };
        }
        Self { next }
    }

    /// The first such line at or after `line`.
    pub(super) fn from(&self, line: usize) -> Option<usize> {
        self.next.get(line).copied().flatten()
    }
}

/// Whether a line holds nothing but white space, quotation marks and comments.
fn is_blank(document: &Document<'_>, line: Span) -> bool {
    let blank = |from: usize, to: usize| {
        let text = &document.source.text()[from..to];
        text.chars().all(|c| c.is_whitespace() || c == '>')
    };
    let first = document.comments.partition_point(|comment| comment.span.end <= line.start);
    let mut at = line.start;
    for comment in document.comments[first..].iter().take_while(|comment| comment.span.start < line.end) {
        if !blank(at, comment.span.start.max(at)) {
            return false;
        }
        at = comment.span.end.clamp(at, line.end);
    }
    blank(at, line.end)
}
