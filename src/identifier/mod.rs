//! Identifiers of works, trials and people: how they are written, what can be
//! checked without asking anyone, and the form they are compared in.
//!
//! [`find()`] reads them out of running text. Those that have a check digit are
//! checked by it; the others by their grammar alone. Nothing here goes online.

mod arxiv;
mod book;
mod check_digit;
mod doi;
mod find;
mod person;
mod pubmed;
mod trial;

use std::fmt;
use std::ops::Range;

pub use book::issn_of;
pub use doi::normalise as normalise_doi;
pub use find::find;
pub use pubmed::given_out_in as pmid_given_out_in;

/// A kind of identifier.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum IdentifierKind {
    /// Digital object identifier.
    Doi,
    /// Number of a record in PubMed.
    Pmid,
    /// Number of a full text in PubMed Central.
    Pmcid,
    /// ClinicalTrials.gov.
    Nct,
    /// ISRCTN registry.
    Isrctn,
    /// European trials register until 2023.
    EudraCt,
    /// European trials under the Clinical Trials Information System.
    Ctis,
    /// Australia and New Zealand.
    Actrn,
    /// China.
    ChiCtr,
    /// Germany.
    Drks,
    /// Japan.
    Jrct,
    /// Japan, UMIN.
    Umin,
    /// Thailand.
    Tctr,
    /// Korea.
    Kct,
    /// India.
    Ctri,
    /// Book number.
    Isbn,
    /// Serial number of a journal.
    Issn,
    /// A person.
    Orcid,
    /// A preprint of arXiv.
    Arxiv,
}

impl IdentifierKind {
    /// The kind's name, as readers know it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Doi => "DOI",
            Self::Pmid => "PMID",
            Self::Pmcid => "PMCID",
            Self::Nct => "ClinicalTrials.gov number",
            Self::Isrctn => "ISRCTN number",
            Self::EudraCt => "EudraCT number",
            Self::Ctis => "EU CT number",
            Self::Actrn => "ACTRN number",
            Self::ChiCtr => "ChiCTR number",
            Self::Drks => "DRKS number",
            Self::Jrct => "jRCT number",
            Self::Umin => "UMIN number",
            Self::Tctr => "TCTR number",
            Self::Kct => "KCT number",
            Self::Ctri => "CTRI number",
            Self::Isbn => "ISBN",
            Self::Issn => "ISSN",
            Self::Orcid => "ORCID iD",
            Self::Arxiv => "arXiv number",
        }
    }

    /// Whether it names one work, so that two sources with the same one are the same work.
    #[must_use]
    pub fn names_a_work(self) -> bool {
        matches!(self, Self::Doi | Self::Pmid | Self::Pmcid | Self::Arxiv)
    }

    /// Whether it is the number of a trial in a registry.
    #[must_use]
    pub fn is_trial(self) -> bool {
        matches!(
            self,
            Self::Nct
                | Self::Isrctn
                | Self::EudraCt
                | Self::Ctis
                | Self::Actrn
                | Self::ChiCtr
                | Self::Drks
                | Self::Jrct
                | Self::Umin
                | Self::Tctr
                | Self::Kct
                | Self::Ctri
        )
    }
}

impl fmt::Display for IdentifierKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// What is wrong with an identifier.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The rest of a sentence that begins with the identifier: "has 7 digits where 8 belong".
    pub message: String,
    /// How it should be written, when that is certain.
    pub repair: Option<String>,
}

impl Fault {
    fn new(message: impl Into<String>) -> Self {
        Self { message: message.into(), repair: None }
    }

    fn repaired(message: impl Into<String>, repair: impl Into<String>) -> Self {
        Self { message: message.into(), repair: Some(repair.into()) }
    }
}

/// An identifier in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Identifier {
    /// What it identifies.
    pub kind: IdentifierKind,
    /// The identifier without its label, in bytes of the text; empty after a label with nothing behind it.
    pub range: Range<usize>,
    /// The identifier with its label (`doi: `, `https://doi.org/`), in bytes of the text.
    pub whole: Range<usize>,
    /// The form it is compared in. As written when it has a fault.
    pub value: String,
    /// What is wrong with it.
    pub fault: Option<Fault>,
}
