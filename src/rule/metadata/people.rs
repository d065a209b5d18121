//! Who answers for an article: its author, its reviewer.

use crate::document::{Block, Document, TokenKind, Value};

/// Keys of front matter that name an author, letters only.
const AUTHOR_KEYS: &[&str] =
    &["author", "authors", "authorname", "by", "byline", "writer", "writtenby", "contributor", "contributors"];
/// Keys of front matter that name a reviewer, letters only.
const REVIEWER_KEYS: &[&str] = &[
    "reviewer",
    "reviewers",
    "reviewedby",
    "medicalreviewer",
    "medicalreviewers",
    "medicallyreviewedby",
    "factcheckedby",
    "expertreviewer",
    "clinicalreviewer",
];

/// Whether the article names its author, in front matter or in a line such as "By Ada Example".
pub(super) fn names_author(document: &Document<'_>) -> bool {
    has_key(document, AUTHOR_KEYS)
        || document.blocks.iter().any(|block| {
            is_byline(block)
                || says(block, &["written", "authored"], "by")
                || labels(block, &["author", "authors", "writer"])
        })
}

/// Whether the article names its reviewer, in front matter or in words: "Reviewed by Dr Ada Example".
pub(super) fn names_reviewer(document: &Document<'_>) -> bool {
    has_key(document, REVIEWER_KEYS)
        || document
            .blocks
            .iter()
            .any(|block| says(block, &["reviewed", "checked"], "by") || labels(block, &["reviewer", "reviewers"]))
}

fn has_key(document: &Document<'_>, keys: &[&str]) -> bool {
    document.front_matter.fields.iter().any(|(key, field)| {
        let key: String = key.chars().filter(char::is_ascii_alphabetic).collect::<String>().to_lowercase();
        keys.contains(&key.as_str()) && says_something(&field.value)
    })
}

fn says_something(value: &Value) -> bool {
    match value {
        Value::Text(text) => !text.trim().is_empty(),
        Value::List(items) => items.iter().any(|item| says_something(&item.value)),
        Value::Table(fields) => fields.iter().any(|(_, field)| says_something(&field.value)),
        Value::Empty => false,
    }
}

/// Whether a short block is `By Ada Example`.
fn is_byline(block: &Block) -> bool {
    block.tokens.len() <= 20
        && block.tokens.len() >= 2
        && block.token_text(0).eq_ignore_ascii_case("by")
        && is_name(block, 1)
}

/// Whether a block says `reviewed by Name`.
fn says(block: &Block, verbs: &[&str], by: &str) -> bool {
    (0..block.tokens.len().saturating_sub(2)).any(|at| {
        block.token_text(at + 1).eq_ignore_ascii_case(by)
            && verbs.iter().any(|verb| block.token_text(at).eq_ignore_ascii_case(verb))
            && is_name(block, at + 2)
    })
}

/// Whether a block says `Author: Name`.
fn labels(block: &Block, names: &[&str]) -> bool {
    (0..block.tokens.len().min(4).min(block.tokens.len().saturating_sub(2))).any(|at| {
        block.token_text(at + 1) == ":"
            && names.iter().any(|name| block.token_text(at).eq_ignore_ascii_case(name))
            && is_name(block, at + 2)
    })
}

/// Whether a capitalised word stands at `token`.
fn is_name(block: &Block, token: usize) -> bool {
    block.tokens[token].kind == TokenKind::Word && block.token_text(token).starts_with(char::is_uppercase)
}
