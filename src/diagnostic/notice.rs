//! Findings that come from caveat itself and not from a rule set: suppressions
//! that do nothing, front matter that cannot be read, files that cannot be checked.
//!
//! Their ids begin with `caveat/`. They can be switched off and given another
//! level like rules, except those of category `file`.

use crate::source::{Position, Span};

use super::{Category, Diagnostic, Severity};

/// A kind of finding that needs no rule set.
#[derive(Debug, PartialEq, Eq)]
pub struct Notice {
    /// `caveat/name`.
    pub id: &'static str,
    /// Its family.
    pub category: Category,
    /// How grave it is by default.
    pub level: Severity,
    /// What it finds, in one sentence.
    pub why: &'static str,
    /// What to do.
    pub help: &'static str,
}

/// Declares the notices and the table of all of them, in the order of their ids.
macro_rules! notices {
    ($($(#[$doc:meta])* $name:ident = $id:literal, $category:ident, $level:ident, $why:literal, $help:literal;)*) => {
        impl Notice {
            $($(#[$doc])* pub const $name: Self = Self {
                id: $id,
                category: Category::$category,
                level: Severity::$level,
                why: $why,
                help: $help,
            };)*

            /// All notices, in the order of their ids.
            pub const ALL: &'static [Self] = &[$(Self::$name),*];
        }
    };
}

notices! {
    /// A suppression whose last day has passed.
    EXPIRED_SUPPRESSION = "caveat/expired-suppression", Suppression, Warning,
        "A suppression with `until=` hides nothing after that day.",
        "Mend the article, or look at the finding again and set a later date.";
    /// Front matter, or a field of it, that cannot be read.
    FRONT_MATTER = "caveat/front-matter", Metadata, Error,
        "Front matter that cannot be read may hide a market or a product from the rules.",
        "Correct the front matter; the text below it was checked all the same.";
    /// An article on which caveat itself failed.
    INTERNAL_ERROR = "caveat/internal-error", File, Error,
        "A fault of caveat kept it from checking this file; the other files were checked.",
        "Please report this with the file and what was printed to standard error.";
    /// A link that was named on the command line.
    LINK_NOT_FOLLOWED = "caveat/link-not-followed", File, Error,
        "Links are not followed, so that a run can neither leave its folders nor go round in circles.",
        "Name the file or folder that the link points to.";
    /// A suppression that cannot be read.
    MALFORMED_SUPPRESSION = "caveat/malformed-suppression", Suppression, Warning,
        "A suppression must say how far it reaches and name its rules; one that does not hides nothing.",
        "Write, for instance, <!-- caveat-disable-next-line ruleset/rule -- reason -->.";
    /// A suppression without a reason where the config asks for one.
    MISSING_REASON = "caveat/missing-reason", Suppression, Warning,
        "The config asks that every suppression gives its reason.",
        "Add the reason after two hyphens: <!-- caveat-disable-line ruleset/rule -- reason -->.";
    /// An article that is not UTF-8.
    NOT_UTF_8 = "caveat/not-utf-8", File, Error,
        "Articles are read as UTF-8; a file in another encoding was not checked.",
        "Save the file as UTF-8, or leave it out with `exclude`.";
    /// A front-matter value that caveat does not know.
    UNKNOWN_FRONT_MATTER = "caveat/unknown-front-matter", Metadata, Error,
        "Rules are confined by market and language; a value that caveat does not know confines nothing.",
        "Use one of the values that caveat knows.";
    /// A suppression of a rule that no rule set has.
    UNKNOWN_RULE = "caveat/unknown-rule", Suppression, Warning,
        "A suppression of a rule that no loaded rule set has hides nothing.",
        "Correct the id, or remove it; `caveat rules list` shows all ids.";
    /// A file that cannot be read.
    UNREADABLE_FILE = "caveat/unreadable-file", File, Error,
        "A file that could not be read was not checked.",
        "Make the file readable, or leave it out with `exclude`.";
    /// Something that an article's front matter names and that cannot be read.
    UNREADABLE_INPUT = "caveat/unreadable-input", File, Error,
        "What front matter names is read only inside the repository; without it the article was checked in part.",
        "Correct the path, seen from the article's folder, or the file.";
    /// A suppression that hid nothing.
    UNUSED_SUPPRESSION = "caveat/unused-suppression", Suppression, Warning,
        "A suppression that hides nothing would hide a later fault unseen.",
        "Remove it.";
}

impl Notice {
    /// The notice of that id.
    #[must_use]
    pub fn from_id(id: &str) -> Option<&'static Self> {
        Self::ALL.iter().find(|notice| notice.id.eq_ignore_ascii_case(id))
    }

    /// A finding of this kind on the file at `path` as a whole.
    #[must_use]
    pub fn on_file(&self, path: &str, message: impl Into<String>) -> Diagnostic {
        let start = Position { line: 1, column: 1 };
        Diagnostic {
            rule: self.id.to_owned(),
            category: self.category,
            severity: self.level,
            message: message.into(),
            help: Some(self.help.to_owned()),
            authority: Vec::new(),
            path: path.to_owned(),
            span: Span::default(),
            text: String::new(),
            start,
            end: start,
            labels: Vec::new(),
            fixes: Vec::new(),
            also: Vec::new(),
            fingerprint: super::Fingerprints::default().next_on_file(self.id),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn notices_stand_in_the_order_of_their_ids() {
        assert!(Notice::ALL.is_sorted_by(|a, b| a.id < b.id));
        assert!(Notice::ALL.iter().all(|notice| notice.id.starts_with("caveat/")));
    }
}
