//! Dates, missing parts and damage of entries, and works that stand there twice.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::facts::{Entry, EntryOrigin};
use crate::identifier::IdentifierKind;
use crate::rule::{Context, Finding};

use super::identifiers::{dois, entries};
use super::{finding, label};

/// Dates later than the day of the run.
pub(super) fn future_dates(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let this_year = context.inputs.as_of.year();
    for entry in entries(context) {
        for (year, range) in &entry.fields.dates {
            if i32::from(*year) > i32::from(this_year) {
                let span = entry.source_span(context.document, range.clone());
                let detail = format!("{year} lies in the future");
                findings.push(finding(context, span, &[("entry", &entry.name()), ("detail", &detail)]));
            }
        }
        impossible_day(context, entry, findings);
    }
}

/// Days that no month has: `2020 Feb 31`.
fn impossible_day(context: &Context<'_>, entry: &Entry, findings: &mut Vec<Finding>) {
    for (month, days) in [
        ("Feb", 29),
        ("Apr", 30),
        ("Jun", 30),
        ("Sep", 30),
        ("Nov", 30),
        ("Jan", 31),
        ("Mar", 31),
        ("May", 31),
        ("Jul", 31),
        ("Aug", 31),
        ("Oct", 31),
        ("Dec", 31),
    ] {
        for (at, _) in entry.text.match_indices(month) {
            let rest = &entry.text[at..];
            let word = rest.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(rest.len());
            let spaces = rest[word..].len() - rest[word..].trim_start_matches([' ', '.', '\u{a0}']).len();
            let start = at + word + spaces;
            let digits = entry.text[start..].bytes().take_while(u8::is_ascii_digit).count();
            let behind = entry.text[start + digits..].chars().next();
            let day = (1..=2).contains(&digits)
                && spaces > 0
                && behind.is_none_or(|c| matches!(c, ';' | ',' | '.' | ':' | ')' | ' '));
            let number: u32 = entry.text[start..start + digits].parse().unwrap_or(0);
            let dated = entry.fields.years.iter().any(|(_, range)| {
                range.end + 2 >= at && range.end <= at || (start + digits..start + digits + 3).contains(&range.start)
            });
            if day && dated && number > days {
                let span = entry.source_span(context.document, at..start + digits);
                let detail = format!("{month} has no day {number}");
                findings.push(finding(context, span, &[("entry", &entry.name()), ("detail", &detail)]));
            }
        }
    }
}

/// Entries of works that lack a year.
pub(super) fn missing_parts(context: &Context<'_>, findings: &mut Vec<Finding>) {
    for entry in entries(context).filter(|entry| entry.origin == EntryOrigin::List) {
        let lower = entry.text.to_lowercase();
        let undated =
            ["n.d.", "in press", "forthcoming", "ahead of print", "submitted", "accepted", "unpublished", "no date"];
        let scholarly = entry
            .identifiers
            .iter()
            .any(|found| matches!(found.kind, IdentifierKind::Doi | IdentifierKind::Pmid | IdentifierKind::Pmcid));
        // A work whose year cannot be told from anything in its entry.
        if scholarly
            && entry.fields.years.is_empty()
            && entry.text.split_whitespace().count() > 8
            && !undated.iter().any(|word| lower.contains(word))
        {
            findings.push(finding(
                context,
                entry.handle(context.document),
                &[("entry", &entry.name()), ("detail", "has no year")],
            ));
        }
    }
}

/// Names of journals and groups that a search-and-replace has changed.
pub(super) fn damaged_names(context: &Context<'_>, findings: &mut Vec<Finding>) {
    for entry in entries(context) {
        let end = entry.fields.title.as_ref().map_or(entry.text.len(), |title| title.start);
        let authors = &entry.text[..end.min(entry.text.len())];
        if let Some((range, name)) = altered_group(authors) {
            let span = entry.source_span(context.document, range);
            let detail = format!("the group is called {name}");
            findings.push(finding(context, span, &[("entry", &entry.name()), ("detail", &detail)]));
        }
    }
}

/// A known group whose name goes on where it should end, with the words that do not belong to it.
fn altered_group(authors: &str) -> Option<(Range<usize>, &'static str)> {
    let groups = include_str!("../../../data/en/organisations.txt").lines().filter(|line| !line.starts_with('#'));
    for name in groups.filter(|name| !name.is_empty()) {
        let Some(at) = authors.find(name) else { continue };
        let end = at + name.len();
        let rest = &authors[end..];
        let place = rest.strip_prefix(" in ").or_else(|| rest.strip_prefix(" of "))?;
        let word = place.find(|c: char| !c.is_alphabetic()).unwrap_or(place.len());
        if place.starts_with(char::is_uppercase) && place[word..].starts_with(['.', ',', ';']) {
            let last = name.rfind(' ').map_or(at, |space| at + space + 1);
            return Some((last..end + rest.len() - place.len() + word, name));
        }
    }
    None
}

/// One work under two entries: by identifier, else by title and author.
pub(super) fn duplicates(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let mut seen: BTreeMap<String, &Entry> = BTreeMap::new();
    for entry in entries(context) {
        let keys = keys(entry);
        let other = keys.iter().find_map(|key| seen.get(key).copied());
        if let Some(other) = other {
            let mut found =
                finding(context, entry.handle(context.document), &[("entry", &entry.name()), ("other", &other.name())]);
            found.labels.push(label(context, other.handle(context.document), "the same work"));
            findings.push(found);
        }
        for key in keys {
            seen.entry(key).or_insert(entry);
        }
    }
}

/// What an entry's work can be known by.
fn keys(entry: &Entry) -> Vec<String> {
    let mut keys: Vec<String> = dois(entry).into_iter().map(|doi| format!("doi {doi}")).collect();
    for found in &entry.identifiers {
        if found.kind.names_a_work() && found.kind != IdentifierKind::Doi && found.fault.is_none() {
            keys.push(format!("{} {}", found.kind, found.value));
        }
    }
    let year = entry.fields.year.as_ref().map_or(0, |year| year.0);
    if let (Some(title), Some(author)) = (&entry.fields.title, &entry.fields.author) {
        let title = folded(&entry.text[title.clone()]);
        // Short titles ("Back pain") are shared by many pages.
        if title.split(' ').count() >= 4 {
            keys.push(format!("title {} {year} {title}", folded(&entry.text[author.clone()])));
        }
    }
    let whole = folded(&entry.text);
    if whole.len() >= 40 {
        keys.push(format!("text {whole}"));
    }
    keys
}

/// Letters and digits in lower case, words separated by one space.
fn folded(text: &str) -> String {
    let lower = text.to_lowercase();
    lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_group_whose_name_goes_on_is_found() {
        let text = "Marsh T; American College of Rheumatology in Oregon. ";
        let (range, name) = altered_group(text).unwrap();
        assert_eq!((&text[range], name), ("Rheumatology in Oregon", "American College of Rheumatology"));
        assert_eq!(altered_group("Marsh T; American College of Rheumatology. "), None);
        assert_eq!(altered_group("Study Group in Oregon. "), None);
    }
}
