//! From Markdown to blocks.
//!
//! The text is parsed by pulldown-cmark after [`mask`] has covered what Markdown
//! would misread (shortcodes, MDX comments, lone carriage returns) without moving
//! a byte. The [`walk`]er turns its events into blocks.

mod emit;
mod html;
mod links;
mod markup;
mod mask;
mod open;
mod pasted;
mod text;
mod walk;

use pulldown_cmark::{BrokenLink, CowStr, LinkType, Options, Parser};

use crate::source::{SourceFile, Span};

use super::front_matter::{self, Readable};
use super::{Block, BlockId, BlockKind, Document, LinkDefinition};

use mask::Masked;
use walk::Walker;

impl<'s> Document<'s> {
    /// Reads an article. Any text is a document; nothing fails.
    #[must_use]
    pub fn parse(source: &'s SourceFile) -> Self {
        let text = source.text();
        let opening = front_matter::read(text, source.body_start());
        let body = opening.body;
        let is_mdx = source.path().rsplit('.').next().is_some_and(|ending| ending.eq_ignore_ascii_case("mdx"));
        let masked = Masked::new(text, body, is_mdx);
        let mut document = Self {
            source,
            front_matter: opening.front_matter,
            blocks: Vec::new(),
            links: Vec::new(),
            link_definitions: Vec::new(),
            footnote_references: Vec::new(),
            footnote_definitions: Vec::new(),
            comments: Vec::new(),
            shortcodes: Vec::new(),
            code: Vec::new(),
        };
        for Readable { field, prose } in opening.readable {
            let id = BlockId(u32::try_from(document.blocks.len()).unwrap_or(u32::MAX));
            document.blocks.push(Block::new(id, BlockKind::FrontMatter { field }, prose));
        }
        walk_markdown(&mut document, &masked, body);
        document.settle(masked);
        document
    }

    /// Brings what was found in several passes into source order, and drops the
    /// shortcodes and comments that stand in code, where they are text.
    fn settle(&mut self, masked: Masked<'s>) {
        self.code.sort_unstable();
        let mut shortcodes = masked.shortcodes;
        shortcodes.retain(|shortcode| !self.in_code(shortcode.span));
        self.shortcodes = shortcodes;
        let mut comments = masked.comments;
        comments.retain(|comment| !self.in_code(comment.span));
        self.comments.append(&mut comments);
        self.comments.sort_by_key(|comment| comment.span);
        self.links.sort_by_key(|link| link.span.start);
        self.footnote_references.sort_by_key(|reference| reference.span);
    }
}

/// Markdown as articles use it.
fn options() -> Options {
    Options::ENABLE_TABLES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_HEADING_ATTRIBUTES
}

/// Parses `masked` from the byte at `body` on and adds what it holds to `document`.
fn walk_markdown<'s>(document: &mut Document<'s>, masked: &Masked<'s>, body: usize) {
    let markdown = &masked.text[body..];
    let broken =
        |link: BrokenLink<'_>| undefined_link(markdown, &link).then_some((CowStr::Borrowed(""), CowStr::Borrowed("")));
    let parser = Parser::new_with_broken_link_callback(markdown, options(), Some(broken));
    let events = parser.into_offset_iter();
    let mut definitions: Vec<LinkDefinition> = events
        .reference_definitions()
        .iter()
        .map(|(label, definition)| LinkDefinition {
            span: Span::new(definition.span.start + body, definition.span.end + body),
            label: label.to_owned(),
            destination: definition.dest.to_string(),
        })
        .collect();
    definitions.sort_by_key(|definition| definition.span);
    let mut walker = Walker::new(document, masked);
    for (event, range) in events {
        walker.event(event, Span::new(range.start + body, range.end + body));
    }
    walker.finish();
    document.link_definitions = definitions;
}

/// Whether brackets whose label is not defined are meant as a link:
/// `[text][label]` and `[label][]`, but not markers such as `[1][2]`.
fn undefined_link(markdown: &str, link: &BrokenLink<'_>) -> bool {
    let written = markdown.get(link.span.clone()).unwrap_or_default();
    if matches!(link.link_type, LinkType::Shortcut | LinkType::ShortcutUnknown) {
        return false;
    }
    let is_number = |text: &str| text.bytes().all(|b| !b.is_ascii_alphabetic());
    let text = written.trim_start_matches('[').split(']').next().unwrap_or_default();
    !is_number(&link.reference) && !is_number(text)
}
