//! The walk: from the paths of the command line to a sorted list of articles.
//!
//! Folders are searched for articles by their ending, hidden and git-ignored
//! files left out. A file named on the command line is an article whatever it is
//! called. Links are not followed, only counted, so that a run can neither leave
//! its folders nor go round in circles.

use std::ffi::OsStr;
use std::fs;
use std::io;
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use ignore::WalkBuilder;
use rustc_hash::FxHashSet;

use crate::error::Error;

/// Endings of files that are articles, without the dot, in lower case.
pub const EXTENSIONS: [&str; 4] = ["md", "markdown", "mdx", "qmd"];

/// Tells whether a file or folder is left out of the run.
pub type Exclude = Arc<dyn Fn(&Path) -> bool + Send + Sync>;

/// What stands under the given paths.
#[derive(Debug, Default)]
pub struct Found {
    /// Articles in the order of their paths, each once.
    pub articles: Vec<PathBuf>,
    /// Whether the text on standard input is an article too.
    pub stdin: bool,
    /// How many articles and folders the config excludes.
    pub excluded: usize,
    /// How many links were met in folders and not followed.
    pub links: usize,
    /// What could not be walked: paths in order, each with the reason.
    pub failed: Vec<(PathBuf, Failure)>,
}

/// Why a path could not be walked.
#[derive(Debug)]
pub enum Failure {
    /// A link that was named on the command line; where it points, unless that is nowhere.
    NamedLink(Option<PathBuf>),
    /// Neither file nor folder: a socket, a device, a named pipe.
    NotAFile,
    /// The system refused.
    Io(io::Error),
}

/// Finds the articles under `roots`. `-` stands for standard input.
///
/// # Errors
///
/// [`Error::MissingPath`] with all roots that do not exist.
pub fn walk(roots: &[PathBuf], exclude: &Exclude, exclude_named: bool) -> Result<Found, Error> {
    let mut found = Found::default();
    let mut missing = Vec::new();
    for root in roots {
        if root.as_os_str() == OsStr::new("-") {
            found.stdin = true;
            continue;
        }
        match fs::symlink_metadata(root) {
            Err(error) if is_missing(&error) => missing.push(root.clone()),
            Err(error) => found.failed.push((tidy(root), Failure::Io(error))),
            Ok(_) if !missing.is_empty() => {}
            Ok(metadata) if metadata.is_symlink() => {
                // Where a link that leads somewhere points to, as it is written.
                let target = fs::metadata(root).and_then(|_| fs::read_link(root)).ok();
                found.failed.push((tidy(root), Failure::NamedLink(target)));
            }
            Ok(metadata) if metadata.is_dir() => found.walk_folder(root, exclude),
            Ok(_) if exclude_named && exclude(root) => found.excluded += 1,
            Ok(metadata) if metadata.is_file() => found.articles.push(tidy(root)),
            Ok(_) => found.failed.push((tidy(root), Failure::NotAFile)),
        }
    }
    if !missing.is_empty() {
        return Err(Error::MissingPath(missing));
    }
    found.sort(roots.len() > 1);
    Ok(found)
}

/// Whether the error says that nothing stands at the path.
fn is_missing(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory | io::ErrorKind::InvalidInput)
}

impl Found {
    /// Adds what stands in a folder.
    fn walk_folder(&mut self, root: &Path, exclude: &Exclude) {
        let excluded = Arc::new(AtomicUsize::new(0));
        let counter = Arc::clone(&excluded);
        let exclude = Arc::clone(exclude);
        let walker = WalkBuilder::new(root)
            .ignore(false)
            .follow_links(false)
            .filter_entry(move |entry| {
                let is_folder = entry.file_type().is_some_and(|kind| kind.is_dir());
                let counts = is_folder || is_article(entry.path());
                let out = counts && exclude(entry.path());
                counter.fetch_add(usize::from(out), Ordering::Relaxed);
                !out
            })
            .build();
        for entry in walker {
            match entry {
                Ok(entry) => self.add(&entry),
                Err(error) => self.add_error(root, error),
            }
        }
        self.excluded += excluded.load(Ordering::Relaxed);
    }

    /// Adds one entry of a folder.
    fn add(&mut self, entry: &ignore::DirEntry) {
        let path = entry.path();
        if entry.path_is_symlink() {
            let leads_away = fs::metadata(path).is_ok_and(|target| target.is_dir());
            self.links += usize::from(leads_away || is_article(path));
        } else if entry.file_type().is_some_and(|kind| kind.is_file()) && is_article(path) {
            self.articles.push(tidy(path));
        }
    }

    /// Adds what kept a folder from being searched.
    fn add_error(&mut self, root: &Path, error: ignore::Error) {
        let path = error_path(&error).unwrap_or(root).to_owned();
        let reason = error.into_io_error().unwrap_or_else(|| io::Error::other("cannot be searched"));
        self.failed.push((tidy(&path), Failure::Io(reason)));
    }

    /// Puts everything in order and drops what was named twice.
    fn sort(&mut self, several_roots: bool) {
        self.articles.sort();
        if several_roots {
            let mut seen = FxHashSet::default();
            self.articles.retain(|path| seen.insert(identity(path)));
        }
        self.failed.sort_by(|a, b| a.0.cmp(&b.0));
        self.failed.dedup_by(|a, b| a.0 == b.0);
    }
}

/// What tells a file from another, however its path is written.
fn identity(path: &Path) -> PathBuf {
    // Going up from a linked folder leads elsewhere than on paper, so that the system must be asked.
    let leads_up = path.components().any(|part| part == Component::ParentDir);
    let identity = if leads_up { fs::canonicalize(path) } else { std::path::absolute(path) };
    identity.unwrap_or_else(|_| path.to_owned())
}

/// The path that an error of the walk speaks of.
fn error_path(error: &ignore::Error) -> Option<&Path> {
    match error {
        ignore::Error::WithPath { path, .. } => Some(path),
        ignore::Error::WithDepth { err, .. } | ignore::Error::WithLineNumber { err, .. } => error_path(err),
        _ => None,
    }
}

/// Whether a file of that name is an article.
#[must_use]
pub fn is_article(path: &Path) -> bool {
    let extension = path.extension().and_then(OsStr::to_str);
    extension.is_some_and(|extension| EXTENSIONS.iter().any(|known| extension.eq_ignore_ascii_case(known)))
}

/// The path without `.` parts: `./a/./b.md` is `a/b.md`.
pub(crate) fn tidy(path: &Path) -> PathBuf {
    let tidied: PathBuf = path.components().filter(|part| *part != Component::CurDir).collect();
    if tidied.as_os_str().is_empty() { PathBuf::from(".") } else { tidied }
}

/// The path with `.` and `..` worked out on paper, links not looked at.
pub(crate) fn normal(path: &Path) -> PathBuf {
    let mut normal = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir => {
                normal.pop();
            }
            other => normal.push(other),
        }
    }
    normal
}

/// The path as diagnostics show it: with forward slashes.
#[must_use]
pub fn display(path: &Path) -> String {
    let shown = path.to_string_lossy();
    if cfg!(windows) { shown.replace('\\', "/") } else { shown.into_owned() }
}
