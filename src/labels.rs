//! Labelled units: sentences with their context and what a careful reader said of them.
//!
//! A file of labels is JSON Lines, one unit a line. Each unit becomes a small
//! article of its own (title, section heading, lead-in or the unit before it,
//! then the unit), so that rules see it as they would on the page.

use serde::Deserialize;

use crate::diagnostic::Category;
use crate::facts::Tier;
use crate::source::{SourceFile, Span};

/// One labelled unit. Keys that are not listed here are ignored.
#[derive(Clone, Debug, Deserialize)]
pub struct Unit {
    /// Unique in its file.
    pub id: String,
    /// Who published it, when known.
    #[serde(default)]
    pub publisher: String,
    /// The file it was taken from, when known.
    #[serde(default)]
    pub file: String,
    /// How it was drawn, when known: at random, with a trigger word, with a hedge.
    #[serde(default)]
    pub stratum: String,
    /// What it is: `h` a heading, `li` a list item, `td` a table cell, else a paragraph.
    #[serde(default)]
    pub kind: String,
    /// Title of the article.
    #[serde(default)]
    pub title: String,
    /// Heading of the section.
    #[serde(default)]
    pub section: String,
    /// For a list item, the paragraph that leads into its list.
    #[serde(default)]
    pub lead_in: String,
    /// The unit before.
    #[serde(default)]
    pub prev: String,
    /// The unit itself.
    pub text: String,
    /// What it claims: a category's name, or `none`.
    pub claim: String,
    /// How the claim is hedged: `unhedged`, `modal`, `bounded`, `denied`; `-` without a claim.
    #[serde(default)]
    pub hedge: String,
    /// `promoted`, or `standard` for standard care that the article does not promote.
    #[serde(default)]
    pub subject: String,
}

/// What a claim rule should do with a unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Flag it.
    Flag,
    /// Keep quiet.
    Quiet,
    /// Left out: standard care, or labellers differ.
    LeftOut,
}

impl Unit {
    /// What units of one publisher share: the publisher, else the first folder of the file.
    #[must_use]
    pub fn group(&self) -> &str {
        if self.publisher.is_empty() { self.file.split('/').next().unwrap_or_default() } else { &self.publisher }
    }

    /// What a claim rule should do with it.
    #[must_use]
    pub fn verdict(&self) -> Verdict {
        match (self.claim.as_str(), self.hedge.as_str(), self.subject.as_str()) {
            ("none", ..) | (_, "modal" | "bounded" | "denied", _) => Verdict::Quiet,
            (_, "unhedged", "promoted") => Verdict::Flag,
            _ => Verdict::LeftOut,
        }
    }

    /// The tier of its label, if it labels a claim.
    #[must_use]
    pub fn tier(&self) -> Option<Tier> {
        match self.hedge.as_str() {
            "unhedged" => Some(Tier::Unhedged),
            "modal" => Some(Tier::Modal),
            "bounded" => Some(Tier::Bounded),
            "denied" => Some(Tier::Denied),
            _ => None,
        }
    }

    /// Whether its label has words that are known.
    fn check(&self) -> Result<(), String> {
        let known = ["none", "differ"].contains(&self.claim.as_str()) || Category::from_name(&self.claim).is_some();
        if !known {
            return Err(format!("`claim` does not know \"{}\"", self.claim));
        }
        match self.hedge.as_str() {
            "" | "-" | "differ" | "unhedged" | "modal" | "bounded" | "denied" => Ok(()),
            other => Err(format!("`hedge` does not know \"{other}\"")),
        }
    }

    /// The unit as an article of its own, and the bytes of the unit in it.
    #[must_use]
    pub fn article(&self) -> (SourceFile, Span) {
        let title = if self.title.is_empty() { "Notes" } else { &self.title };
        let mut text = format!("---\ntitle: {}\n---\n\n", serde_json::Value::from(title));
        if !self.section.is_empty() {
            text.push_str(&format!("## {}\n\n", self.section));
        }
        let before = if self.lead_in.is_empty() { &self.prev } else { &self.lead_in };
        if !before.is_empty() && *before != self.title && *before != self.section {
            text.push_str(&format!("{}\n\n", linked(before)));
        }
        let start = text.len();
        match self.kind.as_str() {
            "td" => text.push_str(&format!("| Item |\n| --- |\n| {} |", self.text.replace('|', "/"))),
            kind => {
                text.push_str(match kind {
                    "h" => "## ",
                    "li" => "- ",
                    _ => "",
                });
                text.push_str(&linked(&self.text));
            }
        }
        let span = Span::new(start, text.len());
        text.push('\n');
        (SourceFile::new(format!("{}.md", self.id), text), span)
    }
}

/// `<link>` stands for a link that the labelled text leaves out.
fn linked(text: &str) -> String {
    text.replace("<link>", "[link](https://example.org/a)")
}

/// Reads labelled units, one JSON object a line; blank lines are passed over.
///
/// # Errors
///
/// The line, from 1, and what is wrong with it.
pub fn read(text: &str) -> Result<Vec<Unit>, (usize, String)> {
    text.lines()
        .enumerate()
        .filter(|(_, line)| !line.trim().is_empty())
        .map(|(at, line)| {
            let unit: Unit = serde_json::from_str(line).map_err(|error| (at + 1, error.to_string()))?;
            unit.check().map_err(|reason| (at + 1, reason))?;
            Ok(unit)
        })
        .collect()
}
