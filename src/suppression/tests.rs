//! Suppressions, read from the comments of real articles and applied to spans.

use jiff::civil::date;

use super::*;
use crate::ruleset::RuleSource;
use crate::source::SourceFile;

const RULES: &str = r#"
format = 1
id = "clinic"
title = "Clinic"
version = "1.0.0"

[[rule]]
id = "hype"
category = "superiority"
level = "warning"
message = "'{match}' is hype"
phrase.any = ["breakthrough"]
flag = ["A «breakthrough»."]
pass = ["A step."]

[[rule]]
id = "cure"
category = "efficacy"
level = "error"
message = "'{match}' is a promise"
phrase.any = ["cures"]
flag = ["It «cures»."]
pass = ["It may help."]
"#;

/// What became of an article: the words `X` that stay, and what is said of suppressions.
struct Outcome {
    /// For each `X` of the article, in order, whether it is hidden from `clinic/hype`.
    hidden: Vec<bool>,
    /// Notice and words of each finding about a suppression.
    told: Vec<(&'static str, String)>,
    messages: Vec<String>,
}

fn run_with(article: &str, change: impl Fn(&mut LintOptions)) -> Outcome {
    let load = |id: &str| RuleSource {
        file: SourceFile::new(format!("{id}.toml"), RULES.replace("id = \"clinic\"", &format!("id = \"{id}\""))),
        builtin: false,
    };
    let mut second = load("spa");
    second.file = SourceFile::new("spa.toml", second.file.text().replace("\"cure\"", "\"glow\""));
    let rulesets = RuleSets::load(vec![load("clinic"), second]).unwrap_or_else(|faults| panic!("{faults}"));
    let source = SourceFile::new("a.md", article);
    let document = Document::parse(&source);
    let mut options = LintOptions::new(&rulesets);
    change(&mut options);
    let mut suppressions = Suppressions::read(&document, &rulesets, &options, date(2026, 11, 20));
    let hype = rulesets.rules.iter().position(|rule| rule.id == "clinic/hype").unwrap();
    let places = article.match_indices('X').map(|(at, _)| Span::new(at, at + 1));
    let hidden = places.map(|span| suppressions.hides(Target::Rule(hype), span)).collect();
    let noticed = suppressions.into_notices(|target| match target {
        Target::Rule(rule) => options.rule(rule) != crate::linter::RuleLevel::Off,
        Target::Notice(_) => true,
    });
    Outcome {
        hidden,
        told: noticed.iter().map(|noticed| (noticed.notice.id, source.slice(noticed.span).to_owned())).collect(),
        messages: noticed.into_iter().map(|noticed| noticed.message).collect(),
    }
}

fn run(article: &str) -> Outcome {
    run_with(article, |_| {})
}

/// The article's findings are hidden as listed, and nothing is said of its suppressions.
#[track_caller]
fn assert_hidden(article: &str, hidden: &[bool]) {
    let outcome = run(article);
    assert_eq!(outcome.hidden, hidden, "{article}");
    assert_eq!(outcome.told, [], "{article}");
}

#[track_caller]
fn assert_told(article: &str, notice: &Notice, words: &str) -> String {
    let outcome = run(article);
    assert_eq!(outcome.told, [(notice.id, words.to_owned())], "{article}");
    outcome.messages[0].clone()
}

#[test]
fn the_next_line_that_is_not_blank_is_covered() {
    assert_hidden("<!-- caveat-disable-next-line clinic/hype -->\nX\nX\n", &[true, false]);
    assert_hidden("<!-- caveat-disable-next-line clinic/hype -->\n\n \n# X\n\nX\n", &[true, false]);
    assert_hidden("> <!-- caveat-disable-next-line clinic/hype -->\n>\n> X\n", &[true]);
    assert_hidden("<!-- caveat-disable-next-line clinic/hype -->\r\rX\rX", &[true, false]);
}

#[test]
fn suppressions_may_be_stacked_and_run_over_lines() {
    let article = "<!-- caveat-disable-next-line clinic/hype -- agreed -->\n<!-- a note -->\n\nX\n";
    assert_hidden(article, &[true]);
    assert_hidden("<!-- caveat-disable-next-line\n  clinic/hype\n  -- agreed with\n  the board -->\nX\n", &[true]);
}

#[test]
fn the_line_of_the_comment_is_covered_on_both_sides() {
    assert_hidden("X <!-- caveat-disable-line clinic/hype --> X\nX\n", &[true, true, false]);
    assert_hidden("| a |\n|---|\n| X <!-- caveat-disable-line clinic/hype --> |\n| X |\n", &[true, false]);
}

#[test]
fn a_range_ends_where_it_is_enabled_or_with_the_file() {
    assert_hidden(
        "X\n\n<!-- caveat-disable clinic/hype -->\n\nX\n\n<!-- caveat-enable clinic/hype -->\n\nX\n",
        &[false, true, false],
    );
    assert_hidden(
        "X\n\n<!-- caveat-disable clinic/hype -->\n\nX\n\n<!-- caveat-enable -->\n\nX\n",
        &[false, true, false],
    );
    assert_hidden("X\n\n<!-- caveat-disable clinic/hype -->\n\nX\n\nX\n", &[false, true, true]);
}

#[test]
fn the_whole_file_is_covered_wherever_the_comment_stands() {
    assert_hidden("X\n\nX\n\n<!-- caveat-disable-file clinic/hype -->\n", &[true, true]);
}

#[test]
fn mdx_comments_suppress_too() {
    assert_hidden("{/* caveat-disable-next-line clinic/hype */}\nX\n", &[true]);
}

#[test]
fn in_code_it_is_text() {
    assert_hidden("`<!-- caveat-disable-file clinic/hype -->` X\n", &[false]);
    assert_hidden("```html\n<!-- caveat-disable-file nonsense -->\n```\n\nX\n", &[false]);
    assert_hidden("    <!-- caveat-disable-file clinic/hype -->\n\nX\n", &[false]);
}

#[test]
fn ids_ignore_case_and_are_short_where_unique() {
    assert_hidden("<!-- Caveat-Disable-Next-Line Clinic/Hype -->\nX\n", &[true]);
    // `cure` is unique, and hides nothing here.
    assert_told("<!-- caveat-disable-file cure -->\n", &Notice::UNUSED_SUPPRESSION, "cure");
    let message = assert_told("<!-- caveat-disable-file hype -->\nX\n", &Notice::UNKNOWN_RULE, "hype");
    assert_eq!(message, "'hype' stands in several rule sets; write clinic/hype or spa/hype");
}

#[test]
fn one_that_hides_nothing_is_told_and_can_be_taken_away() {
    assert_told("<!-- caveat-disable-next-line clinic/cure -->\nX\n", &Notice::UNUSED_SUPPRESSION, "clinic/cure");
    // The second for the same line does nothing.
    assert_told(
        "<!-- caveat-disable-next-line clinic/hype -->\nX <!-- caveat-disable-line clinic/hype -->\n",
        &Notice::UNUSED_SUPPRESSION,
        "clinic/hype",
    );
    assert_told("X\n\n<!-- caveat-enable clinic/hype -->\n", &Notice::UNUSED_SUPPRESSION, "clinic/hype");
}

#[test]
fn one_for_a_rule_that_does_not_run_is_left_alone() {
    let article = "<!-- caveat-disable-file clinic/cure -->\n<!-- caveat-disable-file partner/anything -->\n";
    assert_eq!(run_with(article, |options| options.rules.fill(crate::linter::RuleLevel::Off)).told, []);
}

#[test]
fn the_last_day_still_counts_and_the_next_is_told() {
    assert_hidden("<!-- caveat-disable-next-line clinic/hype until=2026-11-20 -->\nX\n", &[true]);
    let article = "<!-- caveat-disable-next-line clinic/hype until=2026-11-19 -->\nX\n";
    assert_told(article, &Notice::EXPIRED_SUPPRESSION, "until=2026-11-19");
    assert_eq!(run(article).hidden, [false]);
}

#[test]
fn rules_must_be_named_and_known() {
    assert_told("<!-- caveat-disable -->\n", &Notice::MALFORMED_SUPPRESSION, "caveat-disable");
    let told = |id: &str| assert_told(&format!("<!-- caveat-disable-line {id} -->\n"), &Notice::UNKNOWN_RULE, id);
    assert_eq!(told("clinic/hyp"), "no rule has the id 'clinic/hyp'; did you mean 'clinic/hype'?");
    assert_eq!(told("clinc/hype"), "no rule has the id 'clinc/hype'; did you mean 'clinic/hype'?");
    assert!(told("efficacy").contains("is a category"));
    assert!(told("clinic").contains("is a rule set"));
    assert!(told("caveat/unused-suppression").contains("switch it off in the config"));
}

#[test]
fn a_reason_without_its_mark_is_told_once() {
    assert_told(
        "<!-- caveat-disable-line clinic/hype because the board agreed -->\n",
        &Notice::MALFORMED_SUPPRESSION,
        "because the board agreed",
    );
}

#[test]
fn a_reason_can_be_demanded() {
    let demand = |options: &mut LintOptions| options.require_reason = true;
    let without = run_with("<!-- caveat-disable-next-line clinic/hype -->\nX\n", demand);
    assert_eq!((without.hidden, without.told[0].0), (vec![false], Notice::MISSING_REASON.id));
    let with = run_with("<!-- caveat-disable-next-line clinic/hype -- agreed -->\nX\n", demand);
    assert_eq!((with.hidden, with.told), (vec![true], vec![]));
}

#[test]
fn a_finding_on_the_file_as_a_whole_is_hidden_for_the_file_only() {
    let mut regions = Regions::default();
    regions.add_line(Span::new(0, 10), 1);
    assert_eq!(regions.covering(Span::default()), None);
    regions.add_file(2);
    assert_eq!(regions.covering(Span::default()), Some(2));
    assert_eq!(regions.covering(Span::new(0, 1)), Some(1));
}

#[test]
fn taking_a_suppression_away_leaves_no_trace() {
    let removed = |article: &str| {
        let rulesets = RuleSets::load(vec![RuleSource { file: SourceFile::new("c.toml", RULES), builtin: false }])
            .unwrap_or_else(|faults| panic!("{faults}"));
        let source = SourceFile::new("a.md", article);
        let document = Document::parse(&source);
        let options = LintOptions::new(&rulesets);
        let noticed = Suppressions::read(&document, &rulesets, &options, date(2026, 11, 20)).into_notices(|_| true);
        let edit = &noticed[0].fixes[0].edits[0];
        let mut text = article.to_owned();
        text.replace_range(edit.span.range(), &edit.text);
        text
    };
    assert_eq!(removed("a\n\n<!-- caveat-disable-next-line cure -->\nb\n"), "a\n\nb\n");
    assert_eq!(removed("a <!-- caveat-disable-line cure -->\nb\n"), "a \nb\n");
    assert_eq!(
        removed("<!-- caveat-disable-next-line cure, hype -- why -->\nb\n"),
        "<!-- caveat-disable-next-line hype -- why -->\nb\n"
    );
}
