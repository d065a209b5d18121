//! Markers: the marks in the text that lead to a source.

use std::ops::Range;

use crate::document::BlockId;
use crate::source::Span;

use super::number::GroupFault;

/// How a marker is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum MarkerStyle {
    /// `[1]`, `[1,3–5]`.
    Brackets,
    /// `(1)`.
    Parentheses,
    /// `¹`, `<sup>1</sup>`.
    Superscript,
    /// `[^1]`.
    Footnote,
    /// `[1]` or `[text][label]` with a definition `[1]: https://…`.
    LinkLabel,
    /// `(Smith, 2020)`, `Smith et al. (2020)`.
    AuthorYear,
    /// `[@smith2020]`, `{% cite smith2020 %}`.
    Key,
}

impl MarkerStyle {
    /// An example, to show in messages.
    #[must_use]
    pub fn example(self) -> &'static str {
        match self {
            Self::Brackets => "[1]",
            Self::Parentheses => "(1)",
            Self::Superscript => "¹",
            Self::Footnote => "[^1]",
            Self::LinkLabel => "[text][label]",
            Self::AuthorYear => "(Smith, 2020)",
            Self::Key => "[@smith2020]",
        }
    }

    /// Whether its markers hold numbers of a list.
    #[must_use]
    pub fn is_numeric(self) -> bool {
        matches!(self, Self::Brackets | Self::Parentheses | Self::Superscript)
    }
}

/// What one citation in a marker names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// The number of an entry.
    Number(u32),
    /// The label of a footnote or a link definition.
    Label(String),
    /// The key of a bibliography entry.
    Key(String),
    /// An author and a year.
    Work {
        /// The first author, or the organisation, as written.
        author: String,
        /// The year with its letter, as written: `2020a`.
        year: String,
    },
}

/// One citation in a marker: `[1,3–5]` holds four.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cite {
    /// The number, key or author and year; the numbers of a range share its span.
    pub span: Span,
    /// What it names.
    pub target: Target,
    /// The entries it leads to, as indices into the article's entries; empty when it leads nowhere.
    /// An author and year can fit several.
    pub entries: Vec<usize>,
}

/// A mark in the text that leads, or should lead, to sources.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Marker {
    /// How it is written.
    pub style: MarkerStyle,
    /// The whole mark, brackets included.
    pub span: Span,
    /// The block it stands in.
    pub block: BlockId,
    /// Its bytes in the block's prose, brackets included.
    pub prose: Range<usize>,
    /// What it cites, in order.
    pub cites: Vec<Cite>,
    /// What is wrong with its numbers, and where.
    pub faults: Vec<(GroupFault, Span)>,
    /// Whether it is a marker beyond doubt. A doubtful one ties an entry, but is never called broken.
    pub sure: bool,
    /// Whether it only mentions a source in words ("ref. 2"): then nothing is asked of its form.
    pub mention: bool,
}

impl Marker {
    /// Whether every citation in it leads to an entry.
    #[must_use]
    pub fn resolved(&self) -> bool {
        !self.cites.is_empty() && self.cites.iter().all(|cite| !cite.entries.is_empty())
    }

    /// Whether any citation in it leads to an entry.
    #[must_use]
    pub fn any_resolved(&self) -> bool {
        self.cites.iter().any(|cite| !cite.entries.is_empty())
    }
}
