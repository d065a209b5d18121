//! Text pasted from elsewhere: bullets and headings told by their shape.

use crate::document::Prose;
use crate::document::tokenize::tokenize;

/// Most words of a line that reads as a heading.
const HEADING_WORDS: usize = 12;

/// Length in bytes of the bullet that starts a line, white space after it included.
pub(super) fn bullet_len(text: &str) -> Option<usize> {
    let mut chars = text.chars();
    let bullet = chars.next()?;
    let rest = chars.as_str();
    let spaces = rest.len() - rest.trim_start().len();
    let is_bullet = match bullet {
        '•' | '‣' | '◦' | '●' | '▪' | '■' | '⁃' => true,
        '·' => spaces > 0,
        _ => false,
    };
    is_bullet.then_some(bullet.len_utf8() + spaces)
}

/// Whether an indented block is a list with pasted bullets, not code.
pub(super) fn is_bullet_list(text: &str) -> bool {
    bullet_len(text.trim_start()).is_some()
}

/// Whether a one-line paragraph reads as a heading: one sentence of at most 12 words
/// without an end stop. A question alone on its line is a heading too.
pub(super) fn is_heading(prose: &Prose) -> bool {
    let text = prose.text();
    let end = text.trim_end_matches([')', ']', '"', '\'', '\u{201d}', '\u{2019}', ' ', '*']);
    let stopped = match end.chars().next_back() {
        Some('.') => !end.ends_with("..."),
        Some('!' | ':' | ';' | ',') => true,
        _ => false,
    };
    !stopped && text.split_whitespace().take(HEADING_WORDS + 1).count() <= HEADING_WORDS && tokenize(prose).1.len() == 1
}
