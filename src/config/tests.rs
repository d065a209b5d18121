//! The layers of settings, one on the other.

use std::path::Path;

use crate::diagnostic::Severity;
use crate::facts::Market;
use crate::linter::{LintOptions, RuleLevel};
use crate::ruleset::{RuleSets, RuleSource};
use crate::source::SourceFile;

use super::{Config, FaultKind, Flags, OptionsByPath, Settings};

const HOUSE: &str = include_str!("../../tests/common/house.toml");
const ERROR: RuleLevel = RuleLevel::On(Severity::Error);
const WARNING: RuleLevel = RuleLevel::On(Severity::Warning);
const NOTE: RuleLevel = RuleLevel::On(Severity::Note);
const OFF: RuleLevel = RuleLevel::Off;

fn rulesets() -> RuleSets {
    let file = SourceFile::new("house.toml", HOUSE);
    RuleSets::load(vec![RuleSource { file, builtin: false }]).unwrap()
}

fn config(text: &str) -> Config {
    let (config, faults) = Config::read(SourceFile::new("caveat.toml", text), Path::new("/site"), Path::new(""));
    assert_eq!(faults, []);
    config
}

fn settings(text: &str, flags: &Flags) -> Settings {
    Settings::resolve(Some(&config(text)), flags, &rulesets(), Path::new("/site")).unwrap()
}

/// The levels of `miracle`, `utilize` and `very`.
fn levels(text: &str, flags: &Flags, path: &str) -> [RuleLevel; 3] {
    let options = settings(text, flags).options(Path::new(path));
    [options.rule(0), options.rule(1), options.rule(2)]
}

fn flags(select: &[&str], ignore: &[&str]) -> Flags {
    let own = |rules: &[&str]| rules.iter().map(|rule| (*rule).to_owned()).collect();
    Flags { select: own(select), ignore: own(ignore), ..Flags::default() }
}

#[test]
fn without_settings_every_rule_has_its_own_level() {
    assert_eq!(levels("", &Flags::default(), "a.md"), [ERROR, NOTE, WARNING]);
}

#[test]
fn the_config_selects_ignores_and_grades() {
    let text =
        "select = ['miracle', 'very']\nignore = ['house/very']\nlevels = { miracle = 'note', utilize = 'error' }";
    assert_eq!(levels(text, &Flags::default(), "a.md"), [NOTE, OFF, OFF], "a level switches nothing on");
    assert_eq!(levels("levels = { very = 'off' }", &Flags::default(), "a.md"), [ERROR, NOTE, OFF]);
}

#[test]
fn later_overrides_win() {
    let text = "ignore = 'very'\n[[overrides]]\npaths = 'blog'\nselect = 'house/*'\n\
                [[overrides]]\npaths = 'blog/old'\nlevels = { miracle = 'warning' }\nignore = 'utilize'";
    assert_eq!(levels(text, &Flags::default(), "a.md"), [ERROR, NOTE, OFF]);
    assert_eq!(levels(text, &Flags::default(), "blog/a.md"), [ERROR, NOTE, WARNING]);
    assert_eq!(levels(text, &Flags::default(), "blog/old/a.md"), [WARNING, OFF, WARNING]);
}

#[test]
fn the_flags_win_over_the_config() {
    let text = "ignore = 'miracle'\nlevels = { miracle = 'warning', very = 'off' }";
    assert_eq!(levels(text, &flags(&["miracle", "very"], &[]), "a.md"), [WARNING, OFF, WARNING]);
    assert_eq!(levels(text, &flags(&[], &["utilize"]), "a.md"), [OFF, OFF, OFF]);
    assert_eq!(levels(text, &flags(&["house/*"], &["very"]), "a.md"), [WARNING, NOTE, OFF]);
}

#[test]
fn markets_of_the_flag_win_over_those_of_an_override() {
    let text = "markets = 'us'\n[[overrides]]\npaths = 'au'\nmarkets = 'au'";
    let markets = |flags: &Flags, path: &str| settings(text, flags).options(Path::new(path)).markets;
    assert_eq!(markets(&Flags::default(), "a.md"), [Market::Us]);
    assert_eq!(markets(&Flags::default(), "au/a.md"), [Market::Au]);
    assert_eq!(markets(&Flags { markets: vec![Market::Jp], ..Flags::default() }, "au/a.md"), [Market::Jp]);
}

#[test]
fn failures_to_read_a_file_are_told_whatever_is_selected() {
    let told = |options: &LintOptions| options.notice(&crate::diagnostic::Notice::UNREADABLE_FILE) == ERROR;
    for select in ["house/very", "caveat/*", "caveat/unreadable-file"] {
        assert!(told(&settings("ignore = 'caveat/*'", &flags(&[select], &["caveat/*"])).options(Path::new("a.md"))));
    }
}

#[test]
fn articles_of_the_same_overrides_share_their_settings() {
    let settings = settings("[[overrides]]\npaths = 'au'\nmarkets = 'au'", &Flags::default());
    let mut options = OptionsByPath::new(&settings);
    let (one, other) = (options.get(Path::new("au/a.md")), options.get(Path::new("au/b.md")));
    assert!(std::sync::Arc::ptr_eq(&one, &other));
    assert_eq!(one.markets, [Market::Au]);
    assert_eq!(options.get(Path::new("a.md")).markets, []);
}

#[test]
fn a_byte_order_mark_does_not_shift_places() {
    let text = "\u{feff}markets = 'us'\nnonsense = 1\n";
    let source = SourceFile::new("caveat.toml", text);
    let (config, faults) = Config::read(source, Path::new("/site"), Path::new(""));
    assert_eq!(config.all.markets, Some(vec![Market::Us]));
    assert_eq!(faults.len(), 1);
    assert_eq!(config.source.slice(faults[0].span), "nonsense");
}

#[test]
fn what_follows_from_another_fault_is_not_told() {
    let source = SourceFile::new("caveat.toml", "ignore = ['a'\nselect = 'b'\n");
    let span = |line| source.line_span(line).unwrap();
    let fault = |line, kind| super::ConfigFault::new(span(line), "x").kind(kind);
    let told = |faults: Vec<super::ConfigFault>| -> Vec<FaultKind> {
        super::ConfigFault::sorted(faults, &source).into_iter().map(|fault| fault.kind).collect()
    };
    let follows = vec![fault(1, FaultKind::Syntax), fault(1, FaultKind::Plain), fault(2, FaultKind::UnknownId)];
    assert_eq!(told(follows), [FaultKind::Syntax, FaultKind::UnknownId]);
    let missing = vec![fault(2, FaultKind::UnknownId), fault(1, FaultKind::MissingRuleSet)];
    assert_eq!(told(missing), [FaultKind::MissingRuleSet]);
}

#[test]
fn the_documentation_names_every_key_and_its_examples_are_sound() {
    let text = include_str!("../../docs/config.md");
    for key in super::read::all_keys() {
        assert!(text.contains(&format!("`{key}`")), "docs/config.md does not name `{key}`");
    }
    let rulesets = RuleSets::builtin().unwrap();
    let blocks: Vec<&str> = text.split("```toml\n").skip(1).filter_map(|rest| rest.split("```").next()).collect();
    assert!(!blocks.is_empty());
    for block in blocks {
        let settings = Settings::resolve(Some(&config(block)), &Flags::default(), &rulesets, Path::new("/site"));
        assert!(settings.is_ok(), "{block}\n{settings:?}");
    }
}
