//! What is wrong with rule sets, each fault at its place, told to people who do
//! not program.

use std::fmt;
use std::ops::Range;

use codespan_reporting::diagnostic::{Diagnostic, Label};
use codespan_reporting::files::{Error, Files};
use codespan_reporting::term::{self, Config};

use crate::source::{SourceFile, Span};

/// One fault of one rule set file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RuleSetFault {
    /// Index of the file among those that were loaded.
    pub file: usize,
    /// The words at fault.
    pub span: Span,
    /// What is wrong, in one sentence.
    pub message: String,
    /// What to write at the words, beside the underline.
    pub label: Option<String>,
    /// What to do.
    pub help: Option<String>,
    /// Other places that help: file, words, what stands there.
    pub secondary: Vec<(usize, Span, String)>,
}

impl RuleSetFault {
    pub(super) fn new(file: usize, span: Span, message: impl Into<String>) -> Self {
        Self { file, span, message: message.into(), label: None, help: None, secondary: Vec::new() }
    }

    #[must_use]
    pub(super) fn label(mut self, label: impl Into<String>) -> Self {
        self.label = Some(label.into());
        self
    }

    #[must_use]
    pub(super) fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    #[must_use]
    pub(super) fn also(mut self, file: usize, span: Span, message: impl Into<String>) -> Self {
        self.secondary.push((file, span, message.into()));
        self
    }

    /// The fault as codespan renders it; file ids are indices into [`RuleSetFaults::files`].
    #[must_use]
    pub fn to_codespan(&self) -> Diagnostic<usize> {
        let mut primary = Label::primary(self.file, self.span.range());
        primary.message = self.label.clone().unwrap_or_default();
        let mut labels = vec![primary];
        labels.extend(
            self.secondary
                .iter()
                .map(|(file, span, message)| Label::secondary(*file, span.range()).with_message(message)),
        );
        let notes = self.help.iter().map(|help| format!("help: {help}")).collect();
        Diagnostic::error().with_message(&self.message).with_labels(labels).with_notes(notes)
    }
}

/// Every fault of every rule set of a run; never empty.
#[derive(Clone, Debug)]
pub struct RuleSetFaults {
    /// The files that were loaded.
    pub files: Vec<SourceFile>,
    /// Their faults, in the order of file and place.
    pub faults: Vec<RuleSetFault>,
}

impl RuleSetFaults {
    /// All faults as text, each with the lines it points at. No colour.
    #[must_use]
    pub fn render(&self) -> String {
        let files = FaultFiles(&self.files);
        let mut text = String::new();
        for fault in &self.faults {
            // A label that lies outside its file would be a fault of ours; the message is kept.
            if term::emit_to_string(&mut text, &Config::default(), &files, &fault.to_codespan()).is_err() {
                text.push_str(&fault.message);
                text.push('\n');
            }
        }
        text
    }
}

impl fmt::Display for RuleSetFaults {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.render())
    }
}

impl std::error::Error for RuleSetFaults {}

/// Rule set files as codespan reads them; ids are indices.
#[derive(Clone, Copy, Debug)]
pub struct FaultFiles<'a>(pub &'a [SourceFile]);

impl<'a> Files<'a> for FaultFiles<'a> {
    type FileId = usize;
    type Name = &'a str;
    type Source = &'a str;

    fn name(&'a self, id: usize) -> Result<&'a str, Error> {
        self.0.get(id).map(SourceFile::path).ok_or(Error::FileMissing)
    }

    fn source(&'a self, id: usize) -> Result<&'a str, Error> {
        self.0.get(id).map(SourceFile::text).ok_or(Error::FileMissing)
    }

    fn line_index(&'a self, id: usize, byte_index: usize) -> Result<usize, Error> {
        let file = self.0.get(id).ok_or(Error::FileMissing)?;
        Ok(file.lines().line(byte_index) - 1)
    }

    fn line_range(&'a self, id: usize, line_index: usize) -> Result<Range<usize>, Error> {
        let file = self.0.get(id).ok_or(Error::FileMissing)?;
        let max = file.lines().len();
        let start = file.lines().start(line_index + 1).ok_or(Error::LineTooLarge { given: line_index, max })?;
        Ok(start..file.lines().start(line_index + 2).unwrap_or(file.text().len()))
    }
}
