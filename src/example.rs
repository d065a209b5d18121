//! Examples: the short articles in a rule set that a rule must flag or leave alone.
//!
//! A rule flags words when it finds them at its own level; a claim that a hedge
//! turns into a note is left alone.

use jiff::civil::{Date, date};

use crate::document::Document;
use crate::linter::{Inputs, LintOptions, Linter};
use crate::retraction::Retractions;
use crate::rule::{Example, Rule};
use crate::ruleset::RuleSets;
use crate::source::{SourceFile, Span};

/// The day on which examples are checked, unless their rule is not in force then.
pub const DAY: Date = date(2026, 1, 1);

/// How an example came out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Outcome {
    /// Must be left alone, and is.
    Validated,
    /// Must be flagged, and is, on the very words.
    Reported,
    /// Words that must be flagged are not.
    Missing,
    /// Words are flagged that must not be.
    Noisy,
}

impl Outcome {
    /// The outcome's name in output.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Validated => "validated",
            Self::Reported => "reported",
            Self::Missing => "missing",
            Self::Noisy => "noisy",
        }
    }

    /// Whether the example holds.
    #[must_use]
    pub fn holds(self) -> bool {
        matches!(self, Self::Validated | Self::Reported)
    }
}

/// An example, run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Run<'r> {
    /// Index of the rule.
    pub rule: usize,
    /// The example.
    pub example: &'r Example,
    /// How it came out.
    pub outcome: Outcome,
    /// Words that must be flagged and are not, in bytes of the example's text, marks included.
    pub missing: Vec<Span>,
    /// Words that are flagged and must not be, in bytes of the example's text, marks included.
    pub noisy: Vec<Span>,
}

/// Runs all examples of a rule: those of `flag`, then those of `pass`.
#[must_use]
pub fn run_rule(rulesets: &RuleSets, rule: usize) -> Vec<Run<'_>> {
    let Some(at_work) = rulesets.rules.get(rule) else { return Vec::new() };
    let options = options(rulesets, rule);
    let mut inputs = Inputs::new(day(at_work));
    // Rules that read a table of retractions have three made-up works to show it on.
    inputs.retractions = Some(Retractions::sample());
    let linter = Linter { rulesets, inputs: &inputs };
    let flag = at_work.flag.iter().map(|example| (example, true));
    let pass = at_work.pass.iter().map(|example| (example, false));
    flag.chain(pass).map(|(example, flag)| run(&linter, &options, rule, example, flag)).collect()
}

/// The rule alone, in an article of its market, kind of product, page and audience,
/// where the example's front matter does not say otherwise.
fn options(rulesets: &RuleSets, rule: usize) -> LintOptions {
    let mut options = LintOptions::new(rulesets).only(&[rule]);
    let at_work = &rulesets.rules[rule];
    options.markets.clone_from(&at_work.confines.markets);
    options.product_kinds.clone_from(&at_work.confines.product_kinds);
    options.kind = at_work.confines.kinds.first().cloned();
    options.audience = at_work.confines.audiences.first().cloned();
    if let Some(set) = rulesets.sets.get(at_work.set) {
        options.language.clone_from(&set.language);
    }
    options
}

/// A day on which the rule is in force.
fn day(rule: &Rule) -> Date {
    let day = rule.confines.effective.map_or(DAY, |first| first.max(DAY));
    rule.confines.until.map_or(day, |last| last.min(day))
}

fn run<'r>(linter: &Linter<'_>, options: &LintOptions, rule: usize, example: &'r Example, flag: bool) -> Run<'r> {
    let marked = Marked::new(&example.text);
    let source = SourceFile::new("example.md", marked.article.as_str());
    let document = Document::parse(&source);
    let level = linter.rulesets.rules[rule].level;
    let checked = linter.check(&document, options).diagnostics;
    // A hedged claim that is only noted is no flag.
    let mut found: Vec<Span> = checked.iter().filter(|one| one.severity >= level).map(|one| one.span).collect();
    found.sort();
    found.dedup();
    let missing: Vec<Span> =
        marked.words.iter().filter(|words| !found.contains(words)).map(|words| marked.in_example(*words)).collect();
    let noisy: Vec<Span> =
        found.iter().filter(|words| !marked.words.contains(words)).map(|words| marked.in_example(*words)).collect();
    let outcome = match (missing.is_empty(), noisy.is_empty()) {
        (true, true) if flag => Outcome::Reported,
        (true, true) => Outcome::Validated,
        (false, _) => Outcome::Missing,
        (true, false) => Outcome::Noisy,
    };
    Run { rule, example, outcome, missing, noisy }
}

/// An example's article without its marks, and the words between them.
#[derive(Debug, PartialEq, Eq)]
struct Marked {
    article: String,
    /// In bytes of the article, in order.
    words: Vec<Span>,
    /// Where marks stood, in bytes of the article, in order.
    marks: Vec<usize>,
}

/// Length of a mark in bytes; `«` and `»` take two each.
const MARK: usize = '«'.len_utf8();

impl Marked {
    fn new(text: &str) -> Self {
        let mut marked = Self { article: String::with_capacity(text.len()), words: Vec::new(), marks: Vec::new() };
        let mut open = None;
        for c in text.chars() {
            let at = marked.article.len();
            match c {
                '«' => open = Some(at),
                '»' => marked.words.extend(open.take().map(|open| Span::new(open, at))),
                _ => {
                    marked.article.push(c);
                    continue;
                }
            }
            marked.marks.push(at);
        }
        marked.words.sort();
        marked
    }

    /// A span of the article in bytes of the example: marks at its ends stay outside.
    fn in_example(&self, words: Span) -> Span {
        if words.is_empty() {
            return Span::new(words.start, words.start);
        }
        let before_start = self.marks.partition_point(|&mark| mark <= words.start);
        let before_end = self.marks.partition_point(|&mark| mark < words.end);
        Span::new(words.start + before_start * MARK, words.end + before_end.max(before_start) * MARK)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_taken_out_and_put_back() {
        let text = "A «big é» and «x».";
        let marked = Marked::new(text);
        assert_eq!(marked.article, "A big é and x.");
        let words: Vec<&str> = marked.words.iter().map(|words| &marked.article[words.range()]).collect();
        assert_eq!(words, ["big é", "x"]);
        let back: Vec<&str> = marked.words.iter().map(|words| &text[marked.in_example(*words).range()]).collect();
        assert_eq!(back, ["big é", "x"]);
    }

    #[test]
    fn words_beside_marks_keep_their_place() {
        let text = "«A» b «c»";
        let marked = Marked::new(text);
        let place = |words: &str| {
            let at = marked.article.find(words).expect("the words");
            &text[marked.in_example(Span::new(at, at + words.len())).range()]
        };
        assert_eq!(place(" b "), " b ");
        assert_eq!(place("b"), "b");
        assert_eq!(place("A b"), "A» b");
    }

    #[test]
    fn empty_marks_stand_for_the_whole_article() {
        assert_eq!(Marked::new("«»# PRP").words, [Span::at(0)]);
    }
}
