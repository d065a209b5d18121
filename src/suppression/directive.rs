//! The grammar of suppression comments.
//!
//! ```text
//! <!-- caveat-disable-next-line RULE… [until=YYYY-MM-DD] [-- reason] -->
//! <!-- caveat-disable-line RULE… … -->
//! <!-- caveat-disable RULE… … -->      up to the next matching caveat-enable, or the end
//! <!-- caveat-enable [RULE…] -->       without rules: all that are disabled
//! <!-- caveat-disable-file RULE… … -->
//! ```
//!
//! In MDX the same stands between `{/*` and `*/}`. Rules are parted by spaces or commas.

use jiff::civil::Date;

use crate::source::Span;
use crate::suggest;

/// How far a suppression reaches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Verb {
    /// The next line that is not blank.
    DisableNextLine,
    /// The line the comment stands on.
    DisableLine,
    /// The whole file.
    DisableFile,
    /// From here on.
    Disable,
    /// Ends what `Disable` began.
    Enable,
}

const VERBS: [(&str, Verb); 5] = [
    ("caveat-disable-next-line", Verb::DisableNextLine),
    ("caveat-disable-line", Verb::DisableLine),
    ("caveat-disable-file", Verb::DisableFile),
    ("caveat-disable", Verb::Disable),
    ("caveat-enable", Verb::Enable),
];

impl Verb {
    /// The word that leads the comment.
    pub(super) fn name(self) -> &'static str {
        VERBS.iter().find(|(_, verb)| *verb == self).map_or("", |(name, _)| name)
    }
}

/// A suppression comment that could be read.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Directive {
    pub(super) verb: Verb,
    /// Ids as written, with their places.
    pub(super) rules: Vec<(String, Span)>,
    /// The last day it holds, with its place.
    pub(super) until: Option<(Date, Span)>,
    /// Whether a reason is given.
    pub(super) has_reason: bool,
}

/// What keeps a comment that means to be a suppression from being one.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Malformed {
    pub(super) span: Span,
    pub(super) message: String,
}

/// Reads the content of a comment, which starts at byte `offset` of its file.
/// `None` when it does not mean to be a suppression.
pub(super) fn parse(content: &str, offset: usize) -> Option<Result<Directive, Malformed>> {
    let mut words = Words { content, offset, at: 0 };
    let (first, first_span) = words.next()?;
    let verb = match read_verb(first)? {
        Ok(verb) => verb,
        Err(message) => return Some(Err(Malformed { span: first_span, message })),
    };
    let mut directive = Directive { verb, rules: Vec::new(), until: None, has_reason: false };
    while let Some((word, span)) = words.next() {
        if let Some(rest) = ["--", "—", "–"].iter().find_map(|dash| word.strip_prefix(dash)) {
            directive.has_reason = !rest.trim().is_empty() || !words.rest().trim().is_empty();
            break;
        }
        match word.split_once('=') {
            Some((key, date)) if key.eq_ignore_ascii_case("until") => match date.parse() {
                Ok(date) => directive.until = Some((date, span)),
                Err(_) => {
                    let message = format!("'{date}' is no date; write until=YYYY-MM-DD");
                    return Some(Err(Malformed { span, message }));
                }
            },
            _ => directive.rules.push((word.to_owned(), span)),
        }
    }
    if directive.rules.is_empty() && verb != Verb::Enable {
        let message = format!("`{}` names no rule: it hides nothing", verb.name());
        return Some(Err(Malformed { span: first_span, message }));
    }
    Some(Ok(directive))
}

/// The verb a word stands for; `None` when the word means nothing of the kind.
fn read_verb(word: &str) -> Option<Result<Verb, String>> {
    let lower = word.to_ascii_lowercase();
    if let Some((_, verb)) = VERBS.iter().find(|(name, _)| *name == lower) {
        return Some(Ok(*verb));
    }
    let rest = lower.strip_prefix("caveat-")?;
    let names = VERBS.map(|(name, _)| name);
    let near = suggest::closest(&lower, names);
    let means = near.is_some() || ["disable", "enable", "ignore", "suppress"].iter().any(|verb| rest.starts_with(verb));
    means.then(|| {
        let advice = near
            .map_or_else(|| format!("; use one of {}", names.join(", ")), |name| format!("; did you mean '{name}'?"));
        Err(format!("'{word}' is no suppression{advice}"))
    })
}

/// Words parted by white space or commas.
struct Words<'c> {
    content: &'c str,
    offset: usize,
    at: usize,
}

impl<'c> Words<'c> {
    /// The content after the last word read.
    fn rest(&self) -> &'c str {
        &self.content[self.at..]
    }
}

impl<'c> Iterator for Words<'c> {
    type Item = (&'c str, Span);

    fn next(&mut self) -> Option<Self::Item> {
        let parts = |c: char| c.is_whitespace() || c == ',';
        let rest = self.rest();
        let start = self.at + (rest.len() - rest.trim_start_matches(parts).len());
        let word = self.content[start..].split(parts).next().filter(|word| !word.is_empty())?;
        self.at = start + word.len();
        Some((word, Span::new(self.offset + start, self.offset + self.at)))
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn read(content: &str) -> Result<Directive, Malformed> {
        parse(content, 0).expect("a suppression")
    }

    #[test]
    fn rules_date_and_reason_are_read() {
        let directive = read(" caveat-disable-next-line core/a, b until=2026-01-31 -- quoted from the label ").unwrap();
        assert_eq!(directive.verb, Verb::DisableNextLine);
        assert_eq!(directive.rules, [("core/a".to_owned(), Span::new(26, 32)), ("b".to_owned(), Span::new(34, 35))]);
        assert_eq!(directive.until.unwrap().0, date(2026, 1, 31));
        assert!(directive.has_reason);
    }

    #[test]
    fn two_hyphens_alone_give_no_reason() {
        assert!(!read("caveat-disable-line a --").unwrap().has_reason);
        assert!(read("caveat-disable-line a — agreed").unwrap().has_reason);
    }

    #[test]
    fn a_suppression_names_its_rules() {
        assert!(read("caveat-disable").unwrap_err().message.contains("names no rule"));
        assert!(read("caveat-disable-line -- everything here is fine").is_err());
        assert!(read("caveat-enable").is_ok());
    }

    #[test]
    fn slips_are_told_and_other_comments_are_not() {
        assert!(read("caveat-disable-nextline a").unwrap_err().message.contains("'caveat-disable-next-line'"));
        assert!(read("caveat-ignore a").is_err());
        assert!(read("caveat-disable-line a until=2026-02-30").unwrap_err().message.contains("no date"));
        assert_eq!(parse("caveat emptor", 0), None);
        assert_eq!(parse("a caveat-disable", 0), None);
        assert_eq!(parse("", 0), None);
    }
}
