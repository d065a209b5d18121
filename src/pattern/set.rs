//! All patterns of a run, compiled together.

use crate::document::Document;

use super::Matches;
use super::syntax::Pattern;

/// A compiled pattern.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PatternId(pub(crate) u32);

impl PatternId {
    /// Index from 0 in the order of adding.
    #[must_use]
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// A compiled list; its entries are alternatives.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ListId(pub(crate) u32);

/// Collects patterns and lists, then compiles them.
#[derive(Debug, Default)]
pub struct PatternSetBuilder {}

impl PatternSetBuilder {
    /// Adds a list by its full name (`core/condition`). Lists must be added before patterns that use them.
    pub fn list(&mut self, _name: &str, _entries: &[Pattern]) -> ListId {
        ListId(0)
    }

    /// Adds a pattern. Equal patterns share an id.
    pub fn pattern(&mut self, _pattern: &Pattern) -> PatternId {
        PatternId(0)
    }

    /// The pattern that matches wherever an entry of the list does, for rules that ask for a list's matches.
    pub fn list_pattern(&mut self, _list: ListId) -> PatternId {
        PatternId(0)
    }

    /// Compiles what was added.
    #[must_use]
    pub fn build(self) -> PatternSet {
        PatternSet {}
    }
}

/// All patterns of a run, compiled.
#[derive(Debug)]
pub struct PatternSet {}

impl PatternSet {
    /// Finds every match of every pattern in the document. `interventions` are the
    /// words that `$intervention` stands for here, each a run of words.
    #[must_use]
    pub fn scan(&self, _document: &Document<'_>, _interventions: &[String]) -> Matches {
        Matches::default()
    }

    /// Finds the matches of some patterns alone, for what must be known before the full scan.
    #[must_use]
    pub fn scan_only(&self, _document: &Document<'_>, _patterns: &[PatternId]) -> Matches {
        Matches::default()
    }
}
