//! Path patterns of the config.
//!
//! - `drafts` (no slash): every file or folder of that name, wherever it stands.
//! - `news/2019` (a slash inside) or `/drafts`: the file or folder there, seen from the config.
//! - `*` is any run of characters but the slash, `**` any run of folders, `?` one
//!   character, `[ab]` one of these, `{a,b}` either.
//!
//! A pattern that takes in a folder takes in all that stands in it.

use std::fmt;
use std::path::{Path, PathBuf};

use globset::{Glob, GlobBuilder, GlobSet, GlobSetBuilder};

use crate::walk::normal;

/// Compiled path patterns of one key.
#[derive(Clone, Debug, Default)]
pub struct PathPatterns {
    /// The folder that the patterns are seen from, absolute.
    folder: PathBuf,
    set: GlobSet,
}

/// A pattern that cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BadPattern {
    /// Its index among those given.
    pub index: usize,
    /// What is wrong with it.
    pub reason: String,
}

impl fmt::Display for BadPattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.reason)
    }
}

impl PathPatterns {
    /// Compiles patterns that are seen from `folder`, an absolute path. The good
    /// ones are at work beside the bad ones that are told.
    pub fn new<'p>(folder: &Path, patterns: impl IntoIterator<Item = &'p str>) -> (Self, Vec<BadPattern>) {
        let mut builder = GlobSetBuilder::new();
        let mut bad = Vec::new();
        for (index, pattern) in patterns.into_iter().enumerate() {
            match globs(pattern) {
                Ok(globs) => {
                    for glob in globs {
                        builder.add(glob);
                    }
                }
                Err(reason) => bad.push(BadPattern { index, reason }),
            }
        }
        let set = builder.build().unwrap_or_else(|error| {
            bad.push(BadPattern { index: 0, reason: error.kind().to_string() });
            GlobSet::empty()
        });
        (Self { folder: normal(folder), set }, bad)
    }

    /// Whether a pattern takes in the path. A relative path is seen from `working`,
    /// the absolute working directory.
    #[must_use]
    pub fn matches(&self, working: &Path, path: &Path) -> bool {
        if self.set.is_empty() {
            return false;
        }
        let absolute = normal(&working.join(path));
        absolute.strip_prefix(&self.folder).is_ok_and(|inside| self.set.is_match(inside))
    }
}

/// The globs that a pattern stands for.
fn globs(pattern: &str) -> Result<[Glob; 2], String> {
    let trimmed = pattern.trim_end_matches('/');
    let anchored = trimmed.strip_prefix("./").or_else(|| trimmed.strip_prefix('/'));
    let plain = anchored.unwrap_or(trimmed);
    if plain.is_empty() || plain == "." {
        return Err("an empty path pattern takes in nothing; `**` takes in everything".to_owned());
    }
    if plain.split('/').any(|part| part == "..") {
        return Err("a path pattern cannot lead out of the config's folder".to_owned());
    }
    let path = if anchored.is_some() || plain.contains('/') { plain.to_owned() } else { format!("**/{plain}") };
    let build = |glob: &str| {
        GlobBuilder::new(glob)
            .literal_separator(true)
            .backslash_escape(true)
            .build()
            .map_err(|error| format!("this path pattern cannot be read: {}", error.kind()))
    };
    Ok([build(&path)?, build(&format!("{path}/**"))?])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn matches(pattern: &str, path: &str) -> bool {
        let (patterns, bad) = PathPatterns::new(Path::new("/site"), [pattern]);
        assert_eq!(bad, []);
        patterns.matches(Path::new("/site/working"), Path::new(path))
    }

    #[test]
    fn a_bare_name_is_found_anywhere_with_all_it_holds() {
        assert!(matches("drafts", "/site/drafts"));
        assert!(matches("drafts/", "/site/a/drafts/b/c.md"));
        assert!(matches("*.draft.md", "/site/a/b.draft.md"));
        assert!(!matches("drafts", "/site/drafts.md"));
    }

    #[test]
    fn a_pattern_with_a_slash_is_seen_from_the_config() {
        assert!(matches("news/2019", "/site/news/2019/a.md"));
        assert!(!matches("news/2019", "/site/old/news/2019/a.md"));
        assert!(!matches("/drafts", "/site/a/drafts/b.md"));
        assert!(matches("au/**", "/site/au/a/b.md"));
        assert!(!matches("au/*.md", "/site/au/a/b.md"));
    }

    #[test]
    fn relative_paths_are_seen_from_the_working_directory() {
        assert!(matches("working/a.md", "a.md"));
        assert!(matches("b.md", "../b.md"));
        assert!(!matches("**", "/elsewhere/a.md"));
    }

    #[test]
    fn bad_patterns_are_told_and_the_good_ones_work() {
        let (patterns, bad) = PathPatterns::new(Path::new("/"), ["a", "[", "../b", ""]);
        assert_eq!(bad.iter().map(|bad| bad.index).collect::<Vec<_>>(), [1, 2, 3]);
        assert!(patterns.matches(Path::new("/"), Path::new("a")));
    }
}
