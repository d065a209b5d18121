//! Source files: the bytes as on disk, byte spans into them, and the way from a
//! byte offset to a line and a column.
//!
//! Inside caveat every place is a byte offset; lines and columns are made only
//! at the edge, when a diagnostic is printed.

mod file;
mod line_index;
mod span;

pub use file::{NotUtf8, SourceFile};
pub use line_index::{LineIndex, Position};
pub use span::Span;
