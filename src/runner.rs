//! The runner: reads and checks articles on all cores, and hands the results to
//! one thread in the order of their paths.
//!
//! Articles are taken in batches, each read, checked and let go before the one
//! after the next begins, so that memory does not grow with their number. Order
//! and content of the results do not depend on the number of threads.

use std::fs::File;
use std::io::{self, Read};
use std::panic::{self, AssertUnwindSafe};
use std::path::{Path, PathBuf};
use std::sync::{Arc, mpsc};

use rayon::prelude::*;

use crate::beside::BesideReader;
use crate::diagnostic::{Diagnostic, Notice};
use crate::document::Document;
use crate::linter::{LintOptions, Linter};
use crate::source::{NotUtf8, SourceFile};

/// The longest article that is read, in bytes. Parsed Markdown can take a
/// hundred times its size in memory; no article comes near this.
pub const MAX_BYTES: u64 = 32 << 20;

/// Articles per thread in a batch.
const BATCH_PER_THREAD: usize = 32;

/// Stack of a worker, in bytes: as much as a main thread usually has, so that
/// an article is checked the same on any thread.
const STACK_BYTES: usize = 8 << 20;

/// Where an article's text comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    /// A file.
    File(PathBuf),
    /// Bytes that were read already, from standard input.
    Bytes {
        /// The bytes.
        bytes: Vec<u8>,
        /// The file they go by, when they go by one.
        name: Option<PathBuf>,
    },
    /// Nowhere: why it could not be reached is known already.
    Unreachable {
        /// What kind of finding that is.
        notice: &'static Notice,
        /// What is wrong.
        message: String,
    },
}

/// One article to check.
#[derive(Debug)]
pub struct Article {
    /// Its path as diagnostics show it.
    pub path: String,
    /// Where its text comes from.
    pub origin: Origin,
    /// The settings it is checked under.
    pub options: Arc<LintOptions>,
}

impl Article {
    /// Where it stands among other files, if it does.
    fn place(&self) -> Option<&Path> {
        match &self.origin {
            Origin::File(path) => Some(path),
            Origin::Bytes { name, .. } => name.as_deref(),
            Origin::Unreachable { .. } => None,
        }
    }
}

/// What became of one article.
#[derive(Debug)]
pub struct Outcome {
    /// Whether the article could not be checked, for the reason in its one finding.
    pub failed: bool,
    /// The article; `None` when it failed, and when there is no finding to show in it.
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
/// When worker threads cannot be started.
pub fn run(
    linter: &Linter<'_>,
    beside: &BesideReader,
    articles: &[Article],
    threads: usize,
    mut each: impl FnMut(Outcome),
) -> Result<(), rayon::ThreadPoolBuildError> {
    let threads = threads.min(articles.len());
    if threads <= 1 {
        articles.iter().for_each(|article| each(check(linter, beside, article)));
        return Ok(());
    }
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).stack_size(STACK_BYTES).build()?;
    std::thread::scope(|scope| {
        // One batch is printed while the next is checked; a third waits for the channel.
        let (sender, receiver) = mpsc::sync_channel(0);
        scope.spawn(move || {
            for batch in articles.chunks(threads * BATCH_PER_THREAD) {
                let outcomes: Vec<Outcome> = pool.install(|| {
                    batch.par_iter().with_max_len(1).map(|article| check(linter, beside, article)).collect()
                });
                if sender.send(outcomes).is_err() {
                    break;
                }
            }
        });
        receiver.iter().flatten().for_each(each);
    });
    Ok(())
}

/// Reads and checks one article.
fn check(linter: &Linter<'_>, beside: &BesideReader, article: &Article) -> Outcome {
    let source = match read(article) {
        Ok(source) => source,
        Err((notice, message)) => return failure(article, notice, message),
    };
    // A fault of caveat on one article must not cost the findings on all others.
    let checked = panic::catch_unwind(AssertUnwindSafe(|| {
        let document = Document::parse(&source);
        let beside = beside.read(&document, linter.rulesets, &article.options, article.place());
        linter.check_beside(&document, &article.options, &beside)
    }));
    let Ok(checked) = checked else {
        return failure(article, &Notice::INTERNAL_ERROR, "caveat failed on this file".to_owned());
    };
    let source = (!checked.diagnostics.is_empty()).then_some(source);
    Outcome { failed: false, source, diagnostics: checked.diagnostics, suppressed: checked.suppressed }
}

/// The outcome of an article that could not be checked.
fn failure(article: &Article, notice: &Notice, message: String) -> Outcome {
    let diagnostics = vec![notice.on_file(&article.path, message)];
    Outcome { failed: true, source: None, diagnostics, suppressed: 0 }
}

/// Reads one article, or tells why not.
fn read(article: &Article) -> Result<SourceFile, (&'static Notice, String)> {
    let bytes = match &article.origin {
        Origin::File(path) => File::open(path)
            .and_then(read_limited)
            .map_err(|error| (&Notice::UNREADABLE_FILE, format!("this file cannot be read: {error}")))?,
        Origin::Bytes { bytes, .. } => bytes.clone(),
        Origin::Unreachable { notice, message } => return Err((notice, message.clone())),
    };
    let not_utf8 = |error: NotUtf8| {
        (&Notice::NOT_UTF_8, format!("this file is not UTF-8: the byte at offset {} begins no character", error.offset))
    };
    SourceFile::from_bytes(article.path.as_str(), bytes).map_err(not_utf8)
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
