//! From the text of events to prose.

use pulldown_cmark::CowStr;

use crate::source::Span;

use super::walk::Walker;

impl Walker<'_, '_, '_> {
    pub(super) fn markdown_text(&mut self, text: &CowStr<'_>, span: Span) {
        match self.code_block {
            Some(false) => return,
            Some(true) => {
                // The lines of a pasted list that is indented as code would be.
                self.line_start = true;
                if self.open.is_none() {
                    self.open_block(false, 0);
                }
            }
            None => {}
        }
        let mut span = span;
        if self.line_start && self.images.is_empty() {
            self.line_start = false;
            span = self.pasted_bullet(span);
        }
        if self.masked.text.get(span.range()).is_some_and(|source| text.ends_with(source)) {
            self.source_text(span);
        } else if span.start >= self.hidden_until {
            self.builder().replaced(text, span);
        }
    }

    /// Adds the source at `span` as it stands, without what is covered or hidden.
    pub(super) fn source_text(&mut self, span: Span) {
        let masked = self.masked;
        let mut at = span.start.max(self.hidden_until);
        while masked.holes.get(self.hole).is_some_and(|hole| hole.end <= at) {
            self.hole += 1;
        }
        while at < span.end {
            let hole = masked.holes.get(self.hole).filter(|hole| hole.start < span.end);
            let end = hole.map_or(span.end, |hole| hole.start.max(at));
            if end > at {
                self.visible_text(&masked.source[at..end], at);
            }
            let Some(hole) = hole else { return };
            at = hole.end.max(end);
            if hole.end <= span.end {
                self.hole += 1;
            }
        }
    }

    /// Adds text that stands at `source`, without characters that have no width.
    pub(super) fn visible_text(&mut self, text: &str, source: usize) {
        if self.raised && text.chars().all(|c| c.is_ascii_digit() || matches!(c, ',' | '-' | '–' | ' ')) {
            return self.raised_digits(text, source);
        }
        let builder = self.builder();
        if text.is_ascii() || !text.contains(is_zero_width) {
            return builder.verbatim(text, source);
        }
        let mut from = 0;
        for (at, hidden) in text.match_indices(is_zero_width) {
            builder.verbatim(&text[from..at], source + from);
            from = at + hidden.len();
        }
        builder.verbatim(&text[from..], source + from);
    }

    /// Adds the digits of `<sup>` as raised digits, so that they touch no word.
    pub(super) fn raised_digits(&mut self, text: &str, source: usize) {
        const RAISED: [&str; 10] = ["⁰", "¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹"];
        let builder = self.builder();
        for (at, c) in text.char_indices() {
            let from = source + at;
            match c.to_digit(10).and_then(|digit| RAISED.get(digit as usize)) {
                Some(raised) => builder.replaced(raised, Span::new(from, from + 1)),
                None => builder.verbatim(&text[at..at + c.len_utf8()], from),
            }
        }
    }
}

/// Characters that are not seen and part no words.
fn is_zero_width(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}' | '\u{2060}' | '\u{feff}')
}
