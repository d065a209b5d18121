//! What the README shows is so: its runs, its rule set, its config.

use std::fs;
use std::path::Path;
use std::process::Command;

/// Runs the `console` blocks. `TRYCMD=overwrite` writes what they print now.
#[test]
fn the_runs() {
    trycmd::TestCases::new().case("README.md");
}

/// The fenced blocks of a language.
fn blocks(language: &str) -> Vec<String> {
    let readme = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md")).unwrap();
    let opening = format!("```{language}\n");
    readme.split(&opening).skip(1).map(|rest| rest.split("```").next().unwrap().to_owned()).collect()
}

fn caveat(folder: &Path, arguments: &[&str]) -> (Option<i32>, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_caveat")).args(arguments).current_dir(folder).output().unwrap();
    (output.status.code(), String::from_utf8(output.stderr).unwrap())
}

#[test]
fn the_rule_set_and_the_config() {
    let [rules, config] = blocks("toml").try_into().unwrap();
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("compliance")).unwrap();
    fs::write(folder.path().join("compliance/house-style.toml"), rules).unwrap();
    let (status, summary) = caveat(folder.path(), &["test", "compliance"]);
    assert_eq!((status, summary.contains("2 reported, 2 validated")), (Some(0), true), "{summary}");

    fs::write(folder.path().join("caveat.toml"), config).unwrap();
    fs::write(folder.path().join("a.md"), "Plain words.\n").unwrap();
    assert_eq!(caveat(folder.path(), &["check", "--quiet"]), (Some(0), String::new()));
}

#[test]
fn the_front_matter_and_the_suppression() {
    let folder = tempfile::tempdir().unwrap();
    let [front_matter] = blocks("yaml").try_into().unwrap();
    let [suppression] = blocks("markdown").try_into().unwrap();
    let article = format!("---\ntitle: A page\n{front_matter}---\n\n{suppression}");
    fs::write(folder.path().join("a.md"), article).unwrap();
    let arguments = ["check", "--quiet", "--as-of", "2026-11-20", "--format", "json=out.json", "--fail-on", "never"];
    assert_eq!(caveat(folder.path(), &arguments), (Some(0), String::new()));
    let out = fs::read_to_string(folder.path().join("out.json")).unwrap();
    // Every key is known, and the suppression hides what it names.
    assert!(!out.contains("caveat/") && !out.contains("core/guarantee"), "{out}");
}

#[test]
fn every_built_in_rule_set_is_named() {
    let readme = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md")).unwrap();
    for (file, _) in caveat::ruleset::BUILTIN {
        let id = file.strip_suffix(".toml").unwrap();
        assert!(readme.contains(&format!("| `{id}` |")), "{id} is not in the README");
    }
}
