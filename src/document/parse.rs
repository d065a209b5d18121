//! From Markdown events to blocks.

use crate::source::SourceFile;

use super::{Document, FrontMatter};

impl<'s> Document<'s> {
    /// Reads an article. Any text is a document; nothing fails.
    #[must_use]
    pub fn parse(source: &'s SourceFile) -> Self {
        Self {
            source,
            front_matter: FrontMatter::default(),
            blocks: Vec::new(),
            links: Vec::new(),
            link_definitions: Vec::new(),
            footnote_references: Vec::new(),
            footnote_definitions: Vec::new(),
            comments: Vec::new(),
            shortcodes: Vec::new(),
            code: Vec::new(),
        }
    }
}
