//! `phrase` rules: words that should not stand there.

use std::ops::Range;

use crate::document::{Block, BlockKind};
use crate::pattern::PatternId;

use super::about::{is_named, is_subject};
use super::{Context, Finding, fill};

/// Flags matches of patterns, except where an exception overlaps.
#[derive(Debug)]
pub struct PhraseRule {
    /// Any of these matches.
    pub any: Vec<PatternId>,
    /// A match that one of these overlaps is none.
    pub except: Vec<PatternId>,
    /// Regular expressions over a block's prose, the last resort.
    pub regex: Vec<regex::Regex>,
    /// The parts of an article to look in; empty for all.
    pub within: Vec<Part>,
    /// The words count only where one of these is named in their sentence, in the title or in a
    /// heading; empty for no such demand.
    pub about: Vec<PatternId>,
    /// Whether a followable source in the sentence clears the words.
    pub cleared_by_source: bool,
}

/// A part of an article that phrase rules can be confined to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Part {
    /// Headings.
    Heading,
    /// Paragraphs.
    Paragraph,
    /// List items.
    ListItem,
    /// Cells of tables, header cells too.
    Table,
    /// Captions and the alternative text of images.
    Caption,
    /// Footnotes.
    Footnote,
    /// `title`, `description` and `summary` in the front matter.
    FrontMatter,
}

impl Part {
    /// All parts with their names in rule sets.
    pub const ALL: [(&str, Self); 7] = [
        ("heading", Self::Heading),
        ("paragraph", Self::Paragraph),
        ("list-item", Self::ListItem),
        ("table", Self::Table),
        ("caption", Self::Caption),
        ("footnote", Self::Footnote),
        ("front-matter", Self::FrontMatter),
    ];

    /// The part that a block belongs to.
    #[must_use]
    pub fn of(kind: &BlockKind) -> Self {
        match kind {
            BlockKind::FrontMatter { .. } => Self::FrontMatter,
            BlockKind::Heading { .. } => Self::Heading,
            BlockKind::Paragraph => Self::Paragraph,
            BlockKind::ListItem { .. } => Self::ListItem,
            BlockKind::TableHeader { .. } | BlockKind::TableCell { .. } => Self::Table,
            BlockKind::Footnote { .. } => Self::Footnote,
            BlockKind::ImageAlt | BlockKind::Caption => Self::Caption,
        }
    }
}

/// Words found in a block.
#[derive(Debug)]
struct Found {
    /// Index of the block.
    block: usize,
    /// Bytes of its prose to underline.
    words: Range<usize>,
    /// Bytes of its prose that the pattern covers.
    whole: Range<usize>,
}

impl PhraseRule {
    pub(super) fn check(&self, context: &Context<'_>, findings: &mut Vec<Finding>) {
        let mut found = self.matched(context);
        self.add_regex_matches(context, &mut found);
        if found.is_empty() {
            return;
        }
        if !self.about.is_empty() && !is_subject(context, &self.about) {
            found.retain(|found| self.is_named_beside(context, found));
        }
        self.drop_exceptions(context, &mut found);
        found.retain(|found| self.reads(context, found));
        found.sort_by_key(|found| (found.block, found.words.start, std::cmp::Reverse(found.words.end)));
        for found in longest_of_each_group(found) {
            let block = &context.document.blocks[found.block];
            let words = &block.prose.text()[found.words.clone()];
            let message = fill(&context.rule.message, &[("match", words)]);
            findings.push(Finding::new(context, block.prose.source_span(found.words), message));
        }
    }

    fn matched(&self, context: &Context<'_>) -> Vec<Found> {
        let document = context.document;
        let matches = self.any.iter().flat_map(|&pattern| context.facts.matches.of(pattern));
        matches
            .map(|found| {
                let block = document.block(found.block);
                Found {
                    block: found.block.index(),
                    words: block.token_range(found.underlined()),
                    whole: block.token_range(found.range()),
                }
            })
            .collect()
    }

    fn add_regex_matches(&self, context: &Context<'_>, found: &mut Vec<Found>) {
        for regex in &self.regex {
            for (index, block) in context.document.blocks.iter().enumerate() {
                let matches = regex.find_iter(block.prose.text()).filter(|words| !words.is_empty());
                found.extend(matches.map(|words| Found { block: index, words: words.range(), whole: words.range() }));
            }
        }
    }

    /// Whether the rule looks where the words stand.
    fn reads(&self, context: &Context<'_>, found: &Found) -> bool {
        let block = &context.document.blocks[found.block];
        if !self.within.is_empty() && !self.within.contains(&Part::of(&block.kind)) {
            return false;
        }
        if self.cleared_by_source && has_source(context, block, found) {
            return false;
        }
        !context.facts.references.in_list(block.prose.source_span(found.words.clone()))
    }

    /// Whether the sentence where the words begin names what the rule is about.
    fn is_named_beside(&self, context: &Context<'_>, found: &Found) -> bool {
        let block = &context.document.blocks[found.block];
        let at = found.words.start;
        let sentence = block.sentences.iter().position(|sentence| sentence.range.contains(&at));
        sentence.is_some_and(|sentence| is_named(context, &self.about, block.id, sentence))
    }

    fn drop_exceptions(&self, context: &Context<'_>, found: &mut Vec<Found>) {
        let document = context.document;
        let mut exceptions: Vec<(usize, Range<usize>)> = Vec::new();
        for &pattern in &self.except {
            exceptions.extend(context.facts.matches.of(pattern).map(|found| {
                let block: &Block = document.block(found.block);
                (found.block.index(), block.token_range(found.range()))
            }));
        }
        if exceptions.is_empty() {
            return;
        }
        exceptions.sort_by_key(|(block, range)| (*block, range.start));
        found.retain(|found| {
            let from = exceptions.partition_point(|(block, _)| *block < found.block);
            let near = exceptions[from..]
                .iter()
                .take_while(|(block, range)| *block == found.block && range.start < found.whole.end);
            !near.into_iter().any(|(_, range)| found.whole.start < range.end)
        });
    }
}

/// Whether a reader can follow a source in the sentence where the words begin.
fn has_source(context: &Context<'_>, block: &Block, found: &Found) -> bool {
    let at = found.words.start;
    let sentence = block.sentences.iter().map(|sentence| &sentence.range).find(|range| range.contains(&at));
    let sentence = sentence.unwrap_or(&found.words).clone();
    context.facts.references.followable_in(block.prose.source_span(sentence))
}

/// Of words that overlap one another the longest, and of equals the first.
fn longest_of_each_group(sorted: Vec<Found>) -> Vec<Found> {
    let mut longest: Vec<Found> = Vec::new();
    let mut end = 0;
    for found in sorted {
        match longest.last_mut() {
            Some(last) if last.block == found.block && found.words.start < end => {
                end = end.max(found.words.end);
                if last.words.len() < found.words.len() {
                    *last = found;
                }
            }
            _ => {
                end = found.words.end;
                longest.push(found);
            }
        }
    }
    longest
}

#[cfg(test)]
mod tests {
    use super::super::tests::check;

    const RULE: &str = "phrase.any = [\"breakthrough~\", \"a breakthrough [in care]\", \"«cure» all\"]\n\
        phrase.except = [\"breakthrough pain\"]\n";

    #[test]
    fn words_are_flagged_unless_an_exception_overlaps() {
        assert_eq!(check(RULE, "A **break\u{ad}through** it is."), ["A **break\u{ad}through"]);
        assert_eq!(check(RULE, "Opioids for breakthrough pain."), Vec::<String>::new());
        assert_eq!(check(RULE, "Breakthroughs, they say.\n\n> Breakthrough."), ["Breakthroughs", "Breakthrough"]);
        assert_eq!(check(RULE, "It will cure all."), ["cure"]);
    }

    #[test]
    fn overlapping_words_are_one_finding() {
        assert_eq!(check(RULE, "It is a breakthrough in\ncare."), ["a breakthrough in\ncare"]);
    }

    #[test]
    fn code_is_not_read() {
        assert_eq!(check(RULE, "See `breakthrough` and\n\n    breakthrough\n"), Vec::<String>::new());
    }

    #[test]
    fn front_matter_is_read_where_readers_see_it() {
        let text = "---\ntitle: A breakthrough\nslug: breakthrough\n---\nText.\n";
        assert_eq!(check(RULE, text), ["A breakthrough"]);
    }

    #[test]
    fn regular_expressions_read_prose() {
        let rule = "regex.any = ['100\\s?%']\nphrase.except = [\"100 % cotton\"]\n";
        assert_eq!(check(rule, "It is **100** % safe."), ["100** %"]);
        assert_eq!(check(rule, "100% cotton"), Vec::<String>::new());
    }

    #[test]
    fn a_rule_can_be_confined_to_what_the_article_is_about() {
        let rule = "phrase.any = [\"no downtime\"]\nphrase.about = [\"peel~\"]\n";
        assert_eq!(check(rule, "There is no downtime."), Vec::<String>::new());
        assert_eq!(check(rule, "A peel has no downtime. Clusters have no downtime."), ["no downtime"]);
        assert_eq!(check(rule, "# Peels\n\nThere is no downtime.\n"), ["no downtime"]);
        assert_eq!(check(rule, "---\ntitle: Peels\n---\nThere is no downtime.\n"), ["no downtime"]);
    }

    #[test]
    fn a_source_in_the_sentence_can_clear_the_words() {
        let rule = "phrase.any = [\"studies show\"]\nphrase.cleared-by-source = true\n";
        let link = "Studies show it ([Lee 2019](https://doi.org/10.1000/1)).";
        assert_eq!(check(rule, link), Vec::<String>::new());
        assert_eq!(check("phrase.any = [\"studies show\"]\n", link), ["Studies show"]);
        assert_eq!(check(rule, &format!("Studies show it. {link}")), ["Studies show"]);
    }

    #[test]
    fn a_rule_can_be_confined_to_parts() {
        let rule = "phrase.any = [\"miracle\"]\nphrase.in = [\"heading\", \"list-item\"]\n";
        assert_eq!(check(rule, "# A miracle\n\nA miracle.\n\n- miracle\n").len(), 2);
    }
}
