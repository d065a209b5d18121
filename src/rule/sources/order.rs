//! Numbers of the list: each once, none left out, in the order of first mention.

use std::collections::{BTreeMap, BTreeSet};

use crate::document::BlockKind;
use crate::facts::{Entry, MarkerStyle, ReferenceList, References, Target};
use crate::rule::{Context, Finding};
use crate::source::Span;

use super::{finding, label, renumber};

/// Entries whose number another entry of the list has already.
pub(super) fn duplicate_numbers(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let references = &context.facts.references;
    for list in &references.lists {
        let mut first: BTreeMap<u32, &Entry> = BTreeMap::new();
        for entry in numbered(references, list) {
            let Some(number) = entry.number else { continue };
            match first.get(&number) {
                Some(other) => {
                    let mut found = finding(context, entry.handle(context.document), &[("entry", &entry.name())]);
                    found.labels.push(label(
                        context,
                        other.handle(context.document),
                        "the first entry with this number",
                    ));
                    findings.push(found);
                }
                None => {
                    first.insert(number, entry);
                }
            }
        }
    }
}

fn numbered<'r>(references: &'r References, list: &ReferenceList) -> impl Iterator<Item = &'r Entry> {
    references.entries[list.entries.clone()].iter().filter(|entry| entry.numbered)
}

/// Numbers that the list leaves out.
pub(super) fn missing_numbers(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let references = &context.facts.references;
    for list in &references.lists {
        let mut numbers: Vec<(u32, &Entry)> =
            numbered(references, list).filter_map(|entry| Some((entry.number?, entry))).collect();
        numbers.sort_by_key(|(number, entry)| (*number, entry.span));
        let mut expected = 1;
        for (number, entry) in numbers {
            if number > expected && number - expected <= 50 {
                let missing = if number - expected == 1 {
                    format!("[{expected}]")
                } else {
                    format!("[{expected}] to [{}]", number - 1)
                };
                let values = [("detail", missing.as_str()), ("entry", &entry.name())];
                findings.push(finding(context, entry.handle(context.document), &values));
            }
            expected = expected.max(number + 1);
        }
    }
}

/// Entries and first mentions that are out of order.
pub(super) fn citation_order(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let references = &context.facts.references;
    list_order(context, references, findings);
    mention_order(context, references, findings);
}

/// Entries that stand before one with a smaller number.
fn list_order(context: &Context<'_>, references: &References, findings: &mut Vec<Finding>) {
    for list in &references.lists {
        let mut highest: Option<&Entry> = None;
        for entry in numbered(references, list) {
            match highest {
                Some(other) if entry.number < other.number => {
                    let detail = format!("{} stands behind {}", entry.name(), other.name());
                    let mut found = finding(context, entry.handle(context.document), &[("detail", &detail)]);
                    found.labels.push(label(context, other.handle(context.document), "stands before it"));
                    findings.push(found);
                }
                _ => highest = Some(entry),
            }
        }
    }
}

/// Where a number is first mentioned.
struct Mention {
    number: u32,
    span: Span,
    /// Whether it stands in the run of the text; tables and captions are read out of turn.
    in_turn: bool,
}

/// Numbers that are mentioned too early or too late.
fn mention_order(context: &Context<'_>, references: &References, findings: &mut Vec<Finding>) {
    let Some(list) = the_only_numbered_list(references) else { return };
    let mentions = first_mentions(context, references);
    let numbers: BTreeSet<u32> =
        references.entries[list.entries.clone()].iter().filter_map(|entry| entry.number).collect();
    let mut found: Vec<(Span, String, Option<Span>)> = Vec::new();
    let mut highest: Option<&Mention> = None;
    let mut late = 0;
    let mut seen: BTreeSet<u32> = BTreeSet::new();
    for mention in mentions.iter().filter(|mention| numbers.contains(&mention.number)) {
        let Mention { number, span, in_turn } = *mention;
        seen.insert(number);
        if !in_turn {
            continue;
        }
        let from = highest.map_or(0, |highest| highest.number + 1);
        let skipped = numbers.range(from.min(number)..number).find(|skipped| !seen.contains(skipped));
        if let Some(skipped) = skipped.filter(|_| number >= from) {
            let other = mentions.iter().find(|mention| mention.number == *skipped).map(|mention| mention.span);
            found.push((span, format!("[{number}] is mentioned before [{skipped}]"), other));
        } else if let Some(highest) = highest.filter(|highest| number < highest.number) {
            late += 1;
            found.push((
                span,
                format!("[{number}] is first mentioned behind [{}]", highest.number),
                Some(highest.span),
            ));
        }
        if highest.is_none_or(|highest| number > highest.number) {
            highest = Some(mention);
        }
    }
    if late > 1 && is_alphabetical(references, list) {
        return;
    }
    let order: Vec<u32> = mentions.iter().map(|mention| mention.number).collect();
    let mut fix = renumber::fix(context, references, list, &order);
    for (span, detail, other) in found {
        let mut finding = finding(context, span, &[("detail", &detail)]);
        finding.labels.extend(other.map(|other| label(context, other, "the other mention")));
        finding.fixes.extend(fix.take());
        findings.push(finding);
    }
}

/// The list that numeric markers lead to; none when there are several, which may each count from 1.
fn the_only_numbered_list(references: &References) -> Option<&ReferenceList> {
    let numeric = references.style.is_some_and(MarkerStyle::is_numeric);
    match &references.lists[..] {
        [list] if numeric => Some(list),
        _ => None,
    }
}

/// The first mention of each number, in order.
fn first_mentions(context: &Context<'_>, references: &References) -> Vec<Mention> {
    let mut mentions: Vec<Mention> = Vec::new();
    for marker in references.markers.iter().filter(|marker| marker.style.is_numeric()) {
        let kind = &context.document.block(marker.block).kind;
        let in_table = matches!(kind, BlockKind::TableCell { .. } | BlockKind::TableHeader { .. } | BlockKind::Caption);
        for cite in &marker.cites {
            let Target::Number(number) = cite.target else { continue };
            if !cite.entries.is_empty() && mentions.iter().all(|other| other.number != number) {
                let span = if marker.cites.len() == 1 { marker.span } else { cite.span };
                mentions.push(Mention { number, span, in_turn: !in_table && marker.sure });
            }
        }
    }
    mentions
}

/// Whether the list is ordered by author: then its numbers follow no order of mention.
fn is_alphabetical(references: &References, list: &ReferenceList) -> bool {
    let authors: Vec<String> = references.entries[list.entries.clone()]
        .iter()
        .filter_map(|entry| Some(entry.text[entry.fields.author.clone()?].to_lowercase()))
        .collect();
    authors.len() >= 5 && authors.is_sorted()
}
