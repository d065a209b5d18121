//! What stands in an article beside its prose: links, footnotes, comments, shortcodes.

use crate::source::Span;

use super::BlockId;

/// How a link is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum LinkKind {
    /// `[text](destination)`.
    Inline,
    /// `[text][label]`, `[label][]` or `[label]` with a definition.
    Reference,
    /// `[text][label]` or `[label][]` whose label is not defined.
    Undefined,
    /// `<https://…>` or `<a@b.c>`.
    Autolink,
    /// `![alt](destination)`, or by reference.
    Image,
}

/// A link or an image.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// How it is written.
    pub kind: LinkKind,
    /// The whole of it.
    pub span: Span,
    /// The block it stands in; `None` when it has no readable text.
    pub block: Option<BlockId>,
    /// Its readable text.
    pub text: String,
    /// Where it leads, escapes and entities undone; empty for `[text]()` and undefined labels.
    pub destination: String,
    /// The label of a reference link, as written.
    pub label: Option<String>,
}

/// `[label]: destination "title"`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LinkDefinition {
    /// The whole definition.
    pub span: Span,
    /// The label, as written.
    pub label: String,
    /// Where it leads.
    pub destination: String,
}

/// `[^label]` in the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FootnoteReference {
    /// The whole mark.
    pub span: Span,
    /// The block it stands in.
    pub block: Option<BlockId>,
    /// The label, without `^`.
    pub label: String,
}

/// `[^label]: …`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FootnoteDefinition {
    /// The whole definition with its content.
    pub span: Span,
    /// `[^label]:` alone.
    pub mark: Span,
    /// The label, without `^`.
    pub label: String,
    /// The blocks of its content.
    pub blocks: Vec<BlockId>,
}

/// `<!-- … -->`, or `{/* … */}` in MDX.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Comment {
    /// The whole comment.
    pub span: Span,
    /// What stands between its marks.
    pub content: Span,
}

/// A shortcode or template mark: `{{< note >}}`, `{% cite smith %}`, `[gallery ids="1"]`.
/// Its text is not prose; what stands between an opening and a closing mark is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shortcode {
    /// The whole mark.
    pub span: Span,
    /// Its name (`note`, `cite`, `gallery`), without `/`.
    pub name: String,
    /// Whether it is written in square brackets, as WordPress does: elsewhere it is debris.
    pub square: bool,
}
