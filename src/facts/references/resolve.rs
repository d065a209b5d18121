//! From markers to entries.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use crate::bibliography::Bibliography;
use crate::document::{BlockKind, Document, LinkKind};
use crate::source::Span;

use super::entry::{Entry, EntryOrigin};
use super::marker::{Cite, Marker, MarkerStyle, Target};
use super::{References, number};
use super::{label, list};

/// Adds footnote definitions as entries.
pub(super) fn add_footnotes(document: &Document<'_>, entries: &mut Vec<Entry>) {
    for definition in &document.footnote_definitions {
        let mut entry = Entry::new(EntryOrigin::Footnote, definition.mark);
        entry.label = Some(definition.label.clone());
        entry.label_span = Some(definition.mark);
        for &id in &definition.blocks {
            let block = document.block(id);
            let (back_link, len) = label::footnote_back_link(block);
            entry.back_link = entry.back_link.or(back_link);
            entry.add(document, id, len..block.prose.text().len());
        }
        list::describe(document, &mut entry);
        entries.push(entry);
    }
}

/// Adds link definitions as entries.
pub(super) fn add_link_definitions(document: &Document<'_>, entries: &mut Vec<Entry>) {
    for definition in &document.link_definitions {
        let mut entry = Entry::new(EntryOrigin::LinkDefinition, definition.span);
        entry.label = Some(definition.label.clone());
        entry.label_span = Some(definition.span);
        entry.links.push((definition.destination.clone(), definition.span));
        entry.text = definition.destination.clone();
        entry.identifiers = crate::identifier::find(&entry.text);
        entries.push(entry);
    }
}

/// Adds the works of bibliography files, those that the article names first.
pub(super) fn add_works(shared: &[Bibliography], own: &[Arc<Bibliography>], entries: &mut Vec<Entry>) {
    for work in own.iter().flat_map(|file| &file.works).chain(shared.iter().flat_map(|file| &file.works)) {
        let mut entry = Entry::new(EntryOrigin::Bibliography, Span::default());
        entry.label = Some(work.key.clone());
        entry.text = work.line();
        entries.push(entry);
    }
}

/// Adds footnote references as markers.
pub(super) fn footnote_markers(document: &Document<'_>, markers: &mut Vec<Marker>) {
    for reference in &document.footnote_references {
        let Some(block) = reference.block else { continue };
        let prose = &document.block(block).prose;
        let at = prose.offset_of(reference.span.start).unwrap_or(prose.text().len());
        let cite = Cite { span: reference.span, target: Target::Label(reference.label.clone()), entries: Vec::new() };
        markers.push(Marker {
            style: MarkerStyle::Footnote,
            span: reference.span,
            block,
            prose: at..at,
            cites: vec![cite],
            faults: Vec::new(),
            sure: true,
            mention: false,
        });
    }
}

/// Adds reference links that cite as markers: those whose text or label is a number, and those to a work.
pub(super) fn link_markers(document: &Document<'_>, references: &References, markers: &mut Vec<Marker>) {
    let mut found_here: Vec<Span> = markers.iter().map(|marker| marker.span).collect();
    found_here.sort_unstable();
    for link in &document.links {
        let (Some(block), Some(label)) = (link.block, &link.label) else { continue };
        if link.kind != LinkKind::Reference || references.in_list(link.span) {
            continue;
        }
        if matches!(document.block(block).kind, BlockKind::FrontMatter { .. }) {
            continue;
        }
        // A definition that leads within the page makes it a numeric marker, found as such.
        let before = found_here.partition_point(|span: &Span| span.end <= link.span.start);
        if found_here.get(before).is_some_and(|span| span.overlaps(link.span)) {
            continue;
        }
        // The reader must see a number; `[the cohort][1]` is a link like any other.
        if number::read(link.text.trim_matches(['[', ']', '\\'])).is_none() {
            continue;
        }
        let prose = &document.block(block).prose;
        let start = prose.offset_of(link.span.start).unwrap_or(prose.text().len());
        let end = (start + link.text.len()).min(prose.text().len());
        let cite = Cite { span: link.span, target: Target::Label(label.clone()), entries: Vec::new() };
        markers.push(Marker {
            style: MarkerStyle::LinkLabel,
            span: link.span,
            block,
            prose: start..end.max(start),
            cites: vec![cite],
            faults: Vec::new(),
            sure: true,
            mention: false,
        });
    }
}

/// The form in which labels of footnotes and links are compared: case folded, white space collapsed.
pub(super) fn normalise_label(label: &str) -> String {
    label.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

/// Ties every citation to the entries it names.
pub(super) fn resolve(entries: &[Entry], markers: &mut [Marker]) {
    let mut by_number: FxHashMap<u32, Vec<usize>> = FxHashMap::default();
    let mut by_label: FxHashMap<(EntryOrigin, String), Vec<usize>> = FxHashMap::default();
    for (at, entry) in entries.iter().enumerate() {
        if let Some(number) = entry.number {
            by_number.entry(number).or_default().push(at);
        }
        if let Some(label) = &entry.label {
            // Citation keys are compared as they are written.
            let key = if entry.origin == EntryOrigin::Bibliography { label.clone() } else { normalise_label(label) };
            by_label.entry((entry.origin, key)).or_default().push(at);
        }
    }
    for marker in markers {
        let origin = match marker.style {
            MarkerStyle::Footnote => EntryOrigin::Footnote,
            MarkerStyle::LinkLabel => EntryOrigin::LinkDefinition,
            _ => EntryOrigin::Bibliography,
        };
        for cite in &mut marker.cites {
            let found = match &cite.target {
                Target::Number(number) => by_number.get(number),
                Target::Label(label) => by_label.get(&(origin, normalise_label(label))),
                Target::Key(key) => by_label.get(&(origin, key.clone())),
                Target::Work { .. } => continue,
            };
            if let Some(found) = found {
                cite.entries.clone_from(found);
            }
        }
    }
}
