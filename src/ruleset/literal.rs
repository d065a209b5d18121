//! From a place in a string's value to its place in the TOML that wrote it.

/// The bytes of the file that wrote the byte at `offset` of a string's value.
///
/// `literal` is the string as written, quotes included; `offset` counts bytes of
/// the value and may be its length. The result counts bytes of `literal`.
pub(super) fn offset_in_literal(literal: &str, offset: usize) -> usize {
    let (quotes, escapes, multiline) = match literal {
        _ if literal.starts_with("\"\"\"") && literal.len() >= 6 => (3, true, true),
        _ if literal.starts_with("'''") && literal.len() >= 6 => (3, false, true),
        _ if literal.starts_with('"') => (1, true, false),
        _ if literal.starts_with('\'') => (1, false, false),
        _ => (0, false, false),
    };
    let mut at = quotes;
    if multiline {
        at += line_end(&literal[at..]);
    }
    let mut decoded = 0;
    while let Some(next) = literal[at..].chars().next() {
        if escapes && next == '\\' {
            let (written, made) = escape(&literal[at..], multiline);
            if decoded + made > offset {
                return at;
            }
            decoded += made;
            at += written;
            continue;
        }
        if decoded + next.len_utf8() > offset {
            return at;
        }
        decoded += next.len_utf8();
        at += next.len_utf8();
    }
    literal.len()
}

/// Length in bytes of the line end at the start of `text`, 0 when there is none.
fn line_end(text: &str) -> usize {
    if text.starts_with("\r\n") { 2 } else { usize::from(text.starts_with('\n')) }
}

/// The bytes that the escape at the start of `text` is written with, and those it makes.
fn escape(text: &str, multiline: bool) -> (usize, usize) {
    let hex = |digits: usize| {
        let code = text.get(2..2 + digits).and_then(|hex| u32::from_str_radix(hex, 16).ok());
        code.and_then(char::from_u32).map_or((2, 2), |made| (2 + digits, made.len_utf8()))
    };
    match text[1..].chars().next() {
        Some('x') => hex(2),
        Some('u') => hex(4),
        Some('U') => hex(8),
        Some(' ' | '\t' | '\r' | '\n') if multiline => {
            let rest = text[1..].trim_start_matches([' ', '\t', '\r', '\n']);
            (text.len() - rest.len(), 0)
        }
        Some(known) if known.is_ascii() => (2, 1),
        // No escape of TOML: the reader keeps the backslash.
        _ => (1, 1),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The place of the first `X` of the value is the place of the first `X` written.
    fn assert_found(literal: &str) {
        let text = format!("a = {literal}");
        let table = toml::de::DeTable::parse(&text).expect("valid TOML").into_inner();
        let value = table.get("a").and_then(|value| value.get_ref().as_str()).expect("a string");
        let at = value.find('X').expect("an X in the value");
        assert_eq!(offset_in_literal(literal, at), literal.find('X').unwrap(), "{literal}");
    }

    #[test]
    fn places_are_found_in_every_kind_of_string() {
        for literal in [
            "\"abX\"",
            "'a\\bX'",
            "\"a\\\"\\u00e9\\tX\"",
            "\"\\U0001F600\\x41\\eX\"",
            "\"é“X\"",
            "\"\"\"abX\"\"\"",
            "\"\"\"\nabX\"\"\"",
            "\"\"\"\r\nab\r\nX\"\"\"",
            "\"\"\"a\\\n   \n  b\\nX\"\"\"",
            "'''\na'bX'''",
            "'''a\\X'''",
        ] {
            assert_found(literal);
        }
    }

    #[test]
    fn the_end_of_a_value_is_before_its_closing_quote() {
        assert_eq!(offset_in_literal("\"ab\"", 2), 3);
        assert_eq!(offset_in_literal("\"\"\"ab\"\"\"", 2), 5);
    }
}
