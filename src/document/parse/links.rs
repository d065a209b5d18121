//! Links, images and footnote references among the events.

use pulldown_cmark::LinkType;

use crate::document::{FootnoteReference, Link, LinkKind, ProseBuilder};
use crate::source::Span;

use super::open::{OpenImage, OpenLink, PendingAlt};
use super::walk::Walker;

impl Walker<'_, '_, '_> {
    pub(super) fn footnote_reference(&mut self, label: &str, span: Span) {
        self.pending_footnotes.push(self.document.footnote_references.len());
        self.document.footnote_references.push(FootnoteReference { span, block: None, label: label.to_owned() });
    }

    pub(super) fn start_link(&mut self, link_type: LinkType, destination: &str, id: &str, span: Span) {
        let (kind, labelled) = match link_type {
            LinkType::Reference | LinkType::Collapsed | LinkType::Shortcut => (LinkKind::Reference, true),
            LinkType::ReferenceUnknown | LinkType::CollapsedUnknown => (LinkKind::Undefined, true),
            LinkType::Autolink | LinkType::Email => (LinkKind::Autolink, false),
            _ => (LinkKind::Inline, false),
        };
        let label = labelled.then(|| id.to_owned());
        let destination = self.destination(destination, span);
        self.open_link(Link { kind, span, block: None, text: String::new(), destination, label }, false);
    }

    /// Opens a link whose text follows.
    pub(super) fn open_link(&mut self, link: Link, html: bool) {
        let text_start = self.open.as_ref().map_or(0, |open| open.builder.text().len());
        self.links.push(OpenLink { index: self.document.links.len(), text_start, html });
        self.document.links.push(link);
    }

    /// A destination with the shortcodes that were covered in it.
    pub(super) fn destination(&self, destination: &str, span: Span) -> String {
        if !destination.contains("..") {
            return destination.to_owned();
        }
        let first = self.masked.holes.partition_point(|hole| hole.end <= span.start);
        let mut restored = destination.to_owned();
        for hole in self.masked.holes[first..].iter().take_while(|hole| hole.start < span.end) {
            restored = restored.replacen(&".".repeat(hole.len()), &self.masked.source[hole.range()], 1);
        }
        restored
    }

    pub(super) fn end_link(&mut self, span: Span) {
        if self.links.last().is_some_and(|link| !link.html && self.document.links[link.index].span == span) {
            self.close_link();
        }
    }

    /// Closes the innermost link: its text is what was added since.
    pub(super) fn close_link(&mut self) {
        let Some(link) = self.links.pop() else { return };
        if let Some(open) = &self.open
            && let Some(text) = open.builder.text().get(link.text_start..)
        {
            self.document.links[link.index].text = text.trim().to_owned();
            self.pending_links.push(link.index);
        }
    }

    pub(super) fn start_image(&mut self, destination: &str, span: Span) {
        let destination = self.destination(destination, span);
        let index = self.document.links.len();
        let link = Link { kind: LinkKind::Image, span, block: None, text: String::new(), destination, label: None };
        self.document.links.push(link);
        self.images.push(OpenImage { index, builder: ProseBuilder::default() });
    }

    pub(super) fn end_image(&mut self, span: Span) {
        let Some(image) = self.images.pop() else { return };
        let prose = image.builder.finish();
        self.document.links[image.index].text = prose.text().to_owned();
        if !prose.is_empty() {
            self.pending_alts.push(PendingAlt { index: Some(image.index), prose });
        }
        self.line_start = false;
        if let Some(open) = &mut self.open {
            open.builder.space(span);
        }
    }
}
