//! Merging: one finding per assertion, and one per fault of wording.
//!
//! Several rules may speak of the same words. The gravest speaks, the others
//! stand in its `also`. This comes after suppression, so that hiding the gravest
//! shows the next.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use crate::diagnostic::{Category, Severity};
use crate::rule::{Finding, Rule, RuleKind};
use crate::source::Span;

/// Findings around a finding that are looked at; more do not stand there in practice.
const DEPTH: usize = 4;

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

/// Merges findings on one assertion, and findings of one category about wording of which
/// one stands within the other: `completely safe` within `is completely safe`. Two
/// assertions stay two, unless their words are the same. Checks of markers, dates and duties are never merged: two missing
/// statements may point at the same words.
pub(super) fn merge(mut findings: Vec<Graded>, rules: &[Rule]) -> Vec<Merged> {
    findings.sort_by(|a, b| order(a).cmp(&order(b)));
    let mut groups: Vec<Vec<Graded>> = Vec::new();
    let mut by_assertion: BTreeMap<usize, usize> = BTreeMap::new();
    let mut open: BTreeMap<Category, Vec<Words>> = BTreeMap::new();
    for graded in findings {
        let Finding { span, assertion, .. } = graded.finding;
        let wording = rules.get(graded.finding.rule).filter(|rule| is_wording(rule)).map(|rule| rule.category);
        let around = wording.and_then(|category| within(open.entry(category).or_default(), span, assertion));
        let known = assertion.and_then(|at| by_assertion.get(&at).copied()).or(around);
        let group = known.unwrap_or(groups.len());
        if let Some(assertion) = assertion {
            by_assertion.entry(assertion).or_insert(group);
        }
        if let Some(category) = wording {
            open.entry(category).or_default().push(Words { span, assertion, group });
        }
        match groups.get_mut(group) {
            Some(members) => members.push(graded),
            None => groups.push(vec![graded]),
        }
    }
    groups.into_iter().filter_map(settle).collect()
}

/// A finding about wording that later ones may stand within.
struct Words {
    span: Span,
    assertion: Option<usize>,
    group: usize,
}

/// The group of a finding of the same category that encloses the span. Findings that
/// end before it begins are let go, so that the search stays short.
fn within(open: &mut Vec<Words>, span: Span, assertion: Option<usize>) -> Option<usize> {
    while open.last().is_some_and(|last| last.span.end <= span.start && last.span != span) {
        open.pop();
    }
    // Two rules that read the same claim in the very same words make an assertion each.
    let apart = |words: &&Words| {
        words.span != span && words.assertion.is_some() && assertion.is_some() && words.assertion != assertion
    };
    let mut around = open.iter().rev().take(DEPTH).filter(|words| words.span.encloses(span));
    around.find(|words| !apart(words)).map(|words| words.group)
}

/// Source order, the longer first, then rule, so that the outcome hangs on nothing else.
fn order(graded: &Graded) -> (usize, Reverse<usize>, usize, &str) {
    let Finding { span, rule, message, .. } = &graded.finding;
    (span.start, Reverse(span.end), *rule, message)
}

/// Whether a rule finds faults of wording.
fn is_wording(rule: &Rule) -> bool {
    matches!(rule.kind, RuleKind::Phrase(_) | RuleKind::Claim(_))
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
