//! Markets: where an article is published, and whose rules hold there.

use std::fmt;

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

    /// The market that a writer means by that name: case does not matter, and common
    /// names of a country (`uk`, `usa`) are understood for a suggestion.
    #[must_use]
    pub fn meant_by(name: &str) -> Option<Self> {
        let name = name.trim().to_lowercase().replace(['_', ' '], "-");
        let known = match name.as_str() {
            "uk" | "united-kingdom" | "great-britain" | "britain" | "england" => Some(Self::Gb),
            "usa" | "u.s." | "united-states" | "america" => Some(Self::Us),
            "california" | "ca-us" => Some(Self::UsCa),
            "florida" | "fl" => Some(Self::UsFl),
            "europe" | "european-union" => Some(Self::Eu),
            "australia" => Some(Self::Au),
            "canada" => Some(Self::Ca),
            "japan" => Some(Self::Jp),
            "thailand" => Some(Self::Th),
            "all" | "world" | "global" => Some(Self::Any),
            _ => Self::from_name(&name),
        };
        known.or_else(|| crate::suggest::closest(&name, Self::ALL.iter().map(|m| m.name())).and_then(Self::from_name))
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rule_for_a_country_holds_in_its_states_and_not_the_other_way_round() {
        assert!(Market::Us.governs(Market::UsCa));
        assert!(!Market::UsCa.governs(Market::Us));
        assert!(!Market::Ca.governs(Market::UsCa));
        assert!(Market::Any.governs(Market::Th));
    }

    #[test]
    fn common_names_are_understood_for_a_suggestion() {
        assert_eq!(Market::meant_by("UK"), Some(Market::Gb));
        assert_eq!(Market::meant_by("us_ca"), Some(Market::UsCa));
        assert_eq!(Market::meant_by("atlantis"), None);
    }
}
