//! Readable text joined across Markdown's marks, with a map back to the source.

use std::ops::Range;

use crate::source::Span;

/// A run of prose and the source it was made from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Segment {
    /// Offset in the prose, in bytes.
    prose: usize,
    /// Offset in the source, in bytes.
    source: usize,
    /// Length in the source, in bytes.
    source_len: usize,
    /// Whether the prose bytes are the source bytes. If not (an entity, an
    /// escape, a soft break), the run maps only as a whole.
    verbatim: bool,
}

/// The readable text of a block: what Markdown shows, joined across emphasis,
/// links, soft breaks, entities and escapes.
///
/// Every byte of it maps to the source. Runs of white space at a line's end and
/// the marks at the next line's start (indentation, `>`) read as one space.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Prose {
    text: String,
    /// In prose order and in source order; they cover the text without gaps.
    segments: Vec<Segment>,
}

impl Prose {
    /// The text.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Whether there is no text.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// The source of a range of the prose, in bytes, both on character boundaries.
    ///
    /// Marks inside the range are part of the span, marks at its ends are not. An
    /// empty range maps to the empty span before the character that follows it.
    ///
    /// # Panics
    ///
    /// If the prose is empty, or the range passes its end.
    #[must_use]
    pub fn source_span(&self, range: Range<usize>) -> Span {
        assert!(range.end <= self.text.len(), "{range:?} passes the end of a prose of {} bytes", self.text.len());
        let start = self.source_start(range.start);
        if range.is_empty() {
            return Span::at(start);
        }
        let last = self.segment_at(range.end - 1);
        let end = if last.verbatim { last.source + (range.end - last.prose) } else { last.source + last.source_len };
        Span::new(start, end)
    }

    /// Whether the prose at `range`, in bytes, reads as the source does, without marks inside.
    #[must_use]
    pub fn is_verbatim(&self, range: Range<usize>) -> bool {
        if range.start >= range.end || range.end > self.text.len() {
            return range.start <= range.end && range.end <= self.text.len();
        }
        let segment = self.segment_at(range.start);
        segment.verbatim && range.end <= segment.prose + segment.source_len
    }

    /// Offset in the source of the prose byte at `offset`; the end of the prose
    /// maps to the end of its last run.
    fn source_start(&self, offset: usize) -> usize {
        if offset == self.text.len() {
            let last = self.segments[self.segments.len() - 1];
            return last.source + last.source_len;
        }
        let segment = self.segment_at(offset);
        if segment.verbatim { segment.source + (offset - segment.prose) } else { segment.source }
    }

    /// The run that holds the prose byte at `offset`.
    fn segment_at(&self, offset: usize) -> Segment {
        let after = self.segments.partition_point(|segment| segment.prose <= offset);
        self.segments[after - 1]
    }

    /// The prose offset, in bytes, of the first prose character at or after the
    /// source offset, or `None` when all prose lies before it.
    #[must_use]
    pub fn offset_of(&self, source: usize) -> Option<usize> {
        let at = self.segments.partition_point(|segment| segment.source + segment.source_len <= source);
        let segment = self.segments.get(at)?;
        if segment.verbatim && source > segment.source {
            Some(segment.prose + (source - segment.source))
        } else {
            Some(segment.prose)
        }
    }
}

/// Builds a [`Prose`] from left to right.
#[derive(Debug, Default)]
pub struct ProseBuilder {
    prose: Prose,
}

impl ProseBuilder {
    /// Makes room for `bytes` more bytes of text.
    pub fn reserve(&mut self, bytes: usize) {
        self.prose.text.reserve(bytes);
    }

    /// Adds text that stands in the source, byte for byte, at `source`.
    pub fn verbatim(&mut self, text: &str, source: usize) {
        if text.is_empty() {
            return;
        }
        if let Some(last) = self.prose.segments.last_mut()
            && last.verbatim
            && last.source + last.source_len == source
        {
            last.source_len += text.len();
        } else {
            let segment = Segment { prose: self.prose.text.len(), source, source_len: text.len(), verbatim: true };
            self.prose.segments.push(segment);
        }
        self.prose.text.push_str(text);
    }

    /// Adds text that stands for the source at `span` as a whole: an entity, an escape.
    pub fn replaced(&mut self, text: &str, span: Span) {
        if text.is_empty() {
            return;
        }
        let segment =
            Segment { prose: self.prose.text.len(), source: span.start, source_len: span.len(), verbatim: false };
        self.prose.segments.push(segment);
        self.prose.text.push_str(text);
    }

    /// Adds one space for the source at `span` (a line break, a tag that breaks
    /// a line), unless the prose is empty or ends in white space already.
    pub fn space(&mut self, span: Span) {
        if !self.prose.text.is_empty() && !self.prose.text.ends_with(char::is_whitespace) {
            self.replaced(" ", span);
        }
    }

    /// The text so far.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.prose.text
    }

    /// Offset in the source after the last run, if there is one.
    #[must_use]
    pub fn source_end(&self) -> Option<usize> {
        self.prose.segments.last().map(|last| last.source + last.source_len)
    }

    /// The prose, without white space at its ends.
    #[must_use]
    pub fn finish(self) -> Prose {
        let Prose { text, segments } = self.prose;
        let end = text.trim_end().len();
        let start = end - text[..end].trim_start().len();
        if start == 0 && end == text.len() {
            return Prose { text, segments };
        }
        let mut trimmed = Self::default();
        trimmed.append(&Prose { text, segments }, start..end);
        trimmed.prose
    }

    /// Adds a range, in bytes, of another prose.
    pub fn append(&mut self, prose: &Prose, range: Range<usize>) {
        if range.is_empty() {
            return;
        }
        let first = prose.segments.partition_point(|segment| segment.prose <= range.start).saturating_sub(1);
        for (at, segment) in prose.segments.iter().enumerate().skip(first) {
            if segment.prose >= range.end {
                break;
            }
            let segment_end = prose.segments.get(at + 1).map_or(prose.text.len(), |next| next.prose);
            let from = segment.prose.max(range.start);
            let to = segment_end.min(range.end);
            let text = &prose.text[from..to];
            if segment.verbatim {
                self.verbatim(text, segment.source + (from - segment.prose));
            } else {
                self.replaced(text, Span::new(segment.source, segment.source + segment.source_len));
            }
        }
    }
}
