//! What several test files share.
#![allow(dead_code, reason = "not every test file uses all of it")]

use caveat::linter::Inputs;
use caveat::ruleset::{RuleSets, RuleSource};
use caveat::source::SourceFile;
use jiff::civil::Date;

/// Rule sets from name and text. Their faults are a failure of the test.
pub fn load(files: &[(&str, &str)]) -> RuleSets {
    let source = |(name, text): &(&str, &str)| RuleSource { file: SourceFile::new(*name, *text), builtin: false };
    RuleSets::load(files.iter().map(source).collect()).unwrap_or_else(|faults| panic!("{faults}"))
}

/// The built-in rule sets.
pub fn builtin() -> RuleSets {
    RuleSets::builtin().unwrap_or_else(|faults| panic!("{faults}"))
}

/// The inputs of a run on a day, with nothing else given.
pub fn inputs(as_of: Date) -> Inputs {
    Inputs::new(as_of)
}
