//! The linter: one document in, its diagnostics out. No I/O, no clock.
//!
//! Stages, in this order: facts → rules → suppress → merge → sort.

mod options;

use jiff::civil::Date;

pub use options::{FrontMatterKeys, LintOptions, RuleLevel};

use crate::diagnostic::Diagnostic;
use crate::document::Document;
use crate::facts::{Facts, Profile};
use crate::rule::{Context, Finding};
use crate::ruleset::RuleSets;

/// What a run is given beside articles and rule sets.
#[derive(Debug)]
pub struct Inputs {
    /// The day the run counts as today.
    pub as_of: Date,
}

/// Applies compiled rule sets to documents.
#[derive(Debug)]
pub struct Linter<'a> {
    /// The rules.
    pub rulesets: &'a RuleSets,
    /// The run's inputs.
    pub inputs: &'a Inputs,
}

/// What the linter made of one document.
#[derive(Debug, Default)]
pub struct Checked {
    /// Findings in the order of span and rule.
    pub diagnostics: Vec<Diagnostic>,
    /// How many findings suppressions hid, before merging.
    pub suppressed: usize,
}

impl Linter<'_> {
    /// Checks one document under the options that hold for it.
    #[must_use]
    pub fn check(&self, document: &Document<'_>, options: &LintOptions) -> Checked {
        let facts = Facts::gather(document, self.rulesets, self.inputs, Profile::default());
        let mut findings: Vec<Finding> = Vec::new();
        for (index, rule) in self.rulesets.rules.iter().enumerate() {
            let context =
                Context { document, facts: &facts, rulesets: self.rulesets, inputs: self.inputs, options, rule, index };
            rule.check(&context, &mut findings);
        }
        Checked::default()
    }
}
