//! Advice on rule sets that load: what nobody uses, what writers would miss, whose
//! authority is not to be followed up.

use std::collections::BTreeMap;

use jiff::civil::Date;
use jiff::{Span as Time, ToSpan};

use crate::facts::Role;
use crate::pattern::PatternId;
use crate::rule::{Rule, RuleKind};
use crate::source::Span;

use super::RuleSets;

/// One piece of advice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Advice {
    /// Index of the rule set.
    pub set: usize,
    /// The words it is about.
    pub span: Span,
    /// What could be better, in one sentence.
    pub message: String,
    /// What to do.
    pub help: String,
}

/// After how long an instrument should be read again.
fn read_again() -> Time {
    1.year()
}

/// The list that names invitations to buy or book, which is read by its name too.
const CALL_TO_ACTION: &str = "call-to-action";

/// Advice on all rule sets, in the order of set and place. `as_of` is the day that counts as today.
#[must_use]
pub fn advice(rulesets: &RuleSets, as_of: Date) -> Vec<Advice> {
    let mut all: Vec<Advice> = unused(rulesets).collect();
    for rule in &rulesets.rules {
        all.extend(of_rule(rule, as_of));
    }
    all.extend(said_twice(&rulesets.rules));
    all.sort_by(|a, b| (a.set, a.span, &a.message).cmp(&(b.set, b.span, &b.message)));
    all
}

fn unused(rulesets: &RuleSets) -> impl Iterator<Item = Advice> {
    let known = |name: &str| name == CALL_TO_ACTION || Role::ALL.iter().any(|(list, _)| *list == name);
    rulesets.unused.iter().filter(move |unused| unused.what != "list" || !known(&unused.name)).map(|unused| Advice {
        set: unused.set,
        span: unused.span,
        message: format!("nothing uses the {} `{}`", unused.what, unused.name),
        help: match unused.what {
            "list" => format!("write @{} in a pattern, or take the list out", unused.name),
            _ => format!("name it in a rule, with required.statement = \"{}\", or take it out", unused.name),
        },
    })
}

/// Advice on one rule.
fn of_rule(rule: &Rule, as_of: Date) -> Vec<Advice> {
    let mut all = Vec::new();
    let mut advise = |message: String, help: &str| {
        all.push(Advice { set: rule.set, span: rule.span, message, help: help.to_owned() });
    };
    // What a built-in check finds is said by the check.
    if rule.why.is_none() && rule.kind.check().is_none() {
        advise("the rule does not say why it exists".to_owned(), "add a line like why = \"No trial has shown it.\"");
    }
    if rule.help.is_none() {
        advise(
            "the rule does not say what to write instead".to_owned(),
            "add a line like help = \"Say what was found.\"",
        );
    }
    if rule.provenance.is_empty() {
        advise(
            "the rule rests on nobody's authority".to_owned(),
            "add authority = [{ house = true }], or the instrument",
        );
    }
    for one in rule.provenance.iter().filter(|one| !one.house) {
        let citation = &one.citation;
        match one.read_on {
            None => advise(
                format!("nothing says when {citation} was read"),
                "add read-at, the page, and read-on, the day, to the authority",
            ),
            Some(day) if day.checked_add(read_again()).is_ok_and(|due| due <= as_of) => advise(
                format!("{citation} was read on {day}, a year ago or more"),
                "read it again, mend the rule, and set read-on to the day",
            ),
            Some(_) => {}
        }
    }
    if let Some(last) = rule.confines.until.filter(|last| *last < as_of) {
        advise(format!("the rule has not held since {last}"), "take it out, or set a later day");
    }
    all
}

/// Patterns that two phrase rules of the same markets look for.
fn said_twice(rules: &[Rule]) -> Vec<Advice> {
    let mut first: BTreeMap<PatternId, &Rule> = BTreeMap::new();
    let mut all = Vec::new();
    for rule in rules {
        let RuleKind::Phrase(phrase) = &rule.kind else { continue };
        for pattern in &phrase.any {
            match first.get(pattern) {
                Some(other) if other.confines.markets == rule.confines.markets => all.push(Advice {
                    set: rule.set,
                    span: rule.span,
                    message: format!("the rule looks for words that {} looks for too", other.id),
                    help: "leave them to one of the two rules".to_owned(),
                }),
                Some(_) => {}
                None => {
                    first.insert(*pattern, rule);
                }
            }
        }
    }
    all.dedup();
    all
}

#[cfg(test)]
mod tests {
    use std::fmt::Write;

    use jiff::civil::date;

    use super::*;
    use crate::ruleset::RuleSource;
    use crate::source::SourceFile;

    #[test]
    fn advice_is_given_at_its_place() {
        let toml = r#"format = 1
id = "clinic"
title = "Clinic"
version = "1"
[lists]
condition = ["knee pain"]
spare = ["x"]
[statements.status]
wordings = ["not approved"]
[[rule]]
id = "bare"
category = "efficacy"
level = "error"
message = "m"
until = 2020-01-01
phrase.any = ["cure~"]
[[rule]]
id = "old"
category = "efficacy"
level = "error"
message = "m"
why = "w"
help = "h"
authority = [{ citation = "Act 1", read-on = 2024-01-01 }, { citation = "Act 2" }, { house = true }]
phrase.any = ["heal~", "cure~"]
"#;
        let file = SourceFile::new("clinic.toml", toml);
        let rulesets = RuleSets::load(vec![RuleSource { file, builtin: false }]).expect("a sound rule set");
        let told = advice(&rulesets, date(2026, 1, 1)).iter().fold(String::new(), |mut text, one| {
            let _ = writeln!(text, "{}: {}; {}", rulesets.sets[one.set].source.slice(one.span), one.message, one.help);
            text
        });
        insta::assert_snapshot!(told);
    }
}
