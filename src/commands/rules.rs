//! `caveat rules`: the rules that are loaded.

use serde_json::{Value, json};

use crate::cli::{ListFormat, RulesLintArgs, RulesListArgs};
use crate::config::Flags;
use crate::diagnostic::Severity;
use crate::error::{Error, counted};
use crate::exit_status::ExitStatus;
use crate::report::{Problem, render};
use crate::rule::{Rule, unfilled};
use crate::ruleset::{self, Advice, RuleSets};

use super::text::print;
use super::{Terminal, load};

/// Lists the rules.
pub(super) fn list(args: &RulesListArgs, terminal: Terminal) -> Result<ExitStatus, Error> {
    let loaded = load::load(&args.config, &Flags::default(), terminal)?;
    let text = match args.format {
        ListFormat::Text => as_text(&loaded.rulesets.rules),
        ListFormat::Json => format!("{:#}\n", as_json(&loaded.rulesets)),
    };
    print(&text, terminal)?;
    Ok(ExitStatus::Clean)
}

/// Advises on rule sets that load.
pub(super) fn lint(args: &RulesLintArgs, terminal: Terminal) -> Result<ExitStatus, Error> {
    let mut config = args.config.clone();
    config.rulesets.extend(args.paths.iter().cloned());
    let rulesets = load::load(&config, &Flags::default(), terminal)?.rulesets;
    let sets = super::test::in_question(&rulesets, &args.paths);
    let as_of = args.as_of.unwrap_or_else(|| jiff::Zoned::now().date());
    let advice: Vec<Advice> =
        ruleset::advice(&rulesets, as_of).into_iter().filter(|one| sets.contains(&one.set)).collect();
    let shown: Vec<String> = advice.iter().map(|one| shown(one, &rulesets, terminal.color_stdout())).collect();
    print(&shown.concat(), terminal)?;
    terminal.note(&format!("{}, {} of advice", counted(sets.len(), "rule set"), counted(advice.len(), "piece")));
    Ok(if advice.is_empty() { ExitStatus::Clean } else { ExitStatus::Findings })
}

/// Advice at its place in the rule set.
fn shown(advice: &Advice, rulesets: &RuleSets, color: bool) -> String {
    let source = &rulesets.sets[advice.set].source;
    let problem = Problem {
        severity: Severity::Warning,
        code: None,
        message: &advice.message,
        path: source.path(),
        span: Some(advice.span),
        label: "",
        labels: &[],
        notes: vec![format!("help: {}", advice.help)],
    };
    render(&[source], &problem, color)
}

/// One line per rule, in columns.
fn as_text(rules: &[Rule]) -> String {
    let rows: Vec<[String; 5]> = rules
        .iter()
        .map(|rule| {
            [
                rule.id.clone(),
                rule.level.name().to_owned(),
                rule.category.name().to_owned(),
                rule.kind.name().to_owned(),
                unfilled(&rule.message),
            ]
        })
        .collect();
    let width = |column: usize| rows.iter().map(|row| row[column].chars().count()).max().unwrap_or(0);
    let widths = [0, 1, 2, 3].map(width);
    rows.iter().fold(String::new(), |text, [id, level, category, kind, message]| {
        let [a, b, c, d] = widths;
        text + &format!("{id:a$}  {level:b$}  {category:c$}  {kind:d$}  {message}\n")
    })
}

/// All that is known of each rule, but its patterns.
fn as_json(rulesets: &RuleSets) -> Value {
    let rules: Vec<Value> = rulesets.rules.iter().map(|rule| rule_json(rule, rulesets)).collect();
    json!({ "version": 1, "rules": rules })
}

fn rule_json(rule: &Rule, rulesets: &RuleSets) -> Value {
    let confines = &rule.confines;
    let set = rulesets.sets.get(rule.set);
    json!({
        "id": rule.id,
        "level": rule.level.name(),
        "category": rule.category,
        "kind": rule.kind.name(),
        "check": rule.kind.check().map(|(name, _)| name),
        "message": rule.message,
        "why": rule.why,
        "help": rule.help,
        "authority": rule.provenance.iter().map(|one| json!({
            "house": one.house,
            "citation": one.citation,
            "section": one.section,
            "url": one.url,
            "market": one.market,
            "read_at": one.read_at,
            "read_on": one.read_on.map(|day| day.to_string()),
            "approved_by": one.approved_by,
        })).collect::<Vec<Value>>(),
        "markets": confines.markets.iter().map(|market| market.name()).collect::<Vec<&str>>(),
        "product_kinds": confines.product_kinds,
        "kinds": confines.kinds,
        "audiences": confines.audiences,
        "effective": confines.effective.map(|day| day.to_string()),
        "until": confines.until.map(|day| day.to_string()),
        "flag": rule.flag.iter().map(|example| example.text.as_str()).collect::<Vec<&str>>(),
        "pass": rule.pass.iter().map(|example| example.text.as_str()).collect::<Vec<&str>>(),
        "ruleset": set.map(|set| json!({ "id": set.id, "version": set.version, "path": set.source.path() })),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ruleset::RuleSource;
    use crate::source::SourceFile;

    fn clinic() -> RuleSets {
        let file = SourceFile::new("clinic.toml", include_str!("../ruleset/tests/clinic.toml"));
        RuleSets::load(vec![RuleSource { file, builtin: false }]).expect("a sound rule set")
    }

    #[test]
    fn rules_are_listed_in_columns() {
        insta::assert_snapshot!(as_text(&clinic().rules));
    }

    #[test]
    fn rules_are_listed_as_json() {
        insta::assert_snapshot!(format!("{:#}", as_json(&clinic())));
    }
}
