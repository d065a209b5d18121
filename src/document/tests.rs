//! What the document model makes of Markdown.

use crate::source::SourceFile;

use super::{Block, BlockKind, Document};

/// Parses `text` and hands its document to `check`.
fn with<T>(text: &str, check: impl FnOnce(&Document<'_>) -> T) -> T {
    let source = SourceFile::new("a.md", text);
    check(&Document::parse(&source))
}

/// The prose of all blocks.
fn proses(text: &str) -> Vec<String> {
    with(text, |document| document.blocks.iter().map(|block| block.prose.text().to_owned()).collect())
}

/// The sentences of the only block.
fn sentences(text: &str) -> Vec<String> {
    with(text, |document| {
        let block = &document.blocks[0];
        block.sentences.iter().map(|sentence| block.prose.text()[sentence.range.clone()].to_owned()).collect()
    })
}

/// The tokens of the only block, `~` before joined ones.
fn tokens(text: &str) -> String {
    with(text, |document| {
        let block = &document.blocks[0];
        let shown: Vec<String> = (0..block.tokens.len())
            .map(|at| format!("{}{}", if block.tokens[at].joined { "~" } else { "" }, block.token_text(at)))
            .collect();
        shown.join(" ")
    })
}

/// Source of the words `from` to `to` of a block.
fn source_of(document: &Document<'_>, block: &Block, words: &str) -> String {
    let at = block.prose.text().find(words).expect("the words stand in the prose");
    document.source.slice(block.prose.source_span(at..at + words.len())).to_owned()
}

#[test]
fn a_phrase_reads_the_same_wherever_it_stands() {
    let phrase = "cures knee arthritis";
    for (markdown, source) in [
        ("PRP cures knee arthritis now.", "cures knee arthritis"),
        ("PRP cures\nknee arthritis.", "cures\nknee arthritis"),
        ("PRP cures  \nknee arthritis.", "cures  \nknee arthritis"),
        ("> PRP cures\n> knee arthritis.", "cures\n> knee arthritis"),
        ("- PRP cures\n  knee arthritis.", "cures\n  knee arthritis"),
        ("PRP **cures knee** arthritis.", "cures knee** arthritis"),
        ("PRP cu**res** [knee](x) arthritis.", "cu**res** [knee](x) arthritis"),
        ("| PRP |\n|---|\n| cures knee arthritis |", "cures knee arthritis"),
        ("# PRP cures knee arthritis", "cures knee arthritis"),
        ("<p>PRP cures\nknee <b>arthritis</b></p>", "cures\nknee <b>arthritis"),
        ("PRP cures\r\nknee arthritis.", "cures\r\nknee arthritis"),
        ("PRP cures\rknee arthritis.", "cures\rknee arthritis"),
        ("PRP cures[^1] knee arthritis.\n\n[^1]: A.", "cures[^1] knee arthritis"),
        ("PRP cures[^9] knee arthritis.", "cures[^9] knee arthritis"),
        ("PRP cures&#32;knee arthritis.", "cures&#32;knee arthritis"),
        ("\u{feff}PRP cures knee arthritis.", "cures knee arthritis"),
        (
            "PRP cures <!-- a --> knee arthritis.".replace("cures <", "cures<").as_str(),
            "cures<!-- a --> knee arthritis",
        ),
    ] {
        with(markdown, |document| {
            let block = document.blocks.iter().find(|block| block.prose.text().contains(phrase));
            let block = block.unwrap_or_else(|| panic!("{markdown:?} gives {:?}", proses(markdown)));
            assert_eq!(source_of(document, block, phrase), source, "{markdown:?}");
        });
    }
}

#[test]
fn sentences_end_where_readers_see_an_end() {
    for text in [
        "Dr. Smith saw it.|It went well.",
        "Levels of IL-6 fell by 3.5 mg.|They rose later.",
        "Smith et al. (2015) found it.|It held.",
        "Use it, e.g. in knees.|See Fig. 2 for more.",
        "It works [5].|It lasts.[6]|It ends.",
        "It works (see below).|It lasts.",
        "\"It works.\"|She smiled.",
        "Is it safe?|yes!|We think so.",
        "Approved by the U.S. Food and Drug Administration.|It is sold in the U.S.|The price varies.",
        "They lack vitamin D.|The skin makes it.",
        "J. B. Smith wrote it.|No. 5 is out.|No.|It is not.",
        "It grew…|Then it fell... and rose.",
        "Cells changed.|iPSCs are made from skin.",
        "It reduces inflammation.The effect lasts.",
        "See https://a.example/b.c for more.|Write to a.b@c.example.|Go.",
    ] {
        let expected: Vec<&str> = if text.contains("inflammation.The") {
            vec!["It reduces inflammation.", "The effect lasts."]
        } else {
            text.split('|').collect()
        };
        let joined = expected.join(" ");
        let joined = if text.contains("inflammation.The") { text.to_owned() } else { joined };
        assert_eq!(sentences(&joined), expected);
    }
}

#[test]
fn words_numbers_and_marks_are_told_apart() {
    assert_eq!(tokens("long-term IL-6 don’t 25X 1,200 3.5% B12"), "long ~term IL ~6 don’t 25 ~X 1,200 3.5 ~% B12");
    assert_eq!(tokens("Allogeneic -derived “cells”, (2)"), "Allogeneic - ~derived cells ~, ( ~2 ~)");
    assert_eq!(
        tokens("mail a.b-c@d.example. Or https://x.example/cures-all."),
        "mail a.b-c@d.example ~. Or https://x.example/cures-all ~."
    );
    assert_eq!(tokens("protocol<sup>2</sup> holds"), "protocol holds");
}

#[test]
fn pasted_bullets_and_headings_are_inferred() {
    with("Benefits of PRP\n\nIt helps to:\n• heal the knee\n  • ease pain\n\nDone here.", |document| {
        let kinds: Vec<&BlockKind> = document.blocks.iter().map(|block| &block.kind).collect();
        let item = BlockKind::ListItem { number: None, depth: 1 };
        assert_eq!(
            kinds,
            [&BlockKind::Heading { level: 6 }, &BlockKind::Paragraph, &item, &item, &BlockKind::Paragraph]
        );
        let leads: Vec<_> = document.blocks.iter().map(|block| block.lead_in.map(super::BlockId::index)).collect();
        assert_eq!(leads, [None, None, Some(1), Some(1), None]);
        let inferred: Vec<bool> = document.blocks.iter().map(|block| block.inferred).collect();
        assert_eq!(inferred, [true, false, true, true, false]);
        assert_eq!(document.source.slice(document.blocks[2].span), "heal the knee");
    });
}

#[test]
fn shortcode_marks_are_not_prose_and_the_text_between_is() {
    let text = "{{< note >}}\nNot approved.\n{{< /note >}}\n\n[caption id=\"a\"]A knee[/caption]\n\n{% cite x %} and {{ y }} end.";
    assert_eq!(proses(text), ["Not approved.", "A knee", "and  end."]);
    let names =
        with(text, |document| document.shortcodes.iter().map(|shortcode| shortcode.name.clone()).collect::<Vec<_>>());
    assert_eq!(names, ["note", "note", "caption", "caption", "cite", "y"]);
    assert!(with("`{{< note >}}`", |document| document.shortcodes.is_empty()));
}

#[test]
fn html_is_blocks_of_text() {
    let text = "<div>\n<h2>Risks</h2>\n<p>One &eacute;<br>two</p>\n<ul>\n<li>Three</li>\n</ul>\n<script>var four = 4;</script>\n<img src=\"x\" alt=\"Five\">\n<!-- six -->\n</div>";
    assert_eq!(proses(text), ["Risks", "One é two", "Three", "Five"]);
    with(text, |document| {
        assert_eq!(document.blocks[0].kind, BlockKind::Heading { level: 2 });
        assert_eq!(document.blocks[2].kind, BlockKind::ListItem { number: None, depth: 1 });
        assert_eq!(document.source.slice(document.comments[0].content), " six ");
    });
}

#[test]
fn front_matter_fields_are_blocks_that_map_to_their_bytes() {
    let text = "---\ntitle: \"PRP \\\"cures\\\" kn\\u00e9es\"\ndescription: >-\n  Folded\n  text.\nsummary: 'It''s'\nauthor: Me\n---\n\nBody.\n";
    with(text, |document| {
        let shown: Vec<(&str, &str)> =
            document.blocks.iter().map(|block| (block.prose.text(), document.source.slice(block.span))).collect();
        assert_eq!(
            shown,
            [
                ("PRP \"cures\" knées", "PRP \\\"cures\\\" kn\\u00e9es"),
                ("Folded text.", "Folded\n  text."),
                ("It's", "It''s"),
                ("Body.", "Body.")
            ]
        );
        assert_eq!(source_of(document, &document.blocks[0], "knées"), "kn\\u00e9es");
        assert_eq!(document.front_matter.text("Author"), Some("Me"));
    });
}

#[test]
fn toml_front_matter_is_read_too() {
    with("+++\ntitle = \"A \\\"b\\\"\"\ndate = 2020-01-02\n[caveat]\nmarkets = [\"us\"]\n+++\nBody.", |document| {
        assert_eq!(document.blocks[0].prose.text(), "A \"b\"");
        assert_eq!(document.front_matter.text("date"), Some("2020-01-02"));
        assert_eq!(document.front_matter.texts("caveat.markets")[0].0, "us");
        assert_eq!(document.blocks[1].prose.text(), "Body.");
    });
}

#[test]
fn a_fault_in_front_matter_loses_neither_the_other_fields_nor_the_body() {
    with("---\ntitle: PRP: a guide\nauthor: Me\n---\nBody.", |document| {
        assert_eq!(document.front_matter.faults.len(), 1);
        assert_eq!(document.source.slice(document.front_matter.faults[0].span), "title: PRP: a guide");
        assert_eq!(document.front_matter.text("author"), Some("Me"));
        assert_eq!(document.blocks[0].prose.text(), "Body.");
    });
    with("---\ntitle: PRP\n\nBody stands here.", |document| {
        assert!(document.front_matter.faults[0].message.contains("not closed"));
        assert_eq!(document.blocks[0].prose.text(), "PRP");
        assert_eq!(document.blocks[1].prose.text(), "Body stands here.");
    });
    for no_front_matter in ["---\n\nSome text.\n\n---\n", "---", "", "+++ a", "--- \nSome text\n---\n"] {
        with(no_front_matter, |document| assert_eq!(document.front_matter.span, None, "{no_front_matter:?}"));
    }
}

#[test]
fn the_code_of_mdx_is_not_prose() {
    let text = "import { Note } from './note'\n\n<Note kind={x} style={{ a: 1 }}>\n\nHeals {props.joint} pain {/* ask */}.\n\n</Note>\n\nexport const a = {\n  b: 1,\n}\n";
    let source = SourceFile::new("a.mdx", text);
    let document = Document::parse(&source);
    let proses: Vec<&str> = document.blocks.iter().map(|block| block.prose.text()).collect();
    assert_eq!(proses, ["Heals  pain ."]);
    assert_eq!(document.source.slice(document.comments[0].content), " ask ");
    let markdown = "import is a word {and} this is text.";
    assert_eq!(self::proses(markdown), [markdown]);
}
