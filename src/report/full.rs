//! `full`: the article's lines with the words underlined, for people.
//!
//! What a rule asks for and whose authority it rests on is the same for all its
//! findings, so it is shown with the first of them in an article. Several findings on
//! the same words, such as all the statements that a claim asks for, show them once.

use std::collections::BTreeSet;
use std::io::{self, Write};

use crate::diagnostic::{Authority, Diagnostic, Fix, Label};
use crate::source::{SourceFile, Span};

use super::render::{Problem, render};
use super::{FileCounts, Reporter, RunHeader};

/// Writes each finding with its lines, and the first of a rule with help and authority.
pub(super) struct Full<'a, W> {
    out: W,
    run: &'a RunHeader,
    color: bool,
}

impl<'a, W: Write> Full<'a, W> {
    pub(super) fn new(out: W, run: &'a RunHeader, color: bool) -> Self {
        Self { out, run, color }
    }
}

/// What was shown last: the words, and other places that were marked with them.
#[derive(Default)]
struct Shown {
    span: Span,
    labels: Vec<Label>,
}

impl Shown {
    /// Whether a place holds anything that was not shown just before.
    fn add(&mut self, span: Span, labels: &[Label]) -> bool {
        if span != self.span {
            *self = Self { span, labels: labels.to_vec() };
            return true;
        }
        let seen = self.labels.len();
        self.labels.extend(labels.iter().filter(|label| !self.labels.contains(label)).cloned().collect::<Vec<_>>());
        span == Span::default() || self.labels.len() > seen
    }
}

impl<W: Write> Reporter for Full<'_, W> {
    fn article(&mut self, source: Option<&SourceFile>, diagnostics: &[Diagnostic]) -> io::Result<()> {
        let files: Vec<&SourceFile> = source.into_iter().chain(&self.run.sources).collect();
        let mut explained = BTreeSet::new();
        let mut shown = Shown::default();
        for diagnostic in diagnostics {
            let first = explained.insert((&diagnostic.rule, &diagnostic.help));
            // The line of the rule set that asked is the same each time, too.
            let rule_line = |label: &&Label| self.run.sources.iter().any(|file| file.path() == label.path);
            let labels: Vec<Label> =
                diagnostic.labels.iter().filter(|label| first || !rule_line(label)).cloned().collect();
            let mut problem = Problem { labels: &labels, ..problem(diagnostic, first) };
            let Diagnostic { path, start, span, .. } = diagnostic;
            let place = format!("{path}:{}:{}, the words above", start.line, start.column);
            if !shown.add(*span, &labels) {
                problem = Problem { path: &place, span: None, labels: &[], ..problem };
            }
            self.out.write_all(render(&files, &problem, self.color).as_bytes())?;
        }
        Ok(())
    }

    fn finish(&mut self, _files: FileCounts) -> io::Result<()> {
        self.out.flush()
    }
}

/// What to show of a finding; `explain` adds what all findings of its rule share.
fn problem(diagnostic: &Diagnostic, explain: bool) -> Problem<'_> {
    let mut notes = Vec::new();
    notes.extend(diagnostic.help.as_ref().filter(|_| explain).map(|help| format!("help: {help}")));
    notes.extend(diagnostic.fixes.iter().map(|fix| format!("fix: {}", describe(fix))));
    if explain {
        notes.extend(diagnostic.authority.iter().map(|authority| format!("authority: {}", cite(authority))));
    }
    notes.extend(diagnostic.also.iter().map(|also| format!("also {}: {}", also.rule, also.message)));
    Problem {
        severity: diagnostic.severity,
        code: Some(&diagnostic.rule),
        message: &diagnostic.message,
        path: &diagnostic.path,
        span: (diagnostic.span != Span::default()).then_some(diagnostic.span),
        label: "",
        labels: &diagnostic.labels,
        notes,
    }
}

/// What a fix does. One short replacement is shown, so that nobody has to guess it.
fn describe(fix: &Fix) -> String {
    const SHORT: usize = 60;
    match fix.edits.as_slice() {
        [edit]
            if !edit.text.is_empty()
                && edit.text.len() <= SHORT
                && !edit.text.contains(['\n', '\r'])
                && !fix.message.contains(edit.text.trim()) =>
        {
            format!("{}: `{}`", fix.message, edit.text)
        }
        _ => fix.message.clone(),
    }
}

fn cite(authority: &Authority) -> String {
    let Authority { citation, url, market } = authority;
    let market = market.as_ref().map_or_else(String::new, |market| format!(" ({market})"));
    let url = url.as_ref().map_or_else(String::new, |url| format!(", {url}"));
    format!("{citation}{market}{url}")
}
