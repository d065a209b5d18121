//! From what is open to a block of the document.

use memchr::memmem;

use crate::document::boundary::is_superscript;
use crate::document::tokenize::CODE_MARK;
use crate::document::{Block, BlockId, BlockKind, Prose, ProseBuilder};

use super::open::{Container, PendingAlt};
use super::pasted;
use super::walk::Walker;

impl Walker<'_, '_, '_> {
    /// Ends the block at hand and what stands in it.
    pub(super) fn flush(&mut self) {
        let open = self.open.take();
        for link in &mut self.links {
            link.text_start = 0;
        }
        self.raised = false;
        let mut alts = std::mem::take(&mut self.pending_alts);
        let mut id = None;
        if let Some(mut open) = open {
            let prose = self.without_undefined_footnotes(open.builder.finish());
            if has_text(&prose) {
                if !alts.is_empty() {
                    let start = prose.source_span(0..0).start;
                    let (before, after) = alts.into_iter().partition(|alt| alt.prose.source_span(0..0).start < start);
                    self.add_alts(before);
                    alts = after;
                }
                if open.kind == BlockKind::Paragraph && open.lone_line && pasted::is_heading(&prose) {
                    open.kind = BlockKind::Heading { level: 6 };
                    open.inferred = true;
                }
                id = Some(self.add(open.kind, prose, open.inferred));
            }
        }
        self.add_alts(alts);
        for index in self.pending_links.drain(..) {
            self.document.links[index].block = id;
        }
        for index in self.pending_footnotes.drain(..) {
            self.document.footnote_references[index].block = id;
        }
    }

    /// Takes marks such as `[^label]` that no definition answers out of a prose.
    pub(super) fn without_undefined_footnotes(&mut self, prose: Prose) -> Prose {
        let text = prose.text();
        if memmem::find(text.as_bytes(), b"[^").is_none() {
            return prose;
        }
        let mut kept = ProseBuilder::default();
        let mut from = 0;
        for (at, _) in text.match_indices("[^") {
            let Some(len) = text[at + 2..].bytes().take(100).position(|b| matches!(b, b']' | b'[' | b' ')) else {
                continue;
            };
            let end = at + 2 + len + 1;
            if at < from || len == 0 || text.as_bytes()[end - 1] != b']' {
                continue;
            }
            let label = text[at + 2..end - 1].to_owned();
            self.footnote_reference(&label, prose.source_span(at..end));
            kept.append(&prose, from..at);
            from = end;
        }
        kept.append(&prose, from..text.len());
        kept.finish()
    }

    pub(super) fn add_alts(&mut self, alts: Vec<PendingAlt>) {
        for alt in alts {
            let id = self.add(BlockKind::ImageAlt, alt.prose, false);
            if let Some(index) = alt.index {
                self.document.links[index].block = Some(id);
            }
        }
    }

    /// Adds a block to the document.
    pub(super) fn add(&mut self, kind: BlockKind, prose: Prose, inferred: bool) -> BlockId {
        let id = BlockId(u32::try_from(self.document.blocks.len()).unwrap_or(u32::MAX));
        if let BlockKind::Heading { level } = kind {
            self.headings.retain(|(above, _)| *above < level);
        }
        let section = self.headings.last().map(|(_, heading)| *heading);
        let lead_in = self.lead_in_of(&kind, inferred);
        let (header, row_header) = self.headers_of(&kind, id);
        match kind {
            BlockKind::Heading { level } => {
                self.headings.push((level, id));
                self.lead = inferred.then_some(id);
            }
            BlockKind::Paragraph | BlockKind::ListItem { .. } => self.lead = Some(id),
            BlockKind::TableHeader { .. } | BlockKind::TableCell { .. } => self.lead = None,
            _ => {}
        }
        for container in &self.containers {
            if let Container::Footnote(at) = container {
                self.document.footnote_definitions[*at].blocks.push(id);
            }
        }
        let quoted = self.html_quotes > 0 || self.containers.iter().any(|it| matches!(it, Container::Quote));
        let block = Block::new(id, kind, prose);
        self.document.blocks.push(Block { section, lead_in, header, row_header, inferred, quoted, ..block });
        id
    }

    /// What leads into a list item.
    pub(super) fn lead_in_of(&self, kind: &BlockKind, inferred: bool) -> Option<BlockId> {
        if !matches!(kind, BlockKind::ListItem { .. }) {
            return None;
        }
        if !inferred {
            return self.lists.last().and_then(|list| list.lead_in);
        }
        let before = &self.document.blocks[self.lead?.index()];
        if before.is_list_item() && before.inferred { before.lead_in } else { Some(before.id) }
    }

    /// The header cell of a table cell's column, and the first cell of its row.
    pub(super) fn headers_of(&mut self, kind: &BlockKind, id: BlockId) -> (Option<BlockId>, Option<BlockId>) {
        let Some(table) = &mut self.table else { return (None, None) };
        match *kind {
            BlockKind::TableHeader { column } => {
                if table.headers.len() <= column {
                    table.headers.resize(column + 1, None);
                }
                table.headers[column] = Some(id);
                (None, None)
            }
            BlockKind::TableCell { column, .. } => {
                if column == 0 {
                    table.row_header = Some(id);
                }
                let row_header = table.row_header.filter(|_| column > 0);
                (table.headers.get(column).copied().flatten(), row_header)
            }
            _ => (None, None),
        }
    }
}

/// Whether a prose is more than marks for code and raised digits.
fn has_text(prose: &Prose) -> bool {
    prose.text().chars().any(|c| c != CODE_MARK && !c.is_whitespace() && !is_superscript(c))
}
