//! Patterns: how rule sets name words, and the one engine that finds them all.
//!
//! Rule authors write patterns, not regular expressions; the grammar is in
//! [`syntax`]. All patterns of a run are compiled into one [`PatternSet`], and
//! one pass over a document's tokens finds every match of every pattern and
//! list, so that time hardly grows with the number of rules. Rules see only
//! [`Matches`]; how they are found can change behind it.

mod compile;
pub mod inflection;
mod intervention;
mod lower;
mod matches;
mod normal;
mod parser;
mod program;
mod scan;
mod set;
mod spelling;
pub mod syntax;
#[cfg(test)]
mod tests;
mod vocabulary;

pub use matches::{Match, Matches};
pub use set::{ListId, PatternId, PatternSet, PatternSetBuilder};
pub use syntax::{Pattern, PatternFault, parse};
