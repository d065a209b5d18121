//! `concise`: one line per finding, `path:line:column: severity[rule] message`.

use std::io::{self, Write};

use crate::diagnostic::Diagnostic;
use crate::source::SourceFile;

use super::render::one_line;
use super::{FileCounts, Reporter};

/// Writes one line per finding.
pub(super) struct Concise<W> {
    out: W,
}

impl<W: Write> Concise<W> {
    pub(super) fn new(out: W) -> Self {
        Self { out }
    }
}

impl<W: Write> Reporter for Concise<W> {
    fn article(&mut self, _source: Option<&SourceFile>, diagnostics: &[Diagnostic]) -> io::Result<()> {
        for Diagnostic { path, start, severity, rule, message, .. } in diagnostics {
            let (path, message) = (one_line(path), one_line(message));
            writeln!(self.out, "{path}:{}:{}: {severity}[{rule}] {message}", start.line, start.column)?;
        }
        Ok(())
    }

    fn finish(&mut self, _files: FileCounts) -> io::Result<()> {
        self.out.flush()
    }
}
