//! `caveat check`: settings → rule sets → walk → run → report → exit status.

use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::cli::{CheckArgs, FailOn};
use crate::diagnostic::{Category, Severity};
use crate::error::Error;
use crate::exit_status::{ExitStatus, Verdict};
use crate::linter::{Inputs, LintOptions, Linter};
use crate::ruleset::RuleSets;
use crate::runner::{self, Article, Origin, Outcome};
use crate::walk::{self, Found};

use super::Terminal;

/// Checks articles.
pub(super) fn check(args: &CheckArgs, terminal: &Terminal) -> Result<ExitStatus, Error> {
    let rulesets = RuleSets::builtin().map_err(|faults| {
        terminal.note(&faults.render());
        Error::Faults { count: faults.faults.len(), what: "the rule sets" }
    })?;
    let exclude: walk::Exclude = Arc::new(|_: &Path| false);
    let found = walk::walk(&args.paths, &exclude, args.force_exclude)?;
    let options = LintOptions::new(&rulesets);
    let inputs = Inputs { as_of: args.as_of.unwrap_or_else(|| jiff::Zoned::now().date()) };
    let linter = Linter { rulesets: &rulesets, inputs: &inputs };
    let articles: Vec<Article<'_>> = found
        .articles
        .iter()
        .map(|path| Article { path: walk::display(path), origin: Origin::File(path.clone()), options: &options })
        .collect();
    let threads = args.threads.or_else(|| std::thread::available_parallelism().ok()).map_or(1, usize::from);
    let mut tally = Tally::default();
    let mut out = terminal.stdout();
    runner::run(&linter, &articles, threads, |outcome| -> Result<(), Error> {
        tally.add(&outcome);
        for diagnostic in &outcome.diagnostics {
            writeln!(out, "{}: {}", diagnostic.path, diagnostic.message).map_err(stdout_error)?;
        }
        Ok(())
    })?;
    out.flush().map_err(stdout_error)?;
    let verdict = Verdict {
        gravest: tally.gravest,
        failed: tally.failed > 0,
        no_article: no_article(&found),
        fail_on: args.fail_on.unwrap_or(FailOn::Error).threshold(),
        exit_zero: args.exit_zero,
        allow_empty: args.allow_empty,
    };
    Ok(verdict.status())
}

fn stdout_error(source: io::Error) -> Error {
    Error::Output { path: PathBuf::from("standard output"), source }
}

/// Whether no article stood under the given paths, even before excludes.
fn no_article(found: &Found) -> bool {
    found.articles.is_empty() && !found.stdin && found.excluded == 0
}

/// What a run found, counted.
#[derive(Debug, Default)]
struct Tally {
    checked: usize,
    failed: usize,
    gravest: Option<Severity>,
}

impl Tally {
    fn add(&mut self, outcome: &Outcome) {
        let failed = outcome.source.is_none();
        self.checked += usize::from(!failed);
        self.failed += usize::from(failed);
        let findings = outcome.diagnostics.iter().filter(|diagnostic| diagnostic.category != Category::File);
        self.gravest = self.gravest.max(findings.map(|diagnostic| diagnostic.severity).max());
    }
}
