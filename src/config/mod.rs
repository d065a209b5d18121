//! The config: what a site says in its `caveat.toml`.
//!
//! Two types per file: [`Config`] is the file as written, every value with its
//! place; [`Settings`] is what the file and the flags mean for a run, with
//! nothing left open. All faults of the file are told together, each at its
//! place.

mod discover;
mod fault;
mod patterns;
mod read;
mod select;
mod settings;
#[cfg(test)]
mod tests;

use std::path::{Path, PathBuf};

use crate::cli::FailOn;
use crate::facts::Market;
use crate::linter::{FrontMatterKeys, RuleLevel};
use crate::source::{SourceFile, Span};

pub use discover::{Discovered, discover};
pub use fault::{ConfigFault, FaultKind};
pub use patterns::{BadPattern, PathPatterns};
pub use select::Selector;
pub use settings::{Flags, OptionsByPath, Settings, SettingsFaults};

/// A value with the place it is written at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Placed<T> {
    /// The value.
    pub value: T,
    /// Where it is written in the config, quotes included.
    pub span: Span,
}

/// The config as written.
#[derive(Debug)]
pub struct Config {
    /// The file, to label.
    pub source: SourceFile,
    /// The folder that its paths are relative to, absolute.
    pub folder: PathBuf,
    /// The same folder as seen from the working directory; empty for that itself.
    pub shown_folder: PathBuf,
    /// Rule sets to load beside the built-in ones.
    pub rulesets: Vec<Placed<String>>,
    /// Settings of all articles.
    pub all: Scoped,
    /// Settings of some articles, in order; later ones win.
    pub overrides: Vec<Override>,
    /// Files and folders that hold no articles.
    pub exclude: Vec<Placed<String>>,
    /// Statements that the site adds outside the Markdown.
    pub provides: Vec<Provides>,
    /// The site's own front-matter keys.
    pub front_matter: FrontMatterKeys,
    /// Whether suppressions must give a reason.
    pub require_reason: bool,
    /// Words that are no misspellings.
    pub allow: Vec<String>,
    /// From which severity on findings fail the run.
    pub fail_on: Option<FailOn>,
    /// Bibliography files.
    pub bibliography: Vec<Placed<String>>,
    /// Tables of retracted articles.
    pub retractions: Vec<Placed<String>>,
    /// Tables of journals that the house adds.
    pub journals: Vec<Placed<String>>,
}

/// What may be set for all articles and again for some.
#[derive(Debug, Default)]
pub struct Scoped {
    /// Only these rules.
    pub select: Option<Vec<Placed<String>>>,
    /// Not these rules.
    pub ignore: Vec<Placed<String>>,
    /// Levels by rule.
    pub levels: Vec<(Placed<String>, RuleLevel)>,
    /// Markets of articles that name none.
    pub markets: Option<Vec<Market>>,
    /// Kinds of product of articles that name none.
    pub product_kinds: Option<Vec<String>>,
    /// Audience of articles that name none.
    pub audience: Option<String>,
    /// Kind of page of articles that name none.
    pub kind: Option<String>,
    /// Language of articles that name none.
    pub lang: Option<String>,
}

/// Settings of some articles.
#[derive(Debug, Default)]
pub struct Override {
    /// Where the override begins.
    pub span: Span,
    /// Which articles.
    pub paths: Vec<Placed<String>>,
    /// What is set.
    pub set: Scoped,
}

/// A statement that the site adds outside the Markdown.
#[derive(Debug)]
pub struct Provides {
    /// The statement.
    pub statement: Placed<String>,
    /// To which articles; to all when empty.
    pub paths: Vec<Placed<String>>,
    /// By which shortcode; by the template when `None`.
    pub shortcode: Option<String>,
}

impl Config {
    /// Reads a config. What can be read is returned beside the faults, so that
    /// rule ids can be checked as well and all faults told together.
    #[must_use]
    pub fn read(source: SourceFile, folder: &Path, shown_folder: &Path) -> (Self, Vec<ConfigFault>) {
        read::read(Self::empty(source, folder, shown_folder))
    }

    fn empty(source: SourceFile, folder: &Path, shown_folder: &Path) -> Self {
        Self {
            source,
            folder: folder.to_owned(),
            shown_folder: shown_folder.to_owned(),
            rulesets: Vec::new(),
            all: Scoped::default(),
            overrides: Vec::new(),
            exclude: Vec::new(),
            provides: Vec::new(),
            front_matter: FrontMatterKeys::default(),
            require_reason: false,
            allow: Vec::new(),
            fail_on: None,
            bibliography: Vec::new(),
            retractions: Vec::new(),
            journals: Vec::new(),
        }
    }
}
