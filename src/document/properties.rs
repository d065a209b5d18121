//! What holds of any document, whatever its text.

use proptest::prelude::*;

use crate::source::{SourceFile, Span};

use super::Document;

/// Pieces that mean something to Markdown, HTML, YAML or the tokenizer.
const PIECES: &[&str] = &[
    "\n",
    "\n\n",
    "\r\n",
    "\r",
    " ",
    "  ",
    "    ",
    "\t",
    "PRP cures arthritis",
    "knee",
    "é",
    "\u{a0}",
    "\u{200b}",
    "\u{ad}",
    "“",
    "”",
    "’",
    "…",
    ".",
    "!",
    "?",
    ",",
    ":",
    ";",
    "-",
    "–",
    "(",
    ")",
    "[",
    "]",
    "[1]",
    "[^1]",
    "[^1]: ",
    "[a]: b",
    "[a][b]",
    "[x](y)",
    "![alt](z)",
    "*",
    "**",
    "_",
    "~~",
    "`",
    "```\n",
    "~~~",
    "# ",
    "## ",
    "> ",
    "- ",
    "1. ",
    "• ",
    "· ",
    "| ",
    "|\n|---|---|\n",
    "---\n",
    "+++\n",
    "title: \"a\\\"b\"",
    "title = 'x'",
    "description: >-\n  folded\n  text\n",
    "<div>",
    "</div>",
    "<br>",
    "<p>",
    "<li>",
    "<table><tr><th>a<td>b",
    "<h2>",
    "</h2>",
    "<!--",
    "-->",
    "<code>",
    "</code>",
    "<script>",
    "</script>",
    "<sup>2</sup>",
    "<sup>",
    "<img alt=\"a b\">",
    "<a href=\"u\">",
    "</a>",
    "<blockquote>",
    "&amp;",
    "&nbsp;",
    "&eacute;",
    "\\*",
    "\\",
    "{{< note >}}",
    "{{% x %}}",
    "{{ y }}",
    "{% z %}",
    "{{",
    "}}",
    "{/*",
    "*/}",
    "[caption id=\"a\"]",
    "[/caption]",
    "[gallery]",
    "https://a.example/b_c.",
    "a@b.example",
    "<https://a.example>",
    "Dr. ",
    "e.g. ",
    "1,200",
    "3.5",
    "25X",
    "IL-6",
    "\0",
    "\u{feff}",
    "²",
    "日本",
    "🦵",
    "e\u{301}",
];

fn markdown() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        8 => prop::sample::select(PIECES).prop_map(str::to_owned),
        1 => any::<char>().prop_map(String::from),
        1 => "[a-zA-Z ]{1,8}",
    ];
    prop::collection::vec(piece, 0..60).prop_map(|pieces| pieces.concat())
}

/// Checks a document from end to end.
fn check(text: &str) -> Result<(), TestCaseError> {
    // MDX reads more as code: every other text is read as that.
    let path = if text.len().is_multiple_of(2) { "a.md" } else { "a.mdx" };
    let source = SourceFile::new(path, text);
    let document = Document::parse(&source);
    let inside = |span: Span| source.contains(span);
    let mut last = 0;
    for (at, block) in document.blocks.iter().enumerate() {
        prop_assert_eq!(block.id.index(), at);
        prop_assert!(!block.prose.is_empty());
        prop_assert!(inside(block.span));
        prop_assert!(block.span.start >= last, "block {} starts before the one before it", at);
        last = block.span.start;
        for other in [block.section, block.lead_in, block.header, block.row_header].into_iter().flatten() {
            prop_assert!(other < block.id);
        }
        let prose = block.prose.text();
        let mut end = 0;
        for token in &block.tokens {
            prop_assert!(token.start >= end && token.end > token.start);
            end = token.end;
            prop_assert!(prose.get(token.range()).is_some());
            let span = block.prose.source_span(token.range());
            prop_assert!(inside(span) && block.span.encloses(span));
            if block.prose.is_verbatim(token.range()) {
                prop_assert_eq!(source.slice(span), &prose[token.range()]);
            }
            prop_assert_eq!(block.prose.offset_of(span.start).map(|offset| offset <= token.start), Some(true));
        }
        let mut next = 0;
        for sentence in &block.sentences {
            prop_assert_eq!(sentence.tokens.start, next);
            prop_assert!(sentence.tokens.end > next);
            next = sentence.tokens.end;
            prop_assert!(prose.get(sentence.range.clone()).is_some_and(|text| text == text.trim()));
            prop_assert!(sentence.range.start <= block.tokens[sentence.tokens.start].start);
            prop_assert!(sentence.range.end >= block.tokens[sentence.tokens.end - 1].end);
        }
        prop_assert_eq!(next, block.tokens.len());
        // Every range of characters maps into the file.
        let bounds: Vec<usize> = prose.char_indices().map(|(at, _)| at).chain([prose.len()]).collect();
        for pair in bounds.windows(2) {
            prop_assert!(inside(block.prose.source_span(pair[0]..pair[1])));
            prop_assert!(inside(block.prose.source_span(pair[0]..prose.len())));
        }
    }
    let fields = document.front_matter.fields.iter().flat_map(|(_, field)| [field.span, field.key_span]);
    let spans = fields
        .chain(document.front_matter.faults.iter().map(|fault| fault.span))
        .chain(document.front_matter.span)
        .chain(document.links.iter().map(|link| link.span))
        .chain(document.link_definitions.iter().map(|definition| definition.span))
        .chain(document.footnote_references.iter().map(|reference| reference.span))
        .chain(document.footnote_definitions.iter().flat_map(|definition| [definition.span, definition.mark]))
        .chain(document.comments.iter().flat_map(|comment| [comment.span, comment.content]))
        .chain(document.shortcodes.iter().map(|shortcode| shortcode.span))
        .chain(document.code.iter().copied());
    for span in spans {
        prop_assert!(inside(span), "{:?} is not of the file", span);
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_markdown_is_a_sound_document(text in markdown()) {
        check(&text)?;
    }

    #[test]
    fn any_text_is_a_sound_document(text in any::<String>()) {
        check(&text)?;
    }

    #[test]
    fn any_front_matter_is_read(fields in "[a-z:\\[\\]{}\"'&*!|> #@é\\-\n\t,?%]{0,60}", plus in any::<bool>()) {
        let fence = if plus { "+++" } else { "---" };
        check(&format!("{fence}\ntitle: x\n{fields}\n{fence}\nBody."))?;
    }
}
