//! Weighing evidence: is an anchored candidate a claim of the publisher?
//!
//! No single sign decides. Each candidate has named pieces of evidence (its
//! rule, voice, object, who is named, the block, the section, the sentence);
//! each piece has a weight, for or against, kept as data in
//! `data/en/claim-weights.tsv` beside the script that fits them. The sum decides.
//! It is a logistic model: the sum is the log-odds that a careful reader would
//! call the candidate a claim.

use std::collections::BTreeMap;
use std::hash::Hasher;

use rustc_hash::{FxHashMap, FxHasher};

/// The weights, one line each: evidence, tab, weight.
const WEIGHTS: &str = include_str!("../../../data/en/claim-weights.tsv");

/// The evidence of one candidate, named, without repetition.
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
        let key = key(parts);
        if self.keys.contains(&key) {
            return;
        }
        self.keys.push(key);
        if self.named {
            self.names.push(parts.concat().into_boxed_str());
        }
    }

    /// The names, in the order of adding; empty unless kept.
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

    /// The log-odds that the candidate is a claim.
    #[must_use]
    pub fn weigh(&self, evidence: &Evidence) -> f32 {
        evidence.keys.iter().filter_map(|key| self.by_key.get(key)).sum()
    }

    /// The pieces of evidence with their weights, the heaviest first; needs kept names.
    #[must_use]
    pub fn explain<'e>(&self, evidence: &'e Evidence) -> Vec<(&'e str, f32)> {
        let by_name: BTreeMap<&str, f32> = evidence
            .names
            .iter()
            .zip(&evidence.keys)
            .filter_map(|(name, key)| Some((&**name, *self.by_key.get(key)?)))
            .collect();
        let mut all: Vec<(&str, f32)> = by_name.into_iter().collect();
        all.sort_by(|a, b| b.1.abs().total_cmp(&a.1.abs()).then(a.0.cmp(b.0)));
        all
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
