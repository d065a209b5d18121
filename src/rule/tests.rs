//! Rules at work: one rule, one article, the words it underlines.

use crate::document::Document;
use crate::linter::{Inputs, LintOptions, Linter};
use crate::ruleset::{RuleSets, RuleSource};
use crate::source::SourceFile;

/// The rule set around a rule: what its tests have in common.
const TOP: &str = r#"format = 1
id = "house"
title = "House"
version = "1.0.0"
language = "en"

[lists]
therapy = ["PRP", "stem cell~"]
condition = ["arthritis", "pain"]
call-to-action = ["book now", "contact us"]

[statements.status]
wordings = ["not [been] approved by [the] FDA"]
about = ["@therapy"]
except = ["not approved by [the] FDA to sell"]

[[rule]]
id = "claim"
category = "efficacy"
level = "warning"
message = "claims"
claim.who = ["@therapy"]
claim.does = ["cure~"]
claim.what = ["arthritis", "pain"]

[[rule]]
id = "rule"
category = "disclosure"
level = "error"
message = "{MESSAGE}"
"#;

/// The findings of a rule: source text and message.
pub(super) fn find(rule: &str, message: &str, article: &str) -> Vec<(String, String, Vec<String>)> {
    let top = TOP.replace("{MESSAGE}", message);
    let file = SourceFile::new("house.toml", format!("{top}{rule}"));
    let rulesets = match RuleSets::load(vec![RuleSource { file, builtin: false }]) {
        Ok(rulesets) => rulesets,
        Err(faults) => panic!("{:?}", faults.faults),
    };
    let source = SourceFile::new("a.md", article);
    let document = Document::parse(&source);
    let inputs = Inputs::new(jiff::civil::date(2026, 1, 1));
    let checked = Linter { rulesets: &rulesets, inputs: &inputs }.check(&document, &LintOptions::new(&rulesets));
    let found = checked.diagnostics.into_iter().filter(|diagnostic| diagnostic.rule == "house/rule");
    found
        .map(|diagnostic| {
            let labels = diagnostic.labels.into_iter().filter(|label| label.path == "a.md");
            (diagnostic.text, diagnostic.message, labels.map(|label| label.message).collect())
        })
        .collect()
}

/// The source texts that a rule underlines.
pub(super) fn check(rule: &str, article: &str) -> Vec<String> {
    find(rule, "found", article).into_iter().map(|(text, ..)| text).collect()
}
