//! `caveat test`: runs the examples of rules, or checks labelled units.

use std::path::{Path, PathBuf};

use rayon::prelude::*;
use serde_json::{Value, json};

use crate::cli::{ConfigArgs, ListFormat, TestArgs};
use crate::config::{Flags, Selector};
use crate::diagnostic::Severity;
use crate::error::{Error, counted};
use crate::example::{self, Outcome, Run};
use crate::exit_status::ExitStatus;
use crate::linter::{LintOptions, Target};
use crate::report::{Problem, render};
use crate::rule::Rule;
use crate::ruleset::RuleSets;
use crate::source::{SourceFile, Span};
use crate::walk::display;

use super::{Terminal, labels, load, text};

/// Runs the examples of the rules that are asked for.
pub(super) fn test(args: &TestArgs, terminal: Terminal) -> Result<ExitStatus, Error> {
    let mut config = args.config.clone();
    config.rulesets.extend(args.paths.iter().cloned());
    let rulesets = load_rulesets(&config, terminal)?;
    if !args.labels.is_empty() {
        let mut options = LintOptions::new(&rulesets);
        if !args.select.is_empty() {
            options = options.only(&chosen(&rulesets, &args.paths, &args.select)?);
        }
        return labels::test(args, &rulesets, &options, terminal);
    }
    let rules = chosen(&rulesets, &args.paths, &args.select)?;
    let tested = Tested::run(&rulesets, &rules);
    match args.format {
        ListFormat::Text => {
            text::print(&tested.as_text(&rulesets, terminal.color_stdout()), terminal)?;
            terminal.note(&tested.summary());
        }
        ListFormat::Json => text::print(&format!("{:#}\n", tested.as_json(&rulesets)), terminal)?,
    }
    Ok(if tested.holds() { ExitStatus::Clean } else { ExitStatus::Findings })
}

fn load_rulesets(config: &ConfigArgs, terminal: Terminal) -> Result<RuleSets, Error> {
    load::load(config, &Flags::default(), terminal).map(|loaded| loaded.rulesets)
}

/// Indices of the rule sets in question: those of the named files, else those that are
/// not built in, else all.
pub(super) fn in_question(rulesets: &RuleSets, paths: &[PathBuf]) -> Vec<usize> {
    let named = |path: &str| paths.iter().any(|named| Path::new(path).starts_with(display(named)));
    let own = rulesets.sets.iter().any(|set| !set.builtin);
    let sets = rulesets.sets.iter().enumerate().filter(|(_, set)| match (paths.is_empty(), own) {
        (false, _) => !set.builtin && named(set.source.path()),
        (true, true) => !set.builtin,
        (true, false) => true,
    });
    sets.map(|(index, _)| index).collect()
}

/// The rules to test: those that are selected, else those of the sets in question.
fn chosen(rulesets: &RuleSets, paths: &[PathBuf], select: &[String]) -> Result<Vec<usize>, Error> {
    if select.is_empty() {
        let sets = in_question(rulesets, paths);
        let rules = rulesets.rules.iter().enumerate();
        return Ok(rules.filter(|(_, rule)| sets.contains(&rule.set)).map(|(index, _)| index).collect());
    }
    let selector = Selector::new(rulesets);
    let mut rules = Vec::new();
    for written in select {
        let found = selector.find(written).map_err(|reason| Error::Flag { flag: "--select", reason, help: None })?;
        rules.extend(found.into_iter().filter_map(|target| match target {
            Target::Rule(index) => Some(index),
            Target::Notice(_) => None,
        }));
    }
    rules.sort_unstable();
    rules.dedup();
    Ok(rules)
}

/// How the examples of some rules came out.
struct Tested<'r> {
    /// Each rule with its examples, in the order of ids.
    rules: Vec<(usize, Vec<Run<'r>>)>,
    /// Rules that have no example under `flag` or under `pass`.
    bare: Vec<(usize, &'static str)>,
}

impl<'r> Tested<'r> {
    fn run(rulesets: &'r RuleSets, rules: &[usize]) -> Self {
        let runs = rules.par_iter().map(|&rule| (rule, example::run_rule(rulesets, rule))).collect();
        let mut bare = Vec::new();
        for &index in rules {
            let rule = &rulesets.rules[index];
            bare.extend(rule.flag.is_empty().then_some((index, "flag")));
            bare.extend(rule.pass.is_empty().then_some((index, "pass")));
        }
        Self { rules: runs, bare }
    }

    fn runs(&self) -> impl Iterator<Item = &Run<'r>> {
        self.rules.iter().flat_map(|(_, runs)| runs)
    }

    fn count(&self, outcome: Outcome) -> usize {
        self.runs().filter(|run| run.outcome == outcome).count()
    }

    fn holds(&self) -> bool {
        self.bare.is_empty() && self.runs().all(|run| run.outcome.holds())
    }

    fn summary(&self) -> String {
        use Outcome::{Missing, Noisy, Reported, Validated};
        let outcomes = [Reported, Validated, Missing, Noisy].map(|one| format!("{} {}", self.count(one), one.name()));
        let mut text = format!(
            "{}, {}: {}",
            counted(self.rules.len(), "rule"),
            counted(self.runs().count(), "example"),
            outcomes.join(", ")
        );
        if !self.bare.is_empty() {
            text.push_str(&format!("; {} without an example", counted(self.bare.len(), "list")));
        }
        text
    }

    /// Every example that fails, at its place in the rule set.
    fn as_text(&self, rulesets: &RuleSets, color: bool) -> String {
        let mut out = String::new();
        for (index, runs) in &self.rules {
            let rule = &rulesets.rules[*index];
            let Some(set) = rulesets.sets.get(rule.set) else { continue };
            for (_, key) in self.bare.iter().filter(|(bare, _)| bare == index) {
                let message = format!("the rule has no example under `{key}`");
                let help = match *key {
                    "flag" => "add a short article that it must flag, with « and » around the words",
                    _ => "add a short article that looks alike and must be left alone",
                };
                out += &show(&set.source, rule, rule.span, &message, "this rule", Some(help), color);
            }
            for run in runs.iter().filter(|run| !run.outcome.holds()) {
                out += &failure(&set.source, rule, run, color);
            }
        }
        out
    }

    fn as_json(&self, rulesets: &RuleSets) -> Value {
        let mut examples = Vec::new();
        for run in self.runs() {
            let rule = &rulesets.rules[run.rule];
            let Some(set) = rulesets.sets.get(rule.set) else { continue };
            let words = |spans: &[Span]| spans.iter().map(|span| &run.example.text[span.range()]).collect::<Vec<_>>();
            let start = set.source.position(run.example.span.start);
            examples.push(json!({
                "rule": rule.id,
                "outcome": run.outcome.name(),
                "path": set.source.path(),
                "line": start.line,
                "column": start.column,
                "text": run.example.text,
                "missing": words(&run.missing),
                "noisy": words(&run.noisy),
            }));
        }
        let bare: Vec<Value> =
            self.bare.iter().map(|(rule, key)| json!({ "rule": rulesets.rules[*rule].id, "key": key })).collect();
        json!({ "version": 1, "holds": self.holds(), "examples": examples, "without_examples": bare })
    }
}

/// An example that fails, with the words at fault underlined in the TOML.
fn failure(source: &SourceFile, rule: &Rule, run: &Run<'_>, color: bool) -> String {
    let mut out = String::new();
    let quoted = |span: Span| match &run.example.text[span.range()] {
        "" => "the article as a whole".to_owned(),
        words => format!("'{}'", words.replace('\n', " ")),
    };
    for &span in &run.missing {
        let message = format!("missing: the rule does not flag {}", quoted(span));
        out += &show(source, rule, run.example.place_in(source, span), &message, "must be flagged", None, color);
    }
    for &span in &run.noisy {
        let message = format!("noisy: the rule flags {}", quoted(span));
        let label = if run.missing.is_empty() && !run.example.text.contains('«') {
            "must be left alone"
        } else {
            "is flagged, and is not what « and » mark"
        };
        out += &show(source, rule, run.example.place_in(source, span), &message, label, None, color);
    }
    out
}

fn show(
    source: &SourceFile,
    rule: &Rule,
    span: Span,
    message: &str,
    label: &str,
    help: Option<&str>,
    color: bool,
) -> String {
    let problem = Problem {
        severity: Severity::Error,
        code: Some(&rule.id),
        message,
        path: source.path(),
        span: Some(span),
        label,
        labels: &[],
        notes: help.iter().map(|help| format!("help: {help}")).collect(),
    };
    render(&[source], &problem, color)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ruleset::RuleSource;

    fn tested(toml: &str) -> (String, String, bool) {
        let file = SourceFile::new("clinic.toml", toml);
        let rulesets =
            RuleSets::load(vec![RuleSource { file, builtin: false }]).unwrap_or_else(|faults| panic!("{faults}"));
        let rules: Vec<usize> = (0..rulesets.rules.len()).collect();
        let tested = Tested::run(&rulesets, &rules);
        (tested.as_text(&rulesets, false), tested.summary(), tested.holds())
    }

    const RULE: &str = "format = 1\nid = \"clinic\"\ntitle = \"Clinic\"\nversion = \"1\"\n[[rule]]\nid = \"hype\"\n\
        category = \"superiority\"\nlevel = \"warning\"\nmessage = \"'{match}' is hype\"\n\
        phrase.any = [\"breakthrough~\"]\nphrase.except = [\"breakthrough pain\"]\n";

    #[test]
    fn examples_that_hold_are_counted() {
        let (text, summary, holds) = tested(&format!(
            "{RULE}flag = [\"A «breakthrough» in knee care.\"]\npass = [\"Opioids for breakthrough pain.\"]\n"
        ));
        assert_eq!((text.as_str(), holds), ("", true));
        assert_eq!(summary, "1 rule, 2 examples: 1 reported, 1 validated, 0 missing, 0 noisy");
    }

    #[test]
    fn examples_that_fail_are_shown_at_their_words() {
        let (text, summary, holds) = tested(&format!(
            "{RULE}flag = [\"A «miracle».\", \"A breakthrough is «a \\\"breakthrough\\\"».\"]\npass = [\"\"\"\nTwo\nbreakthroughs.\"\"\"]\n"
        ));
        assert!(!holds);
        insta::assert_snapshot!(format!("{text}{summary}"));
    }

    #[test]
    fn a_rule_without_examples_fails() {
        let (text, summary, holds) = tested(RULE);
        assert!(!holds);
        insta::assert_snapshot!(format!("{text}{summary}"));
    }
}
