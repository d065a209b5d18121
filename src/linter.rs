//! The linter: one document in, its diagnostics out. No I/O, no clock.
//!
//! Stages, in this order: facts → rules → suppress → merge → sort.

use jiff::civil::Date;

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

impl Linter<'_> {
    /// Checks one document.
    #[must_use]
    pub fn check(&self, document: &Document<'_>) -> Vec<Diagnostic> {
        let facts = Facts::gather(document, self.rulesets, self.inputs, Profile::default());
        let mut findings: Vec<Finding> = Vec::new();
        for (index, rule) in self.rulesets.rules.iter().enumerate() {
            let context =
                Context { document, facts: &facts, rulesets: self.rulesets, inputs: self.inputs, rule, index };
            rule.check(&context, &mut findings);
        }
        Vec::new()
    }
}
