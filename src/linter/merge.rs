//! Merging: one finding per assertion.
//!
//! Several rules may speak of the same words. The gravest speaks, the others
//! stand in its `also`. This comes after suppression, so that hiding the gravest
//! shows the next.

use std::collections::BTreeMap;

use crate::diagnostic::{Category, Severity};
use crate::rule::{Finding, Rule, RuleKind};
use crate::source::Span;

/// A finding with its severity in this run.
#[derive(Debug)]
pub(super) struct Graded {
    pub(super) finding: Finding,
    pub(super) severity: Severity,
}

/// The gravest finding on some words, and the others, the graver first.
#[derive(Debug)]
pub(super) struct Merged {
    pub(super) gravest: Graded,
    pub(super) also: Vec<Graded>,
}

/// Merges findings on one assertion, and findings of one category about the wording of
/// the very same bytes. Checks of markers, dates and duties are never merged: two
/// missing statements may point at the same words.
pub(super) fn merge(mut findings: Vec<Graded>, rules: &[Rule]) -> Vec<Merged> {
    findings.sort_by(|a, b| order(a).cmp(&order(b)));
    let mut groups: Vec<Vec<Graded>> = Vec::new();
    let mut by_assertion: BTreeMap<usize, usize> = BTreeMap::new();
    let mut by_words: BTreeMap<(Span, Category), usize> = BTreeMap::new();
    for graded in findings {
        let words = words(&graded, rules);
        let assertion = graded.finding.assertion;
        let known = assertion.and_then(|at| by_assertion.get(&at)).or_else(|| by_words.get(&words?)).copied();
        let group = known.unwrap_or(groups.len());
        if let Some(assertion) = assertion {
            by_assertion.entry(assertion).or_insert(group);
        }
        if let Some(words) = words {
            by_words.entry(words).or_insert(group);
        }
        match groups.get_mut(group) {
            Some(members) => members.push(graded),
            None => groups.push(vec![graded]),
        }
    }
    groups.into_iter().filter_map(settle).collect()
}

/// Source order, then rule, so that the outcome hangs on nothing else.
fn order(graded: &Graded) -> (Span, usize, &str) {
    (graded.finding.span, graded.finding.rule, &graded.finding.message)
}

/// What findings about wording are told apart by; `None` for other findings.
fn words(graded: &Graded, rules: &[Rule]) -> Option<(Span, Category)> {
    let rule = rules.get(graded.finding.rule)?;
    matches!(rule.kind, RuleKind::Phrase(_) | RuleKind::Claim(_)).then_some((graded.finding.span, rule.category))
}

/// Puts the gravest first. A rule that found the same words twice speaks once.
fn settle(mut members: Vec<Graded>) -> Option<Merged> {
    members.sort_by(|a, b| b.severity.cmp(&a.severity).then_with(|| order(a).cmp(&order(b))));
    let mut rest = members.into_iter();
    let gravest = rest.next()?;
    let mut also: Vec<Graded> = Vec::new();
    for other in rest {
        let told = |earlier: &Graded| {
            earlier.finding.rule == other.finding.rule && earlier.finding.message == other.finding.message
        };
        if !told(&gravest) && !also.iter().any(told) {
            also.push(other);
        }
    }
    Some(Merged { gravest, also })
}
