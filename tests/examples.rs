//! The articles and rule sets in `examples/` show what they are there to show.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

use caveat::diagnostic::{Category, Diagnostic};
use caveat::document::Document;
use caveat::linter::{LintOptions, Linter};
use caveat::ruleset::RuleSets;
use caveat::source::SourceFile;
use jiff::civil::date;

mod engine;

fn examples() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("examples")
}

fn check(article: &str) -> Vec<Diagnostic> {
    let text = std::fs::read_to_string(examples().join("articles").join(article)).unwrap();
    let source = SourceFile::new(article, text);
    static RULESETS: OnceLock<RuleSets> = OnceLock::new();
    let rulesets = RULESETS.get_or_init(engine::builtin);
    let inputs = engine::inputs(date(2026, 11, 20));
    Linter { rulesets, inputs: &inputs }.check(&Document::parse(&source), &LintOptions::new(rulesets)).diagnostics
}

#[track_caller]
fn assert_clean(article: &str) {
    let found = check(article);
    let told: Vec<_> = found.iter().map(|found| (found.start.line, &found.rule, &found.text)).collect();
    assert_eq!(told, []);
}

/// All four families of faults are found: claims, missing statements, misspellings, sources.
#[track_caller]
fn assert_faulty(article: &str) {
    let found = check(article);
    for family in [Category::Efficacy, Category::Safety, Category::Disclosure, Category::Typo, Category::Source] {
        assert!(found.iter().any(|found| found.category == family), "no {family} in {article}");
    }
}

#[test]
fn the_clean_articles_are_clean() {
    assert_clean("clinic/clean.md");
    assert_clean("supplement/clean.md");
    assert_clean("device/clean.md");
}

#[test]
fn the_faulty_articles_show_every_family() {
    assert_faulty("clinic/faulty.md");
    assert_faulty("supplement/faulty.md");
    assert_faulty("device/faulty.md");
}

fn caveat(folder: &Path, arguments: &[&str]) -> (Option<i32>, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_caveat")).args(arguments).current_dir(folder).output().unwrap();
    (output.status.code(), String::from_utf8(output.stdout).unwrap())
}

#[test]
fn all_examples_are_checked_and_fail() {
    assert_eq!(caveat(Path::new(env!("CARGO_MANIFEST_DIR")), &["check", "examples/"]).0, Some(1));
}

#[test]
fn the_custom_rule_set_works_in_its_folder() {
    let folder = examples().join("custom-ruleset");
    let (status, out) = caveat(&folder, &["check", "--format", "concise", "--select", "house-style/*"]);
    assert_eq!(status, Some(0));
    let rules: Vec<&str> = out.lines().filter_map(|line| line.split(['[', ']']).nth(1)).collect();
    assert_eq!(rules, ["house-style/client-talk", "house-style/price-note-missing"]);
    assert_eq!(caveat(&folder, &["test", "rules"]).0, Some(0));
}
