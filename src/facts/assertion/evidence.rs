//! Weighing evidence: does a sentence with anchored candidates make a claim of the publisher?
//!
//! No single sign decides. Each candidate has named pieces of evidence (its
//! rule, voice, object, who is named, the block, the section, the sentence);
//! each piece has a weight, for or against, kept as data in
//! `data/en/claim-weights.tsv` beside the script that fits them. The sum decides.
//! It is a logistic model: the sum is the log-odds that a careful reader would
//! call the sentence a claim.

use std::hash::Hasher;

use rustc_hash::{FxHashMap, FxHasher};

/// The weights, one line each: evidence, tab, weight.
const WEIGHTS: &str = include_str!("../../../data/en/claim-weights.tsv");

/// Pieces of evidence, named.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Evidence {
    names: Vec<Box<str>>,
    keys: Vec<u64>,
    /// Whether names are kept, for fitting and for explaining.
    named: bool,
}

impl Evidence {
    /// No evidence yet. `named` keeps the names, which costs time.
    #[must_use]
    pub fn new(named: bool) -> Self {
        Self { named, ..Self::default() }
    }

    /// Adds a piece of evidence made of the parts joined.
    pub fn add(&mut self, parts: &[&str]) {
        self.keys.push(key(parts));
        if self.named {
            self.names.push(parts.concat().into_boxed_str());
        }
    }

    /// Adds all evidence of another.
    pub fn extend(&mut self, other: &Self) {
        self.keys.extend(&other.keys);
        self.names.extend_from_slice(&other.names);
    }

    /// Leaves each piece of evidence once.
    pub fn dedup(&mut self) {
        self.keys.sort_unstable();
        self.keys.dedup();
        self.names.sort_unstable();
        self.names.dedup();
    }

    /// The names; empty unless kept.
    #[must_use]
    pub fn names(&self) -> &[Box<str>] {
        &self.names
    }
}

/// What each piece of evidence weighs.
#[derive(Clone, Debug, Default)]
pub struct Weights {
    by_key: FxHashMap<u64, f32>,
}

impl Weights {
    /// The weights that caveat ships.
    #[must_use]
    pub fn shipped() -> Self {
        Self::parse(WEIGHTS)
    }

    /// Reads weights, one line each; lines that start with `#` are comments.
    #[must_use]
    pub fn parse(text: &str) -> Self {
        let by_key = text
            .lines()
            .filter(|line| !line.starts_with('#'))
            .filter_map(|line| line.split_once('\t'))
            .filter_map(|(name, weight)| Some((key(&[name]), weight.trim().parse().ok()?)))
            .collect();
        Self { by_key }
    }

    /// The log-odds that a sentence with this evidence makes a claim.
    #[must_use]
    pub fn weigh(&self, evidence: &Evidence) -> f32 {
        evidence.keys.iter().filter_map(|key| self.by_key.get(key)).sum()
    }
}

/// The hash of a name given in parts.
fn key(parts: &[&str]) -> u64 {
    let mut hasher = FxHasher::default();
    for part in parts {
        for byte in part.bytes() {
            hasher.write_u8(byte);
        }
    }
    hasher.finish()
}
