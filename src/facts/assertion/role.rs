//! Roles: what the lists of the rule sets mean to the claim engine.
//!
//! The words are in `rulesets/`; a list takes a role by its name, in whatever
//! rule set it stands.

use crate::pattern::PatternId;

/// What a word is in a health article.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// A disease, disorder or injury.
    Condition,
    /// What one suffers.
    Symptom,
    /// What one wants less of that is no symptom.
    Harm,
    /// An organ, tissue or joint.
    BodyPart,
    /// What one wants more of.
    GoodOutcome,
    /// A quantity whose change may be good or bad.
    Measure,
    /// A named intervention.
    Therapy,
    /// A generic noun for an intervention.
    TherapyNoun,
    /// Treatment mentioned in passing.
    StandardCare,
    /// A subject of normal biology.
    Physiology,
    /// Patients, people, you.
    Person,
    /// Doctors, clinics.
    Professional,
    /// Studies, research, experts.
    StudyNoun,
    /// Shows, proves, finds.
    ShowVerb,
    /// An adjective set before an outcome: better, less.
    GoodAdjective,
    /// Hype.
    Hype,
    /// A superlative.
    Superlative,
    /// An invitation to buy or book.
    CallToAction,
    /// Words of headings that promise benefits.
    BenefitHeading,
    /// Words of headings over facts, logistics and risks.
    FactHeading,
}

impl Role {
    /// Roles with the names of the lists that give them.
    pub const ALL: [(&'static str, Self); 20] = [
        ("condition", Self::Condition),
        ("symptom", Self::Symptom),
        ("harm", Self::Harm),
        ("body-part", Self::BodyPart),
        ("good-outcome", Self::GoodOutcome),
        ("measure", Self::Measure),
        ("therapy", Self::Therapy),
        ("therapy-noun", Self::TherapyNoun),
        ("standard-care", Self::StandardCare),
        ("physiology", Self::Physiology),
        ("person", Self::Person),
        ("professional", Self::Professional),
        ("study-noun", Self::StudyNoun),
        ("show-verb", Self::ShowVerb),
        ("good-adjective", Self::GoodAdjective),
        ("hype", Self::Hype),
        ("superlative", Self::Superlative),
        ("call-to-action", Self::CallToAction),
        ("benefit-heading", Self::BenefitHeading),
        ("fact-heading", Self::FactHeading),
    ];

    /// The list name that gives this role.
    #[must_use]
    pub fn name(self) -> &'static str {
        Self::ALL[self as usize].0
    }

    /// This role's bit in a [`RoleSet`].
    fn bit(self) -> u32 {
        1 << self as u32
    }
}

/// A set of roles.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct RoleSet(u32);

impl RoleSet {
    /// Adds a role.
    pub fn insert(&mut self, role: Role) {
        self.0 |= role.bit();
    }

    /// Adds all roles of another set.
    pub fn union(&mut self, other: Self) {
        self.0 |= other.0;
    }

    /// Whether the role is in the set.
    #[must_use]
    pub fn has(self, role: Role) -> bool {
        self.0 & role.bit() != 0
    }

    /// Whether one of the roles is in the set.
    #[must_use]
    pub fn any(self, roles: &[Role]) -> bool {
        roles.iter().any(|&role| self.has(role))
    }

    /// Whether the set is empty.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// The roles, in order.
    pub fn iter(self) -> impl Iterator<Item = Role> {
        Role::ALL.into_iter().map(|(_, role)| role).filter(move |&role| self.has(role))
    }
}

/// Which pattern gives which roles.
#[derive(Debug, Default)]
pub struct Roles {
    by_pattern: Vec<RoleSet>,
}

impl Roles {
    /// Reads the roles off the names of lists (`core/condition` gives [`Role::Condition`]).
    #[must_use]
    pub fn new(lists: &[(String, PatternId)]) -> Self {
        let mut by_pattern: Vec<RoleSet> = Vec::new();
        for (name, pattern) in lists {
            let short = name.rsplit('/').next().unwrap_or(name);
            let Some(&(_, role)) = Role::ALL.iter().find(|(list, _)| *list == short) else { continue };
            if by_pattern.len() <= pattern.index() {
                by_pattern.resize(pattern.index() + 1, RoleSet::default());
            }
            by_pattern[pattern.index()].insert(role);
        }
        Self { by_pattern }
    }

    /// The roles that a match of the pattern gives; for most patterns none.
    #[must_use]
    pub fn of(&self, pattern: PatternId) -> RoleSet {
        self.by_pattern.get(pattern.index()).copied().unwrap_or_default()
    }
}
