//! Runs the cases in `tests/markdown/*.md`.
//!
//! A case file is prose that explains what caveat does, with articles in fenced blocks
//! and, below each, what is found in it:
//!
//! ````markdown
//! A phrase is found where a line wraps.
//!
//! ```md
//! It is a game
//! changer.
//! ```
//!
//! - warning `t/hype` «game⏎changer»
//! ````
//!
//! The list gives severity, rule and exact words of every finding, in order, and the
//! rules merged into it (`, also …`). A line end within the words is written `⏎`;
//! a finding on the file as a whole has the words `«»`. An article without findings
//! is followed by the line `Nothing is found.`
//!
//! A fenced `toml` block holds the rule set for the articles below it, in place of the
//! built-in ones; what every rule set needs at its top is added. Words after `md` set how
//! an article is checked: `as-of=2026-01-31`, `markets=us,eu`, `require-reason`.
//!
//! With `UPDATE=1` in the environment the lists are written anew; read the change.

use std::fmt::Write;
use std::path::{Path, PathBuf};

use caveat::diagnostic::Diagnostic;
use caveat::document::Document;
use caveat::facts::Market;
use caveat::linter::{LintOptions, Linter};
use caveat::ruleset::RuleSets;
use caveat::source::SourceFile;
use jiff::civil::{Date, date};

mod engine;

/// A fenced block and the lines around it.
#[derive(Debug)]
struct Fence<'t> {
    /// Line of the opening fence, from 0.
    line: usize,
    /// Language and words after it.
    info: &'t str,
    text: String,
    /// Line after the closing fence, from 0.
    end: usize,
}

/// The fenced blocks of a case file. A fence is closed by one of its own length.
fn fences(text: &str) -> Vec<Fence<'_>> {
    let lines: Vec<&str> = text.lines().collect();
    let mut fences = Vec::new();
    let mut at = 0;
    while at < lines.len() {
        let marks = lines[at].len() - lines[at].trim_start_matches('`').len();
        if marks < 3 {
            at += 1;
            continue;
        }
        let close = (at + 1..lines.len()).find(|&line| lines[line] == &lines[at][..marks]);
        let close = close.unwrap_or_else(|| panic!("the fence on line {} is not closed", at + 1));
        let text = lines[at + 1..close].iter().map(|line| format!("{line}\n")).collect();
        fences.push(Fence { line: at, info: &lines[at][marks..], text, end: close + 1 });
        at = close + 1;
    }
    fences
}

/// The lines below a fence that say what is found, and their place.
fn expectation<'t>(lines: &[&'t str], fence: &Fence<'_>) -> (std::ops::Range<usize>, Vec<&'t str>) {
    let start = (fence.end..lines.len()).find(|&line| !lines[line].trim().is_empty()).unwrap_or(lines.len());
    let said = |line: &&str| line.starts_with("- ") || *line == "Nothing is found.";
    let count = lines[start..].iter().take_while(|line| said(line)).count();
    (start..start + count, lines[start..start + count].to_vec())
}

fn rulesets(rules: &str) -> RuleSets {
    engine::load(&[("t.toml", &format!("format = 1\nid = \"t\"\ntitle = \"Test\"\nversion = \"1.0.0\"\n{rules}"))])
}

fn check(rulesets: &RuleSets, fence: &Fence<'_>) -> Vec<Diagnostic> {
    let mut options = LintOptions::new(rulesets);
    let mut as_of: Date = date(2026, 11, 20);
    for word in fence.info.split_whitespace().skip(1) {
        match word.split_once('=') {
            Some(("as-of", day)) => as_of = day.parse().unwrap(),
            Some(("markets", names)) => {
                options.markets = names.split(',').map(|name| Market::from_name(name).unwrap()).collect();
            }
            None if word == "require-reason" => options.require_reason = true,
            _ => panic!("line {}: '{word}' means nothing", fence.line + 1),
        }
    }
    let source = SourceFile::new("article.md", fence.text.as_str());
    let inputs = engine::inputs(as_of);
    Linter { rulesets, inputs: &inputs }.check(&Document::parse(&source), &options).diagnostics
}

/// What is found, in the form of the case files.
fn tell(found: &[Diagnostic]) -> Vec<String> {
    if found.is_empty() {
        return vec!["Nothing is found.".to_owned()];
    }
    let tell = |diagnostic: &Diagnostic| {
        let words = diagnostic.text.replace("\r\n", "⏎").replace(['\n', '\r'], "⏎");
        let mut line = format!("- {} `{}` «{words}»", diagnostic.severity, diagnostic.rule);
        for also in &diagnostic.also {
            let _ = write!(line, ", also `{}`", also.rule);
        }
        line
    };
    found.iter().map(tell).collect()
}

/// Runs one case file; returns what does not hold, and the file as it should be.
fn run(path: &Path) -> (Vec<String>, String) {
    let text = std::fs::read_to_string(path).unwrap();
    let lines: Vec<&str> = text.lines().collect();
    let name = path.file_name().unwrap().to_string_lossy();
    let mut rules = engine::builtin();
    let mut wrong = Vec::new();
    let mut updated: Vec<String> = Vec::new();
    let mut copied = 0;
    let mut articles = 0;
    for fence in fences(&text) {
        match fence.info.split_whitespace().next() {
            Some("toml") => rules = rulesets(&fence.text),
            Some("md") => {
                articles += 1;
                let (place, expected) = expectation(&lines, &fence);
                let found = tell(&check(&rules, &fence));
                if found != expected {
                    let (found, expected) = (found.join("\n"), expected.join("\n"));
                    let line = fence.line + 1;
                    wrong.push(format!("{name}:{line}: expected\n{expected}\nbut found\n{found}\n"));
                }
                updated.extend(lines[copied..fence.end].iter().map(|line| (*line).to_owned()));
                updated.push(String::new());
                updated.extend(found);
                copied = if place.is_empty() { fence.end } else { place.end };
            }
            _ => {}
        }
    }
    assert!(articles > 0, "{name} holds no article");
    updated.extend(lines[copied..].iter().map(|line| (*line).to_owned()));
    (wrong, updated.join("\n") + "\n")
}

#[test]
fn every_case_holds() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/markdown");
    let mut paths: Vec<PathBuf> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    assert!(!paths.is_empty());
    let update = std::env::var_os("UPDATE").is_some();
    let mut wrong = Vec::new();
    for path in paths {
        let (told, updated) = run(&path);
        if update && !told.is_empty() {
            std::fs::write(&path, updated).unwrap();
        }
        wrong.extend(told);
    }
    assert!(wrong.is_empty(), "{}\n(UPDATE=1 writes what is found; read the change)", wrong.join("\n"));
}
