//! Families of faults.

use std::fmt;

use serde::{Deserialize, Serialize};

/// What family of faults a diagnostic belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Category {
    /// A benefit is claimed.
    Efficacy,
    /// Freedom from risk or side effects is claimed.
    Safety,
    /// A rank above others is claimed, or hype.
    Superiority,
    /// Evidence is invoked that a reader cannot follow.
    Evidence,
    /// An outcome is given as a number without a source.
    Quantified,
    /// A patient or customer is quoted for an outcome.
    Testimonial,
    /// An approval or registration is used as a mark of quality.
    Approval,
    /// The reader is pressed to act.
    Pressure,
    /// The topic itself is banned in a market.
    Prohibited,
    /// A required statement is missing or altered.
    Disclosure,
    /// A marker or a source is broken.
    Source,
    /// A misspelling.
    Typo,
    /// Debris or damage in the text.
    Text,
    /// Dates, authorship, front matter.
    Metadata,
    /// A suppression that is unused, expired or names no rule.
    Suppression,
    /// A file that could not be checked.
    File,
}

impl Category {
    /// All categories, in the order of the contract.
    pub const ALL: [Self; 16] = [
        Self::Efficacy,
        Self::Safety,
        Self::Superiority,
        Self::Evidence,
        Self::Quantified,
        Self::Testimonial,
        Self::Approval,
        Self::Pressure,
        Self::Prohibited,
        Self::Disclosure,
        Self::Source,
        Self::Typo,
        Self::Text,
        Self::Metadata,
        Self::Suppression,
        Self::File,
    ];

    /// The category's name in output and rule sets.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Efficacy => "efficacy",
            Self::Safety => "safety",
            Self::Superiority => "superiority",
            Self::Evidence => "evidence",
            Self::Quantified => "quantified",
            Self::Testimonial => "testimonial",
            Self::Approval => "approval",
            Self::Pressure => "pressure",
            Self::Prohibited => "prohibited",
            Self::Disclosure => "disclosure",
            Self::Source => "source",
            Self::Typo => "typo",
            Self::Text => "text",
            Self::Metadata => "metadata",
            Self::Suppression => "suppression",
            Self::File => "file",
        }
    }

    /// The category of that name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|category| category.name() == name)
    }
}

impl fmt::Display for Category {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}
