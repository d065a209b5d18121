//! Checks a string and prints what is found: caveat as a library.
//!
//! ```text
//! cargo run --example lint_string
//! ```
#![allow(clippy::print_stdout, reason = "an example prints")]

use std::error::Error;

use caveat::document::Document;
use caveat::facts::Market;
use caveat::linter::{Inputs, LintOptions, Linter};
use caveat::ruleset::RuleSets;
use caveat::source::SourceFile;
use jiff::civil::date;

const ARTICLE: &str = "\
# Exosome therapy

Exosome therapy cures arthritis. In a study of 12 people, pain may have eased.
";

fn main() -> Result<(), Box<dyn Error>> {
    // Rule sets are compiled once and shared by all articles and threads.
    let rulesets = RuleSets::builtin()?;
    let inputs = Inputs::new(date(2026, 11, 20));
    let linter = Linter { rulesets: &rulesets, inputs: &inputs };

    // Options hold for one article: which rules run, where it is published.
    let mut options = LintOptions::new(&rulesets);
    options.markets = vec![Market::Us];

    let source = SourceFile::new("exosomes.md", ARTICLE);
    let document = Document::parse(&source);
    for diagnostic in linter.check(&document, &options).diagnostics {
        let (line, column) = (diagnostic.start.line, diagnostic.start.column);
        println!("{line}:{column} {} '{}': {}", diagnostic.severity, diagnostic.text, diagnostic.message);
    }
    Ok(())
}
