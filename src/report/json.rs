//! `json`: the JSON contract, version 1. See `docs/json.md`.
//!
//! One document per run, one diagnostic per line, keys in a fixed order, none left
//! out. It is written as it is made; only what is known at the end (`files`) comes last.

use std::io::{self, Write};

use serde::Serialize;

use crate::diagnostic::Diagnostic;
use crate::facts::Market;
use crate::source::SourceFile;

use super::{FileCounts, Reporter, RunHeader};

/// Version of the contract. Keys may be added within a version; none is removed or changes its meaning.
const VERSION: u32 = 1;

/// Writes the JSON contract.
pub(super) struct Json<'a, W> {
    out: W,
    run: &'a RunHeader,
    /// Diagnostics written; `None` before the head is.
    written: Option<usize>,
}

#[derive(Serialize)]
struct Tool {
    name: &'static str,
    version: &'static str,
}

impl<'a, W: Write> Json<'a, W> {
    pub(super) fn new(out: W, run: &'a RunHeader) -> Self {
        Self { out, run, written: None }
    }

    /// Writes what comes before the diagnostics, once.
    fn head(&mut self) -> io::Result<usize> {
        if let Some(written) = self.written {
            return Ok(written);
        }
        let run = self.run;
        let tool = Tool { name: env!("CARGO_PKG_NAME"), version: env!("CARGO_PKG_VERSION") };
        let markets: Vec<&str> = run.markets.iter().map(|market: &Market| market.name()).collect();
        write!(self.out, "{{\"version\":{VERSION},\n\"tool\":{},\n", line(&tool)?)?;
        write!(self.out, "\"as_of\":\"{}\",\n\"markets\":{},\n", run.as_of, line(&markets)?)?;
        write!(self.out, "\"rulesets\":{},\n\"inputs\":{},\n", line(&run.rulesets)?, line(&run.inputs)?)?;
        write!(self.out, "\"diagnostics\":[")?;
        self.written = Some(0);
        Ok(0)
    }
}

fn line(value: &impl Serialize) -> io::Result<String> {
    Ok(serde_json::to_string(value)?)
}

impl<W: Write> Reporter for Json<'_, W> {
    fn article(&mut self, _source: Option<&SourceFile>, diagnostics: &[Diagnostic]) -> io::Result<()> {
        let mut written = self.head()?;
        for diagnostic in diagnostics {
            let comma = if written == 0 { "" } else { "," };
            write!(self.out, "{comma}\n{}", line(diagnostic)?)?;
            written += 1;
        }
        self.written = Some(written);
        Ok(())
    }

    fn finish(&mut self, files: FileCounts) -> io::Result<()> {
        self.head()?;
        writeln!(self.out, "],\n\"files\":{}}}", line(&files)?)?;
        self.out.flush()
    }
}
