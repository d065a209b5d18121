//! Whether markers and entries agree: none leads nowhere, none is left out.

use crate::facts::{EntryOrigin, Marker, MarkerStyle, References, Target};
use crate::rule::{Context, Finding};

use super::finding;

/// Markers that lead to no entry.
pub(super) fn undefined_markers(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let references = &context.facts.references;
    for marker in &references.markers {
        if !can_be_undefined(references, marker) {
            continue;
        }
        let mut at = 0;
        while at < marker.cites.len() {
            // The numbers of one range share a span, and one finding.
            let span = marker.cites[at].span;
            let len = marker.cites[at..].iter().take_while(|cite| cite.span == span).count();
            let missing: Vec<String> = marker.cites[at..at + len]
                .iter()
                .filter(|cite| cite.entries.is_empty())
                .map(|cite| name(&cite.target))
                .collect();
            at += len;
            if missing.is_empty() {
                continue;
            }
            let span = if marker.cites.len() == len { marker.span } else { span };
            findings.push(finding(context, span, &[("marker", &missing.join(", "))]));
        }
    }
}

/// Whether the article has anything that the marker could lead to.
fn can_be_undefined(references: &References, marker: &Marker) -> bool {
    let has = |origin| references.entries.iter().any(|entry| entry.origin == origin);
    match marker.style {
        MarkerStyle::Brackets | MarkerStyle::Parentheses | MarkerStyle::Superscript => {
            let numeric = references.style.is_none_or(|style| style.is_numeric() || style == MarkerStyle::LinkLabel);
            marker.sure && numeric && (!references.lists.is_empty() || references.style == Some(MarkerStyle::LinkLabel))
        }
        MarkerStyle::Footnote | MarkerStyle::LinkLabel => false,
        MarkerStyle::AuthorYear => marker.sure && references.style == Some(MarkerStyle::AuthorYear),
        MarkerStyle::Key => {
            marker.sure && !references.keys_missing && has(EntryOrigin::Bibliography) && !names_a_figure(marker)
        }
    }
}

/// Whether a key names a figure, table or section of the page itself, as Pandoc's filters do.
fn names_a_figure(marker: &Marker) -> bool {
    const PARTS: [&str; 9] = ["fig", "tbl", "tab", "eq", "sec", "lst", "thm", "lem", "exm"];
    marker.cites.iter().all(|cite| match &cite.target {
        Target::Key(key) => key.split_once([':', '-']).is_some_and(|(part, _)| PARTS.contains(&part)),
        _ => false,
    })
}

fn name(target: &Target) -> String {
    match target {
        Target::Number(number) => format!("[{number}]"),
        Target::Label(label) | Target::Key(label) => format!("'{label}'"),
        Target::Work { author, year } => format!("'{author}, {year}'"),
    }
}

/// Entries that no marker leads to.
pub(super) fn uncited_entries(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let references = &context.facts.references;
    let mut cited = vec![false; references.entries.len()];
    for cite in references.markers.iter().flat_map(|marker| &marker.cites) {
        for &entry in &cite.entries {
            cited[entry] = true;
        }
    }
    for list in &references.lists {
        let any_cited = cited[list.entries.clone()].contains(&true);
        // A list that only stands at the end, numbered by Markdown or not at all, is there to be read, not cited.
        if !any_cited && (!list.numbered || list.ordered) {
            continue;
        }
        // Nothing is cited at all: said once, at the heading.
        if !any_cited
            && list.entries.len() > 2
            && let Some(heading) = list.heading
        {
            let name = format!("none of the {} entries", list.entries.len());
            findings.push(finding(context, context.document.block(heading).span, &[("entry", &name)]));
            continue;
        }
        for at in list.entries.clone().filter(|&at| !cited[at]) {
            let entry = &references.entries[at];
            // Looking through the text for each of a thousand entries would take too long; such a list is cited by no means.
            let few = list.entries.len() <= 400;
            if !list.numbered && few && references.is_mentioned(context.document, entry) {
                continue;
            }
            findings.push(finding(context, entry.handle(context.document), &[("entry", &entry.name())]));
        }
    }
}

/// Markers in an article without a list: said once, at the first.
pub(super) fn no_list(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let references = &context.facts.references;
    if !references.lists.is_empty() || references.style.is_some() || !references.entries.is_empty() {
        return;
    }
    let brackets = references.markers.iter().filter(|marker| marker.style == MarkerStyle::Brackets);
    let markers: Vec<&Marker> = brackets.filter(|marker| ends_clause(context, marker)).collect();
    let cites = |number: u32| {
        markers.iter().any(|marker| marker.cites.iter().any(|cite| cite.target == Target::Number(number)))
    };
    // A single [1] in a text without a list can be anything; [1] and [2] that end clauses are citations.
    if cites(1) && cites(2) {
        let first = markers[0];
        let text = context.document.source.slice(first.span).to_owned();
        findings.push(finding(context, first.span, &[("marker", &text)]));
    }
}

/// Whether a marker stands behind a word, at the end of a clause or sentence.
fn ends_clause(context: &Context<'_>, marker: &Marker) -> bool {
    let text = context.document.block(marker.block).prose.text();
    let before = text[..marker.prose.start].trim_end_matches([' ', '\u{a0}']);
    let after = text[marker.prose.end..].trim_start_matches([' ', '\u{a0}']);
    before.ends_with(|c: char| c.is_alphabetic() || matches!(c, '.' | ',' | ')' | '%' | ']'))
        && (after.is_empty()
            || after.starts_with(['.', ',', ';', ':', '?', '!', ')', '['])
            || before.ends_with(['.', ',']))
}
