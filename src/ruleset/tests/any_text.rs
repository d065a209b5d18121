//! Any text at all: loading never panics, and every fault has a place in its file.

use proptest::prelude::*;

use super::load;

/// Bits that TOML, patterns and marks are made of.
const PIECES: [&str; 28] = [
    "[[rule]]\n",
    "[lists]\n",
    "[hedges.modal]\n",
    "[rule]\n",
    "id = ",
    "\"x\"",
    "\"\"\"",
    "'''",
    "\\u00e9",
    "\\",
    "\n",
    "\r\n",
    "[",
    "]",
    "{",
    "}",
    "=",
    ",",
    "#",
    "@a",
    "«",
    "»",
    "{match}",
    "“",
    "é",
    "phrase.any = ",
    "regex.any = ['(']\n",
    "extends",
];

/// Checks what must hold of any rule set.
fn assert_told_in_place(toml: &str) {
    let Err(faults) = load(&[("any.toml", toml)]) else { return };
    assert!(!faults.faults.is_empty());
    for fault in &faults.faults {
        assert!(faults.files[fault.file].contains(fault.span), "{fault:?}");
        for (file, span, _) in &fault.secondary {
            assert!(faults.files[*file].contains(*span), "{fault:?}");
        }
        assert!(!fault.message.is_empty());
    }
    assert!(faults.render().starts_with("error: "));
}

proptest! {
    #[test]
    fn any_text_is_told_in_place(text in ".{0,200}") {
        assert_told_in_place(&text);
    }

    #[test]
    fn any_pieces_are_told_in_place(pieces in prop::collection::vec(prop::sample::select(&PIECES[..]), 0..40)) {
        assert_told_in_place(&pieces.concat());
    }

    #[test]
    fn a_rule_set_with_a_hole_or_a_patch_is_told_in_place(
        at in 0..2_400_usize,
        length in 0..30_usize,
        patch in prop::sample::select(&PIECES[..]),
    ) {
        let sound = include_str!("clinic.toml");
        let boundary = |at: usize| (0..=at.min(sound.len())).rev().find(|&at| sound.is_char_boundary(at)).unwrap_or(0);
        let (start, end) = (boundary(at), boundary(at + length));
        assert_told_in_place(&format!("{}{patch}{}", &sound[..start], &sound[end..]));
    }
}
