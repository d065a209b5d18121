//! What the linter must know of a run's settings, as plain data.
//!
//! [`LintOptions`] hold for one article: whoever reads the config works out which
//! overrides a path falls under and hands the result to the linter, so that no
//! path pattern and no config key is looked at here.

use crate::diagnostic::{Notice, Severity};
use crate::facts::Market;
use crate::ruleset::RuleSets;

/// Whether a rule runs, and how grave its findings are then.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RuleLevel {
    /// It does not run: not selected, ignored, or switched off.
    Off,
    /// It runs, and its findings are this grave at most.
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
        self.severity().map_or("off", Severity::name)
    }

    /// The severity of its findings; `None` when it does not run.
    #[must_use]
    pub fn severity(self) -> Option<Severity> {
        match self {
            Self::Off => None,
            Self::On(severity) => Some(severity),
        }
    }
}

/// What can be switched on and off, selected and hidden: a rule, or a notice of caveat's own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Target {
    /// By index in [`RuleSets::rules`].
    Rule(usize),
    /// By index in [`Notice::ALL`].
    Notice(usize),
}

/// The settings under which one article is checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LintOptions {
    /// For each rule, by its index in [`RuleSets::rules`]: whether it runs.
    pub rules: Vec<RuleLevel>,
    /// For each built-in notice, by its index in [`Notice::ALL`]: whether it is given.
    pub notices: Vec<RuleLevel>,
    /// Markets of an article that declares none.
    pub markets: Vec<Market>,
    /// Kinds of product of an article that declares none.
    pub product_kinds: Vec<String>,
    /// Audience of an article that declares none.
    pub audience: Option<String>,
    /// Kind of page of an article that declares none.
    pub kind: Option<String>,
    /// Language of an article that declares none, as a primary subtag.
    pub language: String,
    /// The site's own front-matter keys.
    pub front_matter: FrontMatterKeys,
    /// Statements that the site's template adds to this article, as indices into [`RuleSets::statements`].
    pub provides: Vec<usize>,
    /// Shortcodes that add a statement: the shortcode's name, and an index into [`RuleSets::statements`].
    pub provides_by_shortcode: Vec<(String, usize)>,
    /// Whether every suppression must give a reason.
    pub require_reason: bool,
    /// Words that are no misspellings here, in lower case.
    pub allow: Vec<String>,
}

impl LintOptions {
    /// The options of a run without config: all rules at their own levels, English, no market.
    #[must_use]
    pub fn new(rulesets: &RuleSets) -> Self {
        Self {
            rules: rulesets.rules.iter().map(|rule| RuleLevel::On(rule.level)).collect(),
            notices: Notice::ALL.iter().map(|notice| RuleLevel::On(notice.level)).collect(),
            markets: Vec::new(),
            product_kinds: Vec::new(),
            audience: None,
            kind: None,
            language: "en".to_owned(),
            front_matter: FrontMatterKeys::default(),
            provides: Vec::new(),
            provides_by_shortcode: Vec::new(),
            require_reason: false,
            allow: Vec::new(),
        }
    }

    /// Switches off all rules but those at the given indices; notices too.
    #[must_use]
    pub fn only(mut self, rules: &[usize]) -> Self {
        for (index, level) in self.rules.iter_mut().enumerate() {
            if !rules.contains(&index) {
                *level = RuleLevel::Off;
            }
        }
        self.notices.fill(RuleLevel::Off);
        self
    }

    /// Whether the rule at `index` runs, and how grave its findings are then.
    #[must_use]
    pub fn rule(&self, index: usize) -> RuleLevel {
        self.rules.get(index).copied().unwrap_or(RuleLevel::Off)
    }

    /// Whether a built-in notice is given, and how grave it is then.
    #[must_use]
    pub fn notice(&self, notice: &Notice) -> RuleLevel {
        let index = Notice::ALL.iter().position(|other| other.id == notice.id);
        index.and_then(|at| self.notices.get(at)).copied().unwrap_or(RuleLevel::On(notice.level))
    }
}

/// Where a site keeps in its own front matter what caveat reads under `caveat:`.
///
/// Each is a dotted path of keys (`compliance.region`), read when the key under
/// `caveat:` is missing; values are read the same way.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FrontMatterKeys {
    /// Instead of `caveat.markets`.
    pub markets: Option<String>,
    /// Instead of `caveat.product-kinds`.
    pub product_kinds: Option<String>,
    /// Instead of `caveat.interventions`.
    pub interventions: Option<String>,
    /// Instead of `caveat.audience`.
    pub audience: Option<String>,
    /// Instead of `caveat.kind`.
    pub kind: Option<String>,
    /// Instead of `caveat.lang`.
    pub lang: Option<String>,
    /// Instead of `caveat.bibliography`.
    pub bibliography: Option<String>,
    /// Instead of `title`.
    pub title: Option<String>,
    /// Instead of `author`.
    pub author: Option<String>,
    /// Instead of `date`.
    pub date: Option<String>,
    /// Instead of `lastmod`.
    pub updated: Option<String>,
    /// Instead of `reviewed`.
    pub reviewed: Option<String>,
}
