//! `caveat check --show-settings`: what applies to each path, and why.

use std::fmt::Write as _;
use std::fs::File;
use std::io::Write;
use std::path::{Path, PathBuf};

use jiff::civil::Date;

use crate::document::Document;
use crate::error::Error;
use crate::exit_status::ExitStatus;
use crate::facts::{Market, Profile};
use crate::linter::{LintOptions, RuleLevel};
use crate::rule::Rule;
use crate::ruleset::RuleSets;
use crate::runner::read_limited;
use crate::source::SourceFile;
use crate::walk::{display, is_article};

use super::Terminal;
use super::load::Loaded;

/// Shows what applies to the run and to each path.
pub(super) fn show(loaded: &Loaded, paths: &[PathBuf], as_of: Date, terminal: Terminal) -> Result<ExitStatus, Error> {
    let mut text = String::new();
    run(&mut text, loaded, as_of);
    for path in paths {
        one_path(&mut text, loaded, path, as_of);
    }
    let mut out = terminal.stdout();
    let written = out.write_all(text.as_bytes()).and_then(|()| out.flush());
    written.map_err(|source| Error::Output { path: "standard output".into(), source })?;
    Ok(ExitStatus::Clean)
}

/// One line: what, and its value.
fn line(text: &mut String, name: &str, value: &str) {
    // Writing to a string cannot fail.
    let _ = writeln!(text, "{name:<14}{value}");
}

/// What applies to the whole run.
fn run(text: &mut String, loaded: &Loaded, as_of: Date) {
    match &loaded.config {
        Some(config) => line(text, "config", config.source.path()),
        None => line(text, "config", "none"),
    }
    line(text, "as of", &as_of.to_string());
    let threshold = loaded.settings.fail_on.map_or("never", crate::diagnostic::Severity::name);
    line(text, "fail on", threshold);
    for set in &loaded.rulesets.sets {
        let origin = if set.builtin { "built in" } else { set.source.path() };
        line(text, "rule set", &format!("{} {} ({origin})", set.id, set.version));
    }
}

/// What applies to one path.
fn one_path(text: &mut String, loaded: &Loaded, path: &Path, as_of: Date) {
    let settings = &loaded.settings;
    let _ = writeln!(text, "\n{}", display(path));
    let standing = if settings.exclude.matches(&settings.working, path) {
        "the config excludes it; checked only when it is named itself"
    } else if path.is_dir() {
        "a folder; articles below it may have settings of their own"
    } else if is_article(path) {
        "an article"
    } else {
        "no article by its name; checked only when it is named itself"
    };
    line(text, "  is", standing);
    let stages = settings.stages(path);
    let Some((_, options)) = stages.last() else { return };
    let read = File::open(path).and_then(read_limited).ok();
    let source = read.and_then(|bytes| SourceFile::from_bytes(display(path), bytes).ok());
    let document = source.as_ref().map(Document::parse);
    let profile = document.as_ref().map(|document| Profile::read(document, &loaded.rulesets, options));

    let markets = profile.as_ref().map_or(&options.markets, |profile| &profile.markets);
    let origin = if *markets == options.markets { origin(&stages, |options| &options.markets) } else { FRONT_MATTER };
    line(text, "  markets", &listed(&markets.iter().map(|market| market.name()).collect::<Vec<_>>(), origin));
    let kinds = profile.as_ref().map_or(&options.product_kinds, |profile| &profile.product_kinds);
    let place = if *kinds == options.product_kinds {
        self::origin(&stages, |options| &options.product_kinds)
    } else {
        FRONT_MATTER
    };
    line(text, "  products", &listed(&kinds.iter().map(String::as_str).collect::<Vec<_>>(), place));
    let language = profile.as_ref().map_or(&options.language, |profile| &profile.language);
    line(text, "  language", language);
    for &statement in &options.provides {
        line(text, "  provided", &format!("{} (by the site's template)", loaded.rulesets.statements[statement].id));
    }
    for (shortcode, statement) in &options.provides_by_shortcode {
        let id = &loaded.rulesets.statements[*statement].id;
        line(text, "  provided", &format!("{id} (by the shortcode {shortcode})"));
    }
    rules(text, &loaded.rulesets, &stages, markets, as_of);
}

const FRONT_MATTER: &str = "the article's front matter";

/// Values with the place that set them.
fn listed(values: &[&str], origin: &str) -> String {
    if values.is_empty() { "none named".to_owned() } else { format!("{} (from {origin})", values.join(", ")) }
}

/// The last place that changed a value.
fn origin<'s, T: PartialEq>(stages: &[(&'s str, LintOptions)], value: impl Fn(&LintOptions) -> &T) -> &'s str {
    let changed = stages.windows(2).rev().find(|pair| value(&pair[0].1) != value(&pair[1].1));
    changed.map_or("the rule sets", |pair| pair[1].0)
}

/// Which rules are at work: how many, and why the others are not.
fn rules(text: &mut String, rulesets: &RuleSets, stages: &[(&str, LintOptions)], markets: &[Market], as_of: Date) {
    let states: Vec<(bool, String)> =
        (0..rulesets.rules.len()).map(|index| state(rulesets, index, stages, markets, as_of)).collect();
    let at_work = states.iter().filter(|(at_work, _)| *at_work).count();
    line(text, "  rules", &format!("{at_work} of {} at work", rulesets.rules.len()));
    let mut rest: &[Rule] = &rulesets.rules;
    let mut states = &states[..];
    // The rules of a set stand together.
    while let Some(first) = rest.first() {
        let count = rest.iter().take_while(|rule| rule.set == first.set).count();
        let (own, own_states) = (&rest[..count], &states[..count]);
        (rest, states) = (&rest[count..], &states[count..]);
        let same = own_states.iter().all(|state| state.1 == own_states[0].1);
        if same && count > 1 && !own_states[0].1.is_empty() {
            let set = rulesets.sets.get(first.set).map_or("", |set| set.id.as_str());
            line(text, "", &format!("{set}/*: {}", own_states[0].1));
            continue;
        }
        for (rule, (_, state)) in own.iter().zip(own_states).filter(|(_, (_, state))| !state.is_empty()) {
            line(text, "", &format!("{}: {state}", rule.id));
        }
    }
}

/// Whether a rule is at work, and what is to be said about it; nothing when it runs at its own level.
fn state(
    rulesets: &RuleSets,
    index: usize,
    stages: &[(&str, LintOptions)],
    markets: &[Market],
    as_of: Date,
) -> (bool, String) {
    let rule = &rulesets.rules[index];
    let level = stages.last().map_or(RuleLevel::Off, |(_, options)| options.rule(index));
    let place = last_change(stages, index);
    match level {
        RuleLevel::Off => (false, format!("off (by {place})")),
        RuleLevel::On(_) if !governed(rule, markets) => {
            let names: Vec<&str> = rule.confines.markets.iter().map(|market| market.name()).collect();
            (false, format!("does not hold here (only in {})", names.join(", ")))
        }
        RuleLevel::On(_) if !in_force(rule, as_of) => (false, format!("does not hold on {as_of}")),
        RuleLevel::On(level) if level != rule.level => (true, format!("{} (by {place})", level.name())),
        RuleLevel::On(_) => (true, String::new()),
    }
}

/// The place that last changed the level of a rule.
fn last_change<'s>(stages: &[(&'s str, LintOptions)], rule: usize) -> &'s str {
    let changed = stages.windows(2).rev().find(|pair| pair[0].1.rule(rule) != pair[1].1.rule(rule));
    changed.map_or("its own level", |pair| pair[1].0)
}

fn governed(rule: &Rule, markets: &[Market]) -> bool {
    let wanted = &rule.confines.markets;
    let holds = |market: &Market| *market == Market::Any || markets.iter().any(|at| market.governs(*at));
    wanted.is_empty() || wanted.iter().any(holds)
}

fn in_force(rule: &Rule, as_of: Date) -> bool {
    rule.confines.effective.is_none_or(|first| first <= as_of) && rule.confines.until.is_none_or(|last| as_of <= last)
}
