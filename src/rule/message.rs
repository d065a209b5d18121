//! Messages of rules: text with `{name}` where a finding fills in its words.

/// Fills the placeholders of a message. Those that have no value stay as they are, and
/// what is filled in is not looked at again, so that an article may speak of `{match}`.
#[must_use]
pub fn fill(template: &str, values: &[(&str, &str)]) -> String {
    replace(template, |name| values.iter().find(|(known, _)| *known == name).map(|(_, value)| *value))
}

/// A message with `…` for what a finding fills in.
#[must_use]
pub fn unfilled(message: &str) -> String {
    replace(message, |_| Some("…"))
}

/// Replaces each `{name}` by its value, where there is one.
fn replace<'v>(template: &str, value: impl Fn(&str) -> Option<&'v str>) -> String {
    let mut text = String::with_capacity(template.len());
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('{') {
        text.push_str(before);
        match after.split_once('}').and_then(|(name, after)| Some((value(name)?, after))) {
            Some((value, after)) => {
                text.push_str(value);
                rest = after;
            }
            None => {
                text.push('{');
                rest = after;
            }
        }
    }
    text + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn placeholders_are_filled_once() {
        assert_eq!(fill("'{match}' by {who}, {x}", &[("match", "{who}"), ("who", "PRP")]), "'{who}' by PRP, {x}");
        assert_eq!(fill("{ {match}", &[("match", "a")]), "{ a");
    }

    #[test]
    fn placeholders_become_an_ellipsis() {
        assert_eq!(unfilled("'{match}' by {who}"), "'…' by …");
        assert_eq!(unfilled("no {end"), "no {end");
    }
}
