//! Numbers of the list: each once, none left out, in the order of first mention.

use std::collections::BTreeMap;

use crate::document::BlockKind;
use crate::facts::{Entry, MarkerStyle, ReferenceList, References, Target};
use crate::rule::{Context, Finding};
use crate::source::Span;

use super::{finding, label};

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

/// Numbers that are mentioned too early or too late.
fn mention_order(context: &Context<'_>, references: &References, findings: &mut Vec<Finding>) {
    let Some(list) = the_only_numbered_list(references) else { return };
    let mentions = first_mentions(context, references);
    let ranks: BTreeMap<u32, usize> = {
        let mut numbers: Vec<u32> =
            references.entries[list.entries.clone()].iter().filter_map(|entry| entry.number).collect();
        numbers.sort_unstable();
        numbers.dedup();
        numbers.into_iter().enumerate().map(|(rank, number)| (number, rank)).collect()
    };
    let mut found = Vec::new();
    let mut highest: Option<(usize, u32, Span)> = None;
    let mut late = 0;
    for &(number, span) in &mentions {
        let Some(&rank) = ranks.get(&number) else { continue };
        let expected = highest.map_or(0, |(highest, ..)| highest + 1);
        if rank > expected {
            let skipped = ranks.iter().find(|&(_, &other)| other == expected).map_or(1, |(&number, _)| number);
            found.push((
                span,
                format!("[{number}] is mentioned before [{skipped}]"),
                mentions.iter().find(|&&(other, _)| other == skipped).map(|mention| mention.1),
            ));
        } else if let Some((_, other, other_span)) = highest.filter(|&(highest, ..)| rank < highest) {
            late += 1;
            found.push((span, format!("[{number}] is first mentioned behind [{other}]"), Some(other_span)));
        }
        if highest.is_none_or(|(highest, ..)| rank > highest) {
            highest = Some((rank, number, span));
        }
    }
    if late > 1 && is_alphabetical(references, list) {
        return;
    }
    for (span, detail, other) in found {
        let mut finding = finding(context, span, &[("detail", &detail)]);
        finding.labels.extend(other.map(|other| label(context, other, "the other mention")));
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

/// Each number with the place where it is first mentioned, in the order of mention. Tables and
/// captions are read out of turn: what they mention counts as mentioned and is not checked.
fn first_mentions(context: &Context<'_>, references: &References) -> Vec<(u32, Span)> {
    let mut mentions: Vec<(u32, Span)> = Vec::new();
    for marker in references.markers.iter().filter(|marker| marker.style.is_numeric()) {
        let kind = &context.document.block(marker.block).kind;
        if matches!(kind, BlockKind::TableCell { .. } | BlockKind::TableHeader { .. } | BlockKind::Caption) {
            continue;
        }
        for cite in &marker.cites {
            let Target::Number(number) = cite.target else { continue };
            if !cite.entries.is_empty() && mentions.iter().all(|&(other, _)| other != number) {
                let span = if marker.cites.len() == 1 { marker.span } else { cite.span };
                mentions.push((number, span));
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
