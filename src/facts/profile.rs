//! The profile of an article: where it is published and what it is about.

use std::fmt;

use crate::document::FrontMatterFault;
use crate::source::Span;

/// A market. Markets nest: a rule for `us` holds in `us-ca`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Market {
    /// No market named: rules of every market's house style.
    Any,
    /// United States.
    Us,
    /// California.
    UsCa,
    /// Florida.
    UsFl,
    /// European Union.
    Eu,
    /// Great Britain.
    Gb,
    /// Australia.
    Au,
    /// Canada.
    Ca,
    /// Japan.
    Jp,
    /// Thailand.
    Th,
}

impl Market {
    /// All markets.
    pub const ALL: [Self; 10] =
        [Self::Any, Self::Us, Self::UsCa, Self::UsFl, Self::Eu, Self::Gb, Self::Au, Self::Ca, Self::Jp, Self::Th];

    /// The market's name in rule sets, config and front matter.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Any => "any",
            Self::Us => "us",
            Self::UsCa => "us-ca",
            Self::UsFl => "us-fl",
            Self::Eu => "eu",
            Self::Gb => "gb",
            Self::Au => "au",
            Self::Ca => "ca",
            Self::Jp => "jp",
            Self::Th => "th",
        }
    }

    /// The market of that name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|market| market.name() == name)
    }

    /// Whether a rule for this market holds for an article published in `published`.
    #[must_use]
    pub fn governs(self, published: Self) -> bool {
        self == Self::Any || self == published || (self == Self::Us && matches!(published, Self::UsCa | Self::UsFl))
    }
}

impl fmt::Display for Market {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// Where an article is published and what it is about.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Profile {
    /// Markets declared in front matter, else those of the config.
    pub markets: Vec<Market>,
    /// Kinds of product declared (`cell-therapy`, `supplement`).
    pub product_kinds: Vec<String>,
    /// Who it is for, when declared.
    pub audience: Option<String>,
    /// What kind of page it is, when declared (`news`, `glossary`).
    pub kind: Option<String>,
    /// Language, as a primary subtag (`en`).
    pub language: String,
    /// What `$intervention` stands for: declared, or found from title, headings and the therapies named most.
    pub interventions: Vec<String>,
    /// Bibliography files named in front matter, with the place of each name.
    pub bibliography: Vec<(String, Span)>,
    /// Statements that the site's template or a shortcode adds, as indices into
    /// [`RuleSets::statements`](crate::ruleset::RuleSets::statements).
    pub provided: Vec<usize>,
    /// Values in front matter that mean nothing to caveat.
    pub faults: Vec<FrontMatterFault>,
}
