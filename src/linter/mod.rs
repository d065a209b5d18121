//! The linter: one document in, its diagnostics out. No I/O, no clock.
//!
//! Stages, in this order: profile and facts → rules that hold → suppress → merge →
//! diagnostics, sorted. A suppressed finding is gone before merging, so that hiding
//! the gravest of several on the same words shows the next.

mod confine;
mod emit;
mod merge;
mod options;

use std::sync::Arc;

use jiff::civil::Date;

pub use options::{FrontMatterKeys, LintOptions, RuleLevel, Target};

use crate::bibliography::Bibliography;
use crate::diagnostic::{Diagnostic, Notice, Severity};
use crate::document::{Document, FrontMatterFault};
use crate::facts::{Facts, Profile};
use crate::journal::Journals;
use crate::retraction::Retractions;
use crate::rule::{Context, Finding};
use crate::ruleset::RuleSets;
use crate::source::Span;
use crate::suppression::{Noticed, Suppressions};

use merge::Graded;

/// What a run is given beside articles and rule sets.
#[derive(Debug)]
pub struct Inputs {
    /// The day the run counts as today.
    pub as_of: Date,
    /// Retracted works, when a table of them was given.
    pub retractions: Option<Retractions>,
    /// Bibliographies that all articles may cite from.
    pub bibliographies: Vec<Bibliography>,
    /// Journals that the house adds to the built-in table.
    pub journals: Option<Journals>,
}

impl Inputs {
    /// Inputs of a run that is given nothing but a day.
    #[must_use]
    pub fn new(as_of: Date) -> Self {
        Self { as_of, retractions: None, bibliographies: Vec::new(), journals: None }
    }
}

/// What one article is given beside its own text: what it names in its front matter, and what
/// was found where its links lead. Whoever reads files fills it in; the linter does not.
#[derive(Debug, Default)]
pub struct Beside {
    /// The bibliographies that its front matter names.
    pub bibliographies: Vec<Arc<Bibliography>>,
    /// Links into files that are not there, by the span of the link.
    pub dead_links: Vec<Span>,
    /// What its front matter names and could not be read: the place of the name, and the reason.
    pub unread: Vec<(Span, String)>,
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
        self.check_beside(document, options, &Beside::default())
    }

    /// Checks one document under the options that hold for it, given what was read beside it.
    #[must_use]
    pub fn check_beside(&self, document: &Document<'_>, options: &LintOptions, beside: &Beside) -> Checked {
        let profile = Profile::read(document, self.rulesets, options);
        let facts = Facts::gather(document, self.rulesets, self.inputs, beside, profile);
        let at_work = self.at_work(document, &facts, options);
        let mut findings = self.find(document, &facts, options, &at_work);

        let mut suppressions = Suppressions::read(document, self.rulesets, options, self.inputs.as_of);
        let found = findings.len();
        findings.retain(|graded| !suppressions.hides(Target::Rule(graded.finding.rule), graded.finding.span));
        let mut noticed = front_matter_notices(document, &facts.profile);
        noticed.extend(beside.unread.iter().map(unread_notice));
        let all = found + noticed.len();
        noticed.retain(|noticed| !suppressions.hides(target_of(noticed.notice), noticed.span));
        let suppressed = all - findings.len() - noticed.len();
        noticed.extend(suppressions.into_notices(|target| match target {
            Target::Rule(rule) => at_work.get(rule).is_some_and(Option::is_some),
            Target::Notice(_) => true,
        }));

        let merged = merge::merge(findings, &self.rulesets.rules);
        let noticed =
            noticed.into_iter().filter_map(|noticed| Some((options.notice(noticed.notice).severity()?, noticed)));
        let noticed = noticed.map(|(severity, noticed)| (noticed, severity)).collect();
        Checked { diagnostics: emit::diagnostics(document, self.rulesets, merged, noticed), suppressed }
    }

    /// For each rule, how grave its findings are here; `None` when it does not run or does not hold.
    fn at_work(&self, document: &Document<'_>, facts: &Facts, options: &LintOptions) -> Vec<Option<Severity>> {
        let as_of = self.inputs.as_of;
        let rules = self.rulesets.rules.iter().enumerate();
        rules
            .map(|(index, rule)| {
                let severity = options.rule(index).severity()?;
                confine::holds(rule, self.rulesets, document, &facts.profile, as_of).then_some(severity)
            })
            .collect()
    }

    /// All that the rules at work find.
    fn find(
        &self,
        document: &Document<'_>,
        facts: &Facts,
        options: &LintOptions,
        at_work: &[Option<Severity>],
    ) -> Vec<Graded> {
        let (rulesets, inputs) = (self.rulesets, self.inputs);
        let mut all = Vec::new();
        let mut findings: Vec<Finding> = Vec::new();
        for (index, (rule, severity)) in rulesets.rules.iter().zip(at_work).enumerate() {
            let Some(level) = *severity else { continue };
            rule.check(&Context { document, facts, rulesets, inputs, options, rule, index }, &mut findings);
            all.extend(findings.drain(..).map(|finding| {
                let severity = finding.at_most.map_or(level, |most| most.min(level));
                Graded { finding, severity }
            }));
        }
        all
    }
}

/// Front matter that cannot be read, and keys and values in it that mean nothing.
fn front_matter_notices(document: &Document<'_>, profile: &Profile) -> Vec<Noticed> {
    let noticed = |notice: &'static Notice, fault: &FrontMatterFault| Noticed {
        notice,
        span: fault.span,
        message: fault.message.clone(),
        fixes: Vec::new(),
    };
    let unread = document.front_matter.faults.iter().map(|fault| noticed(&Notice::FRONT_MATTER, fault));
    let unknown = profile.faults.iter().map(|fault| noticed(&Notice::UNKNOWN_FRONT_MATTER, fault));
    unread.chain(unknown).collect()
}

/// Something named in front matter that could not be read.
fn unread_notice((span, message): &(Span, String)) -> Noticed {
    Noticed { notice: &Notice::UNREADABLE_INPUT, span: *span, message: message.clone(), fixes: Vec::new() }
}

/// What a suppression of the notice names.
fn target_of(notice: &Notice) -> Target {
    Target::Notice(Notice::ALL.iter().position(|other| other.id == notice.id).unwrap_or(usize::MAX))
}
