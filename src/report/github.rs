//! `github`: workflow commands that GitHub Actions shows beside the lines of a change.
//!
//! GitHub shows ten annotations of each severity per step and drops the rest in
//! silence; so at most ten are written, and the last line says how many are missing.

use std::io::{self, Write};

use crate::diagnostic::{Diagnostic, Severity};
use crate::source::{SourceFile, Span};

use super::{FileCounts, Reporter};

/// Annotations of one severity that GitHub shows per step.
const SHOWN: usize = 10;

/// Notes leave one place for the line on what is missing.
const NOTES_SHOWN: usize = SHOWN - 1;

/// Writes annotations.
pub(super) struct Github<W> {
    out: W,
    errors: usize,
    warnings: usize,
    notes: usize,
}

impl<W: Write> Github<W> {
    pub(super) fn new(out: W) -> Self {
        Self { out, errors: 0, warnings: 0, notes: 0 }
    }

    fn annotate(&mut self, diagnostic: &Diagnostic) -> io::Result<()> {
        let (command, count, most) = match diagnostic.severity {
            Severity::Error => ("error", &mut self.errors, SHOWN),
            Severity::Warning => ("warning", &mut self.warnings, SHOWN),
            Severity::Note => ("notice", &mut self.notes, NOTES_SHOWN),
        };
        *count += 1;
        if *count > most {
            return Ok(());
        }
        let Diagnostic { path, start, end, .. } = diagnostic;
        let (title, path) = (property(&diagnostic.rule), property(path.strip_prefix("./").unwrap_or(path)));
        write!(self.out, "::{command} title={title},file={path}")?;
        if diagnostic.span != Span::default() {
            write!(self.out, ",line={},endLine={}", start.line, end.line)?;
            // Columns are taken only for words on one line.
            if start.line == end.line {
                write!(self.out, ",col={},endColumn={}", start.column, end.column)?;
            }
        }
        let help = diagnostic.help.as_ref().map_or_else(String::new, |help| format!("\n{help}"));
        writeln!(self.out, "::{}", data(&format!("{}{help}", diagnostic.message)))
    }
}

impl<W: Write> Reporter for Github<W> {
    fn article(&mut self, _source: Option<&SourceFile>, diagnostics: &[Diagnostic]) -> io::Result<()> {
        diagnostics.iter().try_for_each(|diagnostic| self.annotate(diagnostic))
    }

    fn finish(&mut self, _files: FileCounts) -> io::Result<()> {
        let missing: Vec<String> = [
            (self.errors.saturating_sub(SHOWN), "error"),
            (self.warnings.saturating_sub(SHOWN), "warning"),
            (self.notes.saturating_sub(NOTES_SHOWN), "note"),
        ]
        .into_iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, name)| format!("{count} more {name}{}", if count == 1 { "" } else { "s" }))
        .collect();
        if !missing.is_empty() {
            let missing = missing.join(", ");
            writeln!(
                self.out,
                "::notice title=caveat::{missing} not shown here; upload --format sarif to see all findings"
            )?;
        }
        self.out.flush()
    }
}

/// Escapes the text of a command.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// Escapes a property of a command.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
