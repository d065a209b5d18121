//! Cited works that a table of retractions lists.

use crate::facts::{Entry, EntryOrigin};
use crate::identifier::{IdentifierKind, normalise_doi};
use crate::retraction::Nature;
use crate::rule::{Context, Finding};
use crate::source::Span;

use super::identifiers::dois;
use super::{finding, label};

/// Works that were retracted.
pub(super) fn retractions(context: &Context<'_>, findings: &mut Vec<Finding>) {
    listed(context, findings, |nature| nature == Nature::Retraction);
}

/// Works that carry a correction or an expression of concern.
pub(super) fn concerns(context: &Context<'_>, findings: &mut Vec<Finding>) {
    listed(context, findings, |nature| nature != Nature::Retraction);
}

fn listed(context: &Context<'_>, findings: &mut Vec<Finding>, wanted: impl Fn(Nature) -> bool) {
    let Some(table) = &context.inputs.retractions else { return };
    let references = &context.facts.references;
    for (at, entry) in references.entries.iter().enumerate() {
        let pmid = entry.identifiers.iter().find(|found| found.kind == IdentifierKind::Pmid && found.fault.is_none());
        let pmid = pmid.and_then(|found| found.value.parse().ok());
        let mut notices: Vec<_> = dois(entry).iter().filter_map(|doi| table.of(Some(doi), pmid)).collect();
        if notices.is_empty() {
            notices.extend(table.of(None, pmid));
        }
        let Some(notice) = notices.into_iter().max_by_key(|notice| notice.nature) else { continue };
        if !wanted(notice.nature) || admits(entry) {
            continue;
        }
        let citing =
            references.markers.iter().find(|marker| marker.cites.iter().any(|cite| cite.entries.contains(&at)));
        let span = if entry.origin == EntryOrigin::Bibliography {
            // The article names it by its key alone.
            let Some(marker) = citing else { continue };
            marker.span
        } else {
            entry.handle(context.document)
        };
        let detail = format!("{} {}, says {}", notice.nature.phrase(), notice.date, notice.file);
        let mut found = finding(context, span, &[("entry", &entry.name()), ("detail", &detail)]);
        if let Some(marker) = citing.filter(|marker| marker.span != span) {
            found.labels.push(label(context, marker.span, "cited here"));
        }
        findings.push(found);
    }
    outside_lists(context, findings, &wanted);
}

/// Works that the text links to without an entry.
fn outside_lists(context: &Context<'_>, findings: &mut Vec<Finding>, wanted: &impl Fn(Nature) -> bool) {
    let Some(table) = &context.inputs.retractions else { return };
    let entries = &context.facts.references.entries;
    for link in &context.document.links {
        let in_entry = |span: Span| entries.iter().any(|entry| entry.span.overlaps(span));
        let Some(doi) = normalise_doi(&link.destination).filter(|_| !in_entry(link.span)) else { continue };
        let Some(notice) = table.of(Some(&doi), None).filter(|notice| wanted(notice.nature)) else { continue };
        let detail = format!("{} {}, says {}", notice.nature.phrase(), notice.date, notice.file);
        findings.push(finding(context, link.span, &[("entry", &doi), ("detail", &detail)]));
    }
}

/// Whether the entry itself says that the work was retracted: then it is cited as such.
fn admits(entry: &Entry) -> bool {
    let lower = entry.text.to_lowercase();
    let marks = ["[retracted", "(retracted", " retracted", "retraction of", "retraction:"];
    lower.starts_with("retracted") || marks.iter().any(|mark| lower.contains(mark))
}
