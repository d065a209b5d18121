//! Rule sets: TOML files that compliance staff maintain, read whole and compiled once.
//!
//! Reading reports every fault of every file together, each at its place in the TOML.

mod builtin;

use crate::facts::{ClaimEngine, Market};
use crate::pattern::{PatternId, PatternSet};
use crate::rule::Rule;
use crate::source::{SourceFile, Span};

pub use builtin::BUILTIN;

/// All rule sets of a run, compiled together.
#[derive(Debug)]
pub struct RuleSets {
    /// In the order of id.
    pub sets: Vec<RuleSet>,
    /// The rules of all sets, in the order of their ids.
    pub rules: Vec<Rule>,
    /// The patterns of all rules, lists, hedges and statements.
    pub patterns: PatternSet,
    /// Hedge cues of all sets.
    pub hedges: Vec<HedgeCue>,
    /// Statements of all sets, in the order of their ids.
    pub statements: Vec<Statement>,
    /// Lists by full name (`core/condition`) with the pattern that finds their entries, by name.
    pub lists: Vec<(String, PatternId)>,
    /// What the claim engine needs of all this.
    pub claims: ClaimEngine,
}

/// One rule set file.
#[derive(Debug)]
pub struct RuleSet {
    /// Its id, which leads the ids of its rules.
    pub id: String,
    /// What it is about, in a few words.
    pub title: String,
    /// Its version.
    pub version: String,
    /// Who answers for it.
    pub owner: Option<String>,
    /// The language it is written for, as a primary subtag.
    pub language: String,
    /// Ids of the sets it extends.
    pub extends: Vec<String>,
    /// Hash of the file's bytes, in hexadecimal.
    pub sha256: String,
    /// The file itself, to label its lines.
    pub source: SourceFile,
    /// Whether it is compiled into the binary.
    pub builtin: bool,
}

/// One hedge cue with its tier and direction.
#[derive(Clone, Debug)]
pub struct HedgeCue {
    /// The tier it gives.
    pub tier: crate::facts::Tier,
    /// What it does.
    pub role: HedgeRole,
    /// The words.
    pub pattern: PatternId,
}

/// What a hedge pattern does within its tier.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HedgeRole {
    /// Governs what follows it in the clause.
    Before,
    /// Governs what comes before it in the clause.
    After,
    /// Governs the whole sentence.
    Sentence,
    /// Ends the scope of the tier's cues.
    Stop,
    /// Looks like a cue of the tier and is none.
    Trap,
}

/// A statement that rules can require.
#[derive(Debug)]
pub struct Statement {
    /// Full id, `ruleset/name`.
    pub id: String,
    /// Any of these wordings makes the statement.
    pub wordings: Vec<PatternId>,
    /// What must be named in the same sentence or the one before; empty for no such demand.
    pub about: Vec<PatternId>,
    /// Where it is written.
    pub span: Span,
}

/// Markets, product kinds and dates that confine a rule.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Confines {
    /// Markets it holds in; empty for all.
    pub markets: Vec<Market>,
    /// Kinds of product it holds for; empty for all.
    pub product_kinds: Vec<String>,
    /// Kinds of page it holds for; empty for all.
    pub kinds: Vec<String>,
    /// Audiences it holds for; empty for all.
    pub audiences: Vec<String>,
    /// The first day it holds.
    pub effective: Option<jiff::civil::Date>,
    /// The last day it holds.
    pub until: Option<jiff::civil::Date>,
}
