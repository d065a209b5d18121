//! What is read beside an article because its front matter names it.
//!
//! Front matter is text that anybody may have written: a file it names is read
//! only inside the repository, links worked out, and nothing of it is shown when
//! it cannot be used.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use rustc_hash::FxHashMap;

use crate::bibliography::Bibliography;
use crate::document::Document;
use crate::facts::Profile;
use crate::linter::{Beside, LintOptions};
use crate::ruleset::RuleSets;
use crate::runner::read_limited;

/// A bibliography, or why it cannot be used.
type Read = Result<Arc<Bibliography>, String>;

/// Reads what articles name, each file once per run.
#[derive(Debug)]
pub struct BesideReader {
    /// The folder that no file may lie outside of, links worked out; `None` when it cannot be used.
    root: Option<PathBuf>,
    read: Mutex<FxHashMap<PathBuf, Read>>,
}

impl BesideReader {
    /// A reader for articles of the repository that `working`, an absolute path, lies in.
    /// Where there is no repository, that folder is the limit.
    #[must_use]
    pub fn new(working: &Path) -> Self {
        let root = working.ancestors().find(|folder| folder.join(".git").exists()).unwrap_or(working);
        Self { root: fs::canonicalize(root).ok(), read: Mutex::default() }
    }

    /// Reads what the front matter of an article names. `path` is the article's own.
    #[must_use]
    pub fn read(&self, document: &Document<'_>, rulesets: &RuleSets, options: &LintOptions, path: &Path) -> Beside {
        let mut beside = Beside::default();
        if !names_bibliography(document, options) {
            return beside;
        }
        let folder = path.parent().unwrap_or(Path::new(""));
        for (name, span) in Profile::read(document, rulesets, options).bibliography {
            match self.bibliography(folder, &name) {
                Ok(bibliography) => beside.bibliographies.push(bibliography),
                Err(reason) => beside.unread.push((span, format!("the bibliography '{name}' {reason}"))),
            }
        }
        beside
    }

    /// The bibliography of that name, seen from a folder.
    fn bibliography(&self, folder: &Path, name: &str) -> Read {
        // What stands outside is told like what is missing, so that nothing is learnt of it.
        let missing = || "cannot be found in this repository".to_owned();
        let path = fs::canonicalize(folder.join(name)).map_err(|_| missing())?;
        if !self.root.as_ref().is_some_and(|root| path.starts_with(root)) {
            return Err(missing());
        }
        let known = self.read.lock().unwrap_or_else(PoisonError::into_inner).get(&path).cloned();
        known.unwrap_or_else(|| {
            let read = parse(&path);
            self.read.lock().unwrap_or_else(PoisonError::into_inner).insert(path, read.clone());
            read
        })
    }
}

/// Whether the article names a bibliography at all; most do not.
fn names_bibliography(document: &Document<'_>, options: &LintOptions) -> bool {
    let names = |key: &str| document.front_matter.get(key).is_some();
    names("caveat.bibliography") || options.front_matter.bibliography.as_deref().is_some_and(names)
}

/// Reads and parses a bibliography.
fn parse(path: &Path) -> Read {
    if !path.is_file() {
        return Err("is no file".to_owned());
    }
    let bytes = File::open(path).and_then(read_limited).map_err(|error| format!("cannot be read: {error}"))?;
    let text = String::from_utf8(bytes).map_err(|_| "is not UTF-8".to_owned())?;
    let bibliography = Bibliography::parse(&text).map_err(|fault| format!("cannot be read: {fault}"))?;
    Ok(Arc::new(bibliography))
}
