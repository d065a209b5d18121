//! The floor that speed is measured against: a program that only walks, reads and
//! parses Markdown, with the same crates as caveat and on as many threads.
//!
//! ```console
//! $ cargo build --release --example floor
//! $ time target/release/examples/floor articles/
//! $ time target/release/caveat check articles/
//! ```

use std::sync::atomic::{AtomicUsize, Ordering};

use ignore::{WalkBuilder, WalkState};
use pulldown_cmark::{Options, Parser};

/// What caveat counts as an article.
const EXTENSIONS: [&str; 4] = ["md", "markdown", "mdx", "qmd"];

#[expect(clippy::print_stdout, reason = "a program that prints")]
fn main() {
    let roots: Vec<String> = std::env::args().skip(1).collect();
    let (first, rest) = match roots.split_first() {
        Some((first, rest)) => (first.as_str(), rest),
        None => (".", [].as_slice()),
    };
    let mut walk = WalkBuilder::new(first);
    for root in rest {
        walk.add(root);
    }
    let (files, bytes, events) = (AtomicUsize::new(0), AtomicUsize::new(0), AtomicUsize::new(0));
    walk.threads(std::thread::available_parallelism().map_or(1, usize::from)).build_parallel().run(|| {
        Box::new(|entry| {
            let Ok(entry) = entry else { return WalkState::Continue };
            let extension = entry.path().extension().and_then(|extension| extension.to_str());
            if extension.is_some_and(|extension| EXTENSIONS.contains(&extension))
                && let Ok(text) = std::fs::read_to_string(entry.path())
            {
                let options = Options::ENABLE_TABLES | Options::ENABLE_FOOTNOTES | Options::ENABLE_STRIKETHROUGH;
                let seen = Parser::new_ext(&text, options).into_offset_iter().count();
                files.fetch_add(1, Ordering::Relaxed);
                bytes.fetch_add(text.len(), Ordering::Relaxed);
                events.fetch_add(seen, Ordering::Relaxed);
            }
            WalkState::Continue
        })
    });
    println!("{} files, {} bytes, {} events", files.into_inner(), bytes.into_inner(), events.into_inner());
}
