//! Suppressions: comments in an article that hide findings of named rules.
//!
//! A suppression that hides nothing, that has run out, or that names no rule is
//! told: it would hide a later fault unseen. Those for rules that do not run here
//! are left alone, so that one article can be checked under several settings.

mod directive;
mod region;

use std::cell::Cell;
use std::collections::BTreeMap;

use crate::diagnostic::{Applicability, Category, Fix, Notice};
use crate::document::{Comment, Document};
use crate::linter::{LintOptions, Target};
use crate::rule::Rule;
use crate::ruleset::RuleSets;
use crate::source::Span;
use crate::suggest;

use directive::{Directive, Malformed, Verb};
use region::{NextLines, Regions};

/// A finding about a suppression itself, or any other notice inside the article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Noticed {
    pub(crate) notice: &'static Notice,
    pub(crate) span: Span,
    pub(crate) message: String,
    pub(crate) fixes: Vec<Fix>,
}

/// One rule named in one suppression.
#[derive(Debug)]
struct Entry {
    target: Target,
    verb: Verb,
    /// The id as written.
    id: String,
    id_span: Span,
    fix: Option<Fix>,
    used: bool,
}

/// All suppressions of an article.
#[derive(Debug, Default)]
pub(crate) struct Suppressions {
    entries: Vec<Entry>,
    regions: BTreeMap<Target, Regions>,
    noticed: Vec<Noticed>,
}

impl Suppressions {
    /// Reads the suppressions of a document.
    pub(crate) fn read(
        document: &Document<'_>,
        rulesets: &RuleSets,
        options: &LintOptions,
        as_of: jiff::civil::Date,
    ) -> Self {
        let mut reader = Reader {
            document,
            names: Names { rulesets, suggestions: Cell::new(SUGGESTIONS) },
            next_lines: None,
            open: BTreeMap::new(),
            all: Self::default(),
        };
        for comment in &document.comments {
            let content = document.source.slice(comment.content);
            let directive = match directive::parse(content, comment.content.start) {
                None => continue,
                Some(Err(Malformed { span, message })) => {
                    reader.all.notice(&Notice::MALFORMED_SUPPRESSION, span, message);
                    continue;
                }
                Some(Ok(directive)) => directive,
            };
            if let Some((date, span)) = directive.until.filter(|(date, _)| *date < as_of) {
                let message = format!("this suppression ran out on {date}: it hides nothing");
                reader.all.notice(&Notice::EXPIRED_SUPPRESSION, span, message);
            } else if options.require_reason && !directive.has_reason && directive.verb != Verb::Enable {
                let message = format!("`{}` gives no reason: it hides nothing", directive.verb.name());
                reader.all.notice(&Notice::MISSING_REASON, comment.span, message);
            } else {
                reader.add(comment, &directive);
            }
        }
        reader.finish()
    }

    /// Whether a suppression hides a finding, which then counts as used.
    pub(crate) fn hides(&mut self, target: Target, span: Span) -> bool {
        let Some(entry) = self.regions.get(&target).and_then(|regions| regions.covering(span)) else { return false };
        self.entries[entry].used = true;
        true
    }

    /// What is wrong with the suppressions themselves, once all findings were shown to
    /// [`hides`](Self::hides). `ran` tells whether a target was looked for in this article.
    pub(crate) fn into_notices(mut self, ran: impl Fn(Target) -> bool) -> Vec<Noticed> {
        for entry in &self.entries {
            if entry.used || !ran(entry.target) {
                continue;
            }
            let message = if entry.verb == Verb::Enable {
                format!("'{}' is not disabled here", entry.id)
            } else {
                format!("this suppression of '{}' hides nothing", entry.id)
            };
            self.noticed.push(Noticed {
                notice: &Notice::UNUSED_SUPPRESSION,
                span: entry.id_span,
                message,
                fixes: entry.fix.iter().cloned().collect(),
            });
        }
        self.noticed
    }

    fn notice(&mut self, notice: &'static Notice, span: Span, message: String) {
        self.noticed.push(Noticed { notice, span, message, fixes: Vec::new() });
    }
}

/// Builds [`Suppressions`] from comments in source order.
struct Reader<'d> {
    document: &'d Document<'d>,
    names: Names<'d>,
    /// Worked out when the first comment asks for it.
    next_lines: Option<NextLines>,
    /// For each target that is disabled here: its entry, and where that began.
    open: BTreeMap<Target, (usize, usize)>,
    all: Suppressions,
}

impl Reader<'_> {
    fn add(&mut self, comment: &Comment, directive: &Directive) {
        if directive.verb == Verb::Enable && directive.rules.is_empty() {
            for (target, (entry, start)) in std::mem::take(&mut self.open) {
                self.all.regions.entry(target).or_default().add_range(Span::new(start, comment.span.start), entry);
            }
            return;
        }
        let mut known: Vec<(Target, &str, Span)> = Vec::new();
        let mut unknown: Vec<(Span, String)> = Vec::new();
        for (id, span) in &directive.rules {
            match self.names.resolve(id) {
                Ok(target) => known.push((target, id, *span)),
                Err(Unknown::NotLoaded) => {}
                Err(Unknown::No(message)) => unknown.push((*span, message)),
            }
        }
        // Several words that are no rules are most likely a reason without its mark.
        if let ([(first, _), .., (last, _)], false) = (unknown.as_slice(), directive.has_reason) {
            let span = first.cover(*last);
            let words = self.document.source.slice(span);
            let message = format!("'{words}' names no rules; a reason stands after two hyphens: -- {words}");
            self.all.notice(&Notice::MALFORMED_SUPPRESSION, span, message);
            return;
        }
        for (span, message) in unknown {
            self.all.notice(&Notice::UNKNOWN_RULE, span, message);
        }
        for (target, id, span) in known {
            self.add_rule(comment, directive, target, id, span);
        }
    }

    fn add_rule(&mut self, comment: &Comment, directive: &Directive, target: Target, id: &str, id_span: Span) {
        let index = self.all.entries.len();
        let fix = removal(self.document, comment, directive, id_span);
        let mut used = false;
        match directive.verb {
            Verb::DisableFile => self.all.regions.entry(target).or_default().add_file(index),
            Verb::DisableLine => {
                let line = self.document.source.lines().line(comment.span.start);
                self.add_line(target, Some(line), index);
            }
            Verb::DisableNextLine => {
                let after = self.document.source.lines().line(comment.span.end.max(1) - 1) + 1;
                let document = self.document;
                let next = self.next_lines.get_or_insert_with(|| NextLines::new(document)).from(after);
                self.add_line(target, next, index);
            }
            Verb::Disable => {
                self.open.entry(target).or_insert((index, comment.span.end));
            }
            Verb::Enable => {
                if let Some((entry, start)) = self.open.remove(&target) {
                    let range = Span::new(start, comment.span.start);
                    self.all.regions.entry(target).or_default().add_range(range, entry);
                    used = true;
                }
            }
        }
        self.all.entries.push(Entry { target, verb: directive.verb, id: id.to_owned(), id_span, fix, used });
    }

    fn add_line(&mut self, target: Target, line: Option<usize>, entry: usize) {
        if let Some(span) = line.and_then(|line| self.document.source.line_span(line)) {
            self.all.regions.entry(target).or_default().add_line(span, entry);
        }
    }

    fn finish(mut self) -> Suppressions {
        let end = self.document.source.text().len();
        for (target, (entry, start)) in self.open {
            self.all.regions.entry(target).or_default().add_range(Span::new(start, end), entry);
        }
        self.all
    }
}

/// The edit that takes a suppression of one rule away, where that leaves nothing behind:
/// the whole comment, with its line if it stands alone there, or the one id among several.
fn removal(document: &Document<'_>, comment: &Comment, directive: &Directive, id_span: Span) -> Option<Fix> {
    if matches!(directive.verb, Verb::Disable | Verb::Enable) {
        return None;
    }
    let text = document.source.text();
    let message = "remove the suppression";
    if directive.rules.len() > 1 {
        let next = directive.rules.iter().map(|(_, span)| *span).find(|span| span.start >= id_span.end);
        let before = text[..id_span.start].trim_end_matches(|c: char| c.is_whitespace() || c == ',').len();
        let span = next.map_or(Span::new(before, id_span.end), |next| Span::new(id_span.start, next.start));
        return Some(Fix::replace(Applicability::Safe, message, span, ""));
    }
    let lines = document.source.lines();
    let (first, last) = (lines.line(comment.span.start), lines.line(comment.span.end.max(1) - 1));
    let start = lines.start(first)?;
    let end = lines.start(last + 1).unwrap_or(text.len());
    let alone = text[start..comment.span.start].trim_matches([' ', '\t', '\u{feff}']).is_empty()
        && text[comment.span.end..end].trim().is_empty();
    let span = if alone { Span::new(start.max(document.source.body_start()), end) } else { comment.span };
    Some(Fix::replace(Applicability::Safe, message, span, ""))
}

/// Why an id names no target.
enum Unknown {
    /// Its rule set is not loaded in this run: nothing can be said.
    NotLoaded,
    /// No rule has it; what to tell.
    No(String),
}

/// Unknown ids of one article for which a likely one is looked for. Each search compares
/// all ids, so an article of nothing but slips must not ask for it without end.
const SUGGESTIONS: usize = 50;

/// From ids as written to rules.
struct Names<'r> {
    rulesets: &'r RuleSets,
    /// Searches for a likely id that are left.
    suggestions: Cell<usize>,
}

impl Names<'_> {
    fn resolve(&self, id: &str) -> Result<Target, Unknown> {
        let no = |message: String| Err(Unknown::No(message));
        if let Some(at) = Notice::ALL.iter().position(|notice| notice.id.eq_ignore_ascii_case(id)) {
            return match Notice::ALL[at].category {
                Category::Metadata => Ok(Target::Notice(at)),
                _ => no(format!("'{id}' cannot be hidden in an article; switch it off in the config")),
            };
        }
        let rules = &self.rulesets.rules;
        if id.contains('/') {
            let found = rules.iter().position(|rule| rule.id.eq_ignore_ascii_case(id));
            return found.map(Target::Rule).ok_or_else(|| self.unknown_in_set(id));
        }
        let named: Vec<usize> = (0..rules.len()).filter(|&at| bare(&rules[at].id).eq_ignore_ascii_case(id)).collect();
        match named.as_slice() {
            [one] => Ok(Target::Rule(*one)),
            [] => no(self.unknown_bare(id)),
            several => {
                let ids: Vec<&str> = several.iter().map(|&at| rules[at].id.as_str()).collect();
                no(format!("'{id}' stands in several rule sets; write {}", ids.join(" or ")))
            }
        }
    }

    fn unknown_in_set(&self, id: &str) -> Unknown {
        let set = id.split('/').next().unwrap_or_default();
        let loaded = self.rulesets.sets.iter().any(|loaded| loaded.id.eq_ignore_ascii_case(set));
        let advice = self.advice(id, |rule| &rule.id);
        if loaded || !advice.is_empty() {
            Unknown::No(format!("no rule has the id '{id}'{advice}"))
        } else {
            Unknown::NotLoaded
        }
    }

    fn unknown_bare(&self, id: &str) -> String {
        if Category::from_name(&id.to_lowercase()).is_some() {
            return format!("'{id}' is a category; a suppression names rules");
        }
        if self.rulesets.sets.iter().any(|set| set.id.eq_ignore_ascii_case(id)) {
            return format!("'{id}' is a rule set; a suppression names rules, as in '{id}/…'");
        }
        if matches!(id, "*" | "all") {
            return "a suppression names its rules; there is none for all of them".to_owned();
        }
        let advice = self.advice(id, |rule| bare(&rule.id));
        format!("no rule has the id '{id}'{advice}")
    }

    /// The id that one most likely stands for, to end a message with.
    fn advice(&self, id: &str, of: impl Fn(&Rule) -> &str) -> String {
        match self.suggestions.get().checked_sub(1) {
            None => String::new(),
            Some(left) => {
                self.suggestions.set(left);
                suggest::did_you_mean(id, self.rulesets.rules.iter().map(of))
            }
        }
    }
}

/// The part of a rule's id after its rule set.
fn bare(id: &str) -> &str {
    id.split_once('/').map_or(id, |(_, rule)| rule)
}

#[cfg(test)]
mod tests;
