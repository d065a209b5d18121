//! The runner: reads and checks articles on all cores, and hands the results to
//! one thread in the order of their paths.
//!
//! Articles are taken in batches, each read, checked and let go before the one
//! after the next begins, so that memory does not grow with their number. Order
//! and content of the results do not depend on the number of threads.

use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::mpsc;

use rayon::prelude::*;

use crate::diagnostic::{Diagnostic, Notice};
use crate::document::Document;
use crate::linter::{LintOptions, Linter};
use crate::source::SourceFile;

/// The longest article that is read, in bytes. Parsed Markdown can take a
/// hundred times its size in memory; no article comes near this.
pub const MAX_BYTES: u64 = 32 << 20;

/// Articles per thread in a batch.
const BATCH_PER_THREAD: usize = 32;

/// Where an article's text comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    /// A file.
    File(PathBuf),
    /// Text that was read already, from standard input.
    Text(Vec<u8>),
}

/// One article to check.
#[derive(Debug)]
pub struct Article<'a> {
    /// Its path as diagnostics show it.
    pub path: String,
    /// Where its text comes from.
    pub origin: Origin,
    /// The settings it is checked under.
    pub options: &'a LintOptions,
}

/// What became of one article.
#[derive(Debug)]
pub struct Outcome {
    /// The article; `None` when it could not be read.
    pub source: Option<SourceFile>,
    /// Its findings, in order.
    pub diagnostics: Vec<Diagnostic>,
    /// How many findings its suppressions hide.
    pub suppressed: usize,
}

/// Checks articles and calls `each` with every outcome, in the order given.
///
/// `each` runs on the calling thread alone.
///
/// # Errors
///
/// When worker threads cannot be started, or the first error of `each`.
pub fn run<E>(
    linter: &Linter<'_>,
    articles: &[Article<'_>],
    threads: usize,
    mut each: impl FnMut(Outcome) -> Result<(), E>,
) -> Result<(), E>
where
    E: From<rayon::ThreadPoolBuildError>,
{
    let threads = threads.min(articles.len());
    if threads <= 1 {
        return articles.iter().try_for_each(|article| each(check(linter, article)));
    }
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build()?;
    std::thread::scope(|scope| {
        // One batch is printed while the next is checked; a third waits for the channel.
        let (sender, receiver) = mpsc::sync_channel(0);
        scope.spawn(move || {
            for batch in articles.chunks(threads * BATCH_PER_THREAD) {
                let outcomes: Vec<Outcome> =
                    pool.install(|| batch.par_iter().with_max_len(1).map(|article| check(linter, article)).collect());
                if sender.send(outcomes).is_err() {
                    break;
                }
            }
        });
        receiver.iter().flatten().try_for_each(each)
    })
}

/// Reads and checks one article.
fn check(linter: &Linter<'_>, article: &Article<'_>) -> Outcome {
    let bytes = match &article.origin {
        Origin::File(path) => read(path),
        Origin::Text(bytes) => Ok(bytes.clone()),
    };
    let source =
        bytes.map_err(|error| Notice::UNREADABLE_FILE.on_file(&article.path, unreadable(&error))).and_then(|bytes| {
            SourceFile::from_bytes(article.path.as_str(), bytes)
                .map_err(|error| Notice::UNREADABLE_FILE.on_file(&article.path, format!("the file is {error}")))
        });
    match source {
        Err(failure) => Outcome { source: None, diagnostics: vec![failure], suppressed: 0 },
        Ok(source) => {
            let checked = linter.check(&Document::parse(&source), article.options);
            Outcome { source: Some(source), diagnostics: checked.diagnostics, suppressed: checked.suppressed }
        }
    }
}

/// What to say of a file that could not be read.
fn unreadable(error: &io::Error) -> String {
    format!("the file cannot be read: {error}")
}

/// Reads a file, but not more than [`MAX_BYTES`].
fn read(path: &Path) -> io::Result<Vec<u8>> {
    read_limited(File::open(path)?)
}

/// Reads to the end, but not more than [`MAX_BYTES`].
pub(crate) fn read_limited(reader: impl Read) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    reader.take(MAX_BYTES + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > MAX_BYTES {
        return Err(io::Error::other(format!("it is larger than {} MiB", MAX_BYTES >> 20)));
    }
    Ok(bytes)
}
