//! What a run's settings mean for one article.
//!
//! A [`Policy`] is made from the config and the flags for a path, and is all the
//! linter knows of them: no paths, no globs, no TOML. It may differ from article
//! to article, since config overrides go by path.

use std::collections::BTreeMap;

use crate::diagnostic::Severity;
use crate::facts::Market;
use crate::ruleset::RuleSets;

/// Whether a rule is at work, and how grave its findings are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RuleLevel {
    /// Not at work: ignored, not selected, or set to `off`.
    Off,
    /// At work; a finding is at most this grave.
    On(Severity),
}

impl RuleLevel {
    /// The level of that name, as in the config: `off`, `note`, `warning`, `error`.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        match name {
            "off" => Some(Self::Off),
            "note" => Some(Self::On(Severity::Note)),
            "warning" => Some(Self::On(Severity::Warning)),
            "error" => Some(Self::On(Severity::Error)),
            _ => None,
        }
    }

    /// The level's name in the config.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Off => "off",
            Self::On(severity) => severity.name(),
        }
    }

    /// How grave findings are, or `None` when the rule is not at work.
    #[must_use]
    pub fn severity(self) -> Option<Severity> {
        match self {
            Self::Off => None,
            Self::On(severity) => Some(severity),
        }
    }
}

/// A statement that the site adds to an article outside its Markdown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Provided {
    /// Index into [`RuleSets::statements`].
    pub statement: usize,
    /// The shortcode that adds it where it stands; `None` when the template adds it to every article.
    pub shortcode: Option<String>,
}

/// What a run's settings mean for one article.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Policy {
    /// One level per rule, in the order of [`RuleSets::rules`].
    pub levels: Vec<RuleLevel>,
    /// Markets of articles that declare none in their front matter.
    pub markets: Vec<Market>,
    /// Kinds of product of articles that declare none.
    pub product_kinds: Vec<String>,
    /// Language of articles that declare none, as a primary subtag; `None` for English.
    pub language: Option<String>,
    /// The site's own front-matter key for a key of ours: `updated` → `last-reviewed`.
    pub front_matter: BTreeMap<String, String>,
    /// Statements that the site adds.
    pub provided: Vec<Provided>,
    /// Whether a suppression must give its reason.
    pub require_reason: bool,
}

impl Policy {
    /// Every rule at its own level, nothing else said.
    #[must_use]
    pub fn of(rulesets: &RuleSets) -> Self {
        Self { levels: rulesets.rules.iter().map(|rule| RuleLevel::On(rule.level)).collect(), ..Self::default() }
    }

    /// The level of the rule at `index`; off when the policy does not know it.
    #[must_use]
    pub fn level(&self, index: usize) -> RuleLevel {
        self.levels.get(index).copied().unwrap_or(RuleLevel::Off)
    }
}
