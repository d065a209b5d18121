//! How well the rules do on labelled units: precision, recall, and where they err.
//!
//! A unit is flagged when a finding of level warning or error, in a category of
//! claims, lies in it; or overlaps it, if it is at most twice as long as the unit.

use std::collections::BTreeMap;

use rayon::prelude::*;

use crate::diagnostic::{Category, Diagnostic, Severity};
use crate::document::Document;
use crate::example;
use crate::facts::Tier;
use crate::labels::{Unit, Verdict};
use crate::linter::{Inputs, LintOptions, Linter};
use crate::ruleset::RuleSets;
use crate::source::Span;

/// The categories of claims that a label can name; where several are found, the first counts.
pub const CLAIMS: [Category; 7] = [
    Category::Safety,
    Category::Efficacy,
    Category::Superiority,
    Category::Evidence,
    Category::Quantified,
    Category::Testimonial,
    Category::Approval,
];

/// One finding in a unit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hit {
    /// Id of the rule.
    pub rule: String,
    /// Its category.
    pub category: Category,
    /// The words.
    pub text: String,
}

/// A unit with what the rules found in it.
#[derive(Clone, Debug)]
pub struct Scored<'u> {
    /// The unit.
    pub unit: &'u Unit,
    /// What should happen to it.
    pub verdict: Verdict,
    /// What was found, in the order of place and rule.
    pub hits: Vec<Hit>,
}

impl Scored<'_> {
    /// Whether the unit was flagged.
    #[must_use]
    pub fn flagged(&self) -> bool {
        !self.hits.is_empty()
    }
}

/// Checks every unit in its context, in the order given.
#[must_use]
pub fn score<'u>(rulesets: &RuleSets, options: &LintOptions, units: &'u [Unit]) -> Vec<Scored<'u>> {
    let inputs = Inputs::new(example::DAY);
    let linter = Linter { rulesets, inputs: &inputs };
    let one = |unit: &'u Unit| {
        let (source, place) = unit.article();
        let document = Document::parse(&source);
        let found = linter.check(&document, options).diagnostics;
        let hits = found.iter().filter(|found| counts(found, place)).map(Hit::of).collect();
        Scored { unit, verdict: unit.verdict(), hits }
    };
    units.par_iter().map(one).collect()
}

/// Whether a finding flags the unit at `place`.
fn counts(found: &Diagnostic, place: Span) -> bool {
    found.severity >= Severity::Warning
        && CLAIMS.contains(&found.category)
        && found.span.end > place.start
        && found.span.start < place.end
        && found.span.len() <= 2 * place.len()
}

impl Hit {
    fn of(found: &Diagnostic) -> Self {
        Self { rule: found.rule.clone(), category: found.category, text: found.text.clone() }
    }
}

/// Right and wrong, counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Flagged, and rightly.
    pub hits: usize,
    /// Flagged, and wrongly.
    pub alarms: usize,
    /// Not flagged, and wrongly.
    pub misses: usize,
    /// Not flagged, and rightly.
    pub quiet: usize,
}

impl Counts {
    /// Counts units; those left out by their label do not count.
    #[must_use]
    pub fn of<'s, 'u: 's>(scored: impl IntoIterator<Item = &'s Scored<'u>>) -> Self {
        let mut counts = Self::default();
        for one in scored {
            match (one.verdict, one.flagged()) {
                (Verdict::Flag, true) => counts.hits += 1,
                (Verdict::Flag, false) => counts.misses += 1,
                (Verdict::Quiet, true) => counts.alarms += 1,
                (Verdict::Quiet, false) => counts.quiet += 1,
                (Verdict::LeftOut, _) => {}
            }
        }
        counts
    }

    /// The share of flagged units that are rightly so, 0 to 1; `None` when none is flagged.
    #[must_use]
    pub fn precision(self) -> Option<f64> {
        ratio(self.hits, self.hits + self.alarms)
    }

    /// The share of units to flag that are flagged, 0 to 1; `None` when there are none.
    #[must_use]
    pub fn recall(self) -> Option<f64> {
        ratio(self.hits, self.hits + self.misses)
    }

    /// Harmonic mean of precision and recall, 0 to 1; `None` when nothing is flagged or to flag.
    #[must_use]
    pub fn f1(self) -> Option<f64> {
        ratio(2 * self.hits, 2 * self.hits + self.alarms + self.misses)
    }
}

#[expect(clippy::cast_precision_loss, reason = "counts of units are far below 2^52")]
fn ratio(part: usize, whole: usize) -> Option<f64> {
    (whole > 0).then(|| part as f64 / whole as f64)
}

/// What one rule adds to the score.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct RuleScore {
    /// Units it flags rightly.
    pub hits: usize,
    /// Of these, units that no other rule flags.
    pub alone: usize,
    /// Units it flags wrongly.
    pub alarms: usize,
    /// Of these, units that no other rule flags: without the rule they would be quiet.
    pub alarms_alone: usize,
}

/// What each rule adds to the score, by id; rules that flag nothing are left out.
#[must_use]
pub fn by_rule<'s>(scored: &'s [Scored<'_>]) -> BTreeMap<&'s str, RuleScore> {
    let mut rules: BTreeMap<&str, RuleScore> = BTreeMap::new();
    for one in scored {
        let mut ids: Vec<&str> = one.hits.iter().map(|hit| hit.rule.as_str()).collect();
        ids.sort_unstable();
        ids.dedup();
        let alone = usize::from(ids.len() == 1);
        for id in ids {
            let rule = rules.entry(id).or_default();
            match one.verdict {
                Verdict::Flag => {
                    rule.hits += 1;
                    rule.alone += alone;
                }
                Verdict::Quiet => {
                    rule.alarms += 1;
                    rule.alarms_alone += alone;
                }
                Verdict::LeftOut => {}
            }
        }
    }
    rules
}

/// Of the units with each hedge that must be left alone: how many are, and how many there are.
#[must_use]
pub fn quiet_by_hedge(scored: &[Scored<'_>]) -> Vec<(&'static str, usize, usize)> {
    [("denied", Tier::Denied), ("bounded", Tier::Bounded), ("modal", Tier::Modal)]
        .into_iter()
        .map(|(name, tier)| {
            let with: Vec<&Scored<'_>> = scored.iter().filter(|one| one.unit.tier() == Some(tier)).collect();
            (name, with.iter().filter(|one| !one.flagged()).count(), with.len())
        })
        .collect()
}

/// How often units of each label, rightly flagged, were flagged in each category: the
/// first of [`CLAIMS`] that was found in them.
#[must_use]
pub fn confusion<'s>(scored: &'s [Scored<'_>]) -> BTreeMap<(&'s str, &'static str), usize> {
    let mut counts = BTreeMap::new();
    for one in scored.iter().filter(|one| one.verdict == Verdict::Flag) {
        let rank = |hit: &Hit| CLAIMS.iter().position(|category| *category == hit.category);
        if let Some(hit) = one.hits.iter().min_by_key(|hit| rank(hit)) {
            *counts.entry((one.unit.claim.as_str(), hit.category.name())).or_default() += 1;
        }
    }
    counts
}

#[cfg(test)]
mod tests {
    use super::*;

    fn unit(claim: &str, hedge: &str) -> Unit {
        let line = format!(
            r#"{{"id": "a", "text": "PRP heals.", "claim": "{claim}", "hedge": "{hedge}", "subject": "promoted"}}"#
        );
        serde_json::from_str(&line).expect("a unit")
    }

    fn hit(rule: &str, category: Category) -> Hit {
        Hit { rule: rule.to_owned(), category, text: "heals".to_owned() }
    }

    #[test]
    fn counts_and_measures_follow_from_labels_and_hits() {
        let units =
            [unit("efficacy", "unhedged"), unit("efficacy", "unhedged"), unit("none", "-"), unit("safety", "modal")];
        let scored: Vec<Scored<'_>> = units
            .iter()
            .zip([true, false, true, false])
            .map(|(unit, flagged)| Scored {
                unit,
                verdict: unit.verdict(),
                hits: if flagged {
                    vec![hit("a/b", Category::Evidence), hit("a/c", Category::Efficacy)]
                } else {
                    Vec::new()
                },
            })
            .collect();
        let counts = Counts::of(&scored);
        assert_eq!(counts, Counts { hits: 1, alarms: 1, misses: 1, quiet: 1 });
        assert_eq!((counts.precision(), counts.recall(), counts.f1()), (Some(0.5), Some(0.5), Some(0.5)));
        assert_eq!(quiet_by_hedge(&scored), [("denied", 0, 0), ("bounded", 0, 0), ("modal", 1, 1)]);
        assert_eq!(confusion(&scored), BTreeMap::from([(("efficacy", "efficacy"), 1)]));
        let rules = by_rule(&scored);
        assert_eq!(rules["a/b"], RuleScore { hits: 1, alone: 0, alarms: 1, alarms_alone: 0 });
    }

    #[test]
    fn nothing_to_measure_is_no_number() {
        assert_eq!(Counts::default().f1(), None);
        assert_eq!(Counts::default().precision(), None);
    }

    #[test]
    fn only_a_finding_in_the_unit_flags_it() {
        let found = |start, end, severity| Diagnostic {
            rule: "a/b".to_owned(),
            category: Category::Efficacy,
            severity,
            message: String::new(),
            help: None,
            authority: Vec::new(),
            path: String::new(),
            span: Span::new(start, end),
            text: String::new(),
            start: crate::source::Position { line: 1, column: 1 },
            end: crate::source::Position { line: 1, column: 1 },
            labels: Vec::new(),
            fixes: Vec::new(),
            also: Vec::new(),
            fingerprint: String::new(),
        };
        let unit = Span::new(10, 20);
        assert!(counts(&found(12, 15, Severity::Warning), unit));
        assert!(counts(&found(5, 11, Severity::Error), unit));
        assert!(!counts(&found(12, 15, Severity::Note), unit));
        assert!(!counts(&found(5, 10, Severity::Error), unit));
        assert!(!counts(&found(0, 30, Severity::Error), unit));
    }
}
