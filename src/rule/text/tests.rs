//! Checks of the text at work: what they underline, what they leave alone, what they mend.

use crate::diagnostic::{Applicability, Diagnostic};
use crate::document::Document;
use crate::linter::{Inputs, LintOptions, Linter};
use crate::ruleset::{RuleSets, RuleSource};
use crate::source::SourceFile;

/// What the rule with `keys` says of an article.
fn diagnose(keys: &str, article: &str) -> Vec<Diagnostic> {
    let rule = format!(
        "format = 1\nid = \"house\"\ntitle = \"House\"\nversion = \"1\"\n[[rule]]\nid = \"rule\"\n\
         category = \"text\"\nlevel = \"warning\"\nmessage = \"{{match}}\"\n{keys}\n"
    );
    let sources = vec![RuleSource { file: SourceFile::new("house.toml", rule), builtin: false }];
    let rulesets = RuleSets::load(sources).unwrap_or_else(|faults| panic!("{:?}", faults.faults));
    let source = SourceFile::new("a.md", article);
    let inputs = Inputs::new(jiff::civil::date(2026, 1, 1));
    let linter = Linter { rulesets: &rulesets, inputs: &inputs };
    linter.check(&Document::parse(&source), &LintOptions::new(&rulesets)).diagnostics
}

/// The words that a check underlines.
fn found(check: &str, article: &str) -> Vec<String> {
    let keys = format!("text.check = \"{check}\"");
    diagnose(&keys, article).into_iter().map(|diagnostic| diagnostic.text).collect()
}

/// An article after the safe fixes of a check, which must leave nothing to find.
fn fixed(keys: &str, article: &str) -> String {
    let mut text = article.to_owned();
    let diagnostics = diagnose(keys, article);
    for diagnostic in diagnostics.iter().rev() {
        for fix in diagnostic.fixes.iter().filter(|fix| fix.applicability == Applicability::Safe) {
            for edit in fix.edits.iter().rev() {
                text.replace_range(edit.span.range(), &edit.text);
            }
        }
    }
    assert_eq!(diagnose(keys, &text), [], "{text:?}");
    text
}

#[test]
fn doubled_words_are_found_across_lines_and_marks_but_not_across_sentences() {
    assert_eq!(found("doubled-word", "It is the\nthe knee.\n\n> for\n> for pain"), ["the\nthe", "for\n> for"]);
    assert_eq!(found("doubled-word", "It is the **the** knee."), ["the **the"]);
    let quiet =
        "It was that. That was it. Été été. Duran Duran. In in-vitro work. A `x` `x` b. Bitwise AND and or. knee, knee";
    assert_eq!(found("doubled-word", quiet), ["Été été"]);
    assert_eq!(fixed("text.check = \"doubled-word\"", "It is the the knee."), "It is the knee.");
}

#[test]
fn spaces_are_mended() {
    let stray = "text.check = \"stray-space\"";
    assert_eq!(fixed(stray, "It eases pain , they say ."), "It eases pain, they say.");
    assert_eq!(fixed(stray, "Joints ( knees ) heal ."), "Joints (knees) heal.");
    assert_eq!(fixed("text.check = \"double-space\"", "cells  that help.  They do"), "cells that help.  They do");
    assert_eq!(
        fixed("text.check = \"glued-words\"", "It treats stenosis,lupus and skin.The skin heals now."),
        "It treats stenosis, lupus and skin. The skin heals now."
    );
    assert_eq!(fixed("text.check = \"invisible-character\"", "a guide\u{a0}on knees\u{a0}\n"), "a guide on knees\n");
    let pairs = "text.check = \"missing-hyphen\"\ntext.words = [\"long term\"]";
    assert_eq!(fixed(pairs, "a long term ailment, in the long term"), "a long-term ailment, in the long term");
}

#[test]
fn marks_in_numbers_addresses_and_faces_are_left_alone() {
    let quiet = "A dose of .5 mg, built with .NET, 1 : 2, https://x.example/a ,b :) or `f ()` and note[^1] , x[^1]: y.";
    assert_eq!(found("stray-space", "A dose of .5 mg, built with .NET, 1 : 2, see :) or so."), Vec::<String>::new());
    assert_eq!(found("unbalanced-mark", quiet), Vec::<String>::new());
    assert_eq!(found("glued-words", "Use a,b or 1,200 or IFNgamma or std::io or example.com."), Vec::<String>::new());
}

#[test]
fn what_follows_tells_whether_a_text_is_cut() {
    let cut = "It eases pain in the knee. We say that it is so";
    assert_eq!(found("missing-stop", cut), ["that it is so"]);
    for goes_on in ["\n\n- a\n", "\n\n```\nx\n```\n", "\n\n> b\n", "\n\n| a |\n|---|\n"] {
        assert_eq!(found("missing-stop", &format!("{cut}{goes_on}")), Vec::<String>::new(), "{goes_on:?}");
    }
    let list = "## Types\n\nThese cells have been used:";
    assert_eq!(found("missing-list", list), ["cells have been used:"]);
    assert_eq!(found("missing-list", &format!("{list}\n\n## Results")), ["cells have been used:"]);
    for goes_on in
        ["\n\n### One", "\n\n```\nx\n```", "\n\n![a](b)", "\n\nA long paragraph of some words follows here.", "\n\n- x"]
    {
        assert_eq!(found("missing-list", &format!("{list}{goes_on}")), Vec::<String>::new(), "{goes_on:?}");
    }
}

#[test]
fn garbled_bytes_are_underlined_with_their_word() {
    assert_eq!(
        found("mojibake", "The patientâ€™s cafÃ© and &amp;nbsp; and \u{fffd}x."),
        ["patientâ€™s", "cafÃ©", "&amp;nbsp;", "\u{fffd}x"]
    );
    assert_eq!(found("mojibake", "L’âge, â and Ã, Â, naïve."), Vec::<String>::new());
}

#[test]
fn lines_of_the_page_are_told_from_wrapped_text() {
    let keys = "text.check = \"page-furniture\"\ntext.words = [\"search\", \"*all rights reserved*\"]";
    let texts = |article| diagnose(keys, article).into_iter().map(|it| it.text).collect::<Vec<_>>();
    assert_eq!(
        texts("Search\n\nKnees hurt.\n\n© 2024 X. All Rights Reserved"),
        ["Search", "© 2024 X. All Rights Reserved"]
    );
    let wrapped = "This is a paragraph of running text that is wrapped, and it ends in\nsearch";
    assert_eq!(texts(wrapped), Vec::<String>::new());
    assert_eq!(texts("## Search"), Vec::<String>::new());
    assert_eq!(found("repeated-line", "Menu\n\na\n\nMenu\n\nb\n\nMenu"), ["Menu", "Menu"]);
}

#[test]
fn misspellings_come_with_corrections() {
    let keys = "typos.allow = [\"vas\"]\ntypos.correct = [\"alzheimers -> Alzheimer's\"]";
    let fixes = |article| -> Vec<(String, Vec<String>)> {
        let texts = |it: Diagnostic| (it.text, it.fixes.into_iter().map(|fix| fix.edits[0].text.clone()).collect());
        diagnose(keys, article).into_iter().map(texts).collect()
    };
    assert_eq!(
        fixes("Recieve the treatement."),
        [("Recieve".into(), vec!["Receive".into()]), ("treatement".into(), vec!["treatment".into()])]
    );
    assert_eq!(fixes("He has Alzheimers."), [("Alzheimers".into(), vec!["Alzheimer's".into()])]);
    assert_eq!(fixes("A teh’s."), [("teh".into(), vec!["the".into()])]);
    for right in [
        "the vas deferens",
        "`recieve`",
        "https://x.example/recieve",
        "Ask Mr Recieve.",
        "RECIEVE",
        "recieve2",
        "a recieve-it",
        "x.recieve()",
    ] {
        assert_eq!(fixes(right), [], "{right}");
    }
}
