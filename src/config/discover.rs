//! Finding the config: the nearest one upward from the working directory.

use std::fs;
use std::path::{Path, PathBuf};

/// Names of the config in a folder; the first that is there wins.
pub const NAMES: [&str; 3] = [".caveat.toml", "caveat.toml", ".config/caveat.toml"];

/// A config that was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Discovered {
    /// The file, absolute.
    pub path: PathBuf,
    /// The folder that its paths are relative to, absolute.
    pub folder: PathBuf,
    /// The file relative to where the search began.
    pub shown: PathBuf,
    /// Other configs in the same folder, which are not read.
    pub shadowed: Vec<&'static str>,
}

/// Looks for a config in `start` and the folders above it, up to the root of the
/// repository that `start` lies in.
#[must_use]
pub fn discover(start: &Path) -> Option<Discovered> {
    let mut up = PathBuf::new();
    for folder in start.ancestors() {
        let mut present = NAMES.into_iter().filter(|name| is_file(&folder.join(name)));
        if let Some(name) = present.next() {
            return Some(Discovered {
                path: folder.join(name),
                folder: folder.to_owned(),
                shown: up.join(name),
                shadowed: present.collect(),
            });
        }
        if folder.join(".git").exists() {
            return None;
        }
        up.push("..");
    }
    None
}

/// Whether something that is no folder stands at the path; a broken link counts,
/// so that it is complained of and not passed over.
fn is_file(path: &Path) -> bool {
    fs::symlink_metadata(path).is_ok() && !path.is_dir()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn project(files: &[&str]) -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        for file in files {
            let path = folder.path().join(file);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, "").unwrap();
        }
        folder
    }

    #[test]
    fn the_nearest_config_wins() {
        let project = project(&["caveat.toml", "a/.config/caveat.toml", "a/b/c/x"]);
        let found = discover(&project.path().join("a/b/c")).unwrap();
        assert_eq!(found.folder, project.path().join("a"));
        assert_eq!(found.shown, Path::new("../../.config/caveat.toml"));
    }

    #[test]
    fn the_first_name_wins_and_the_others_are_told() {
        let project = project(&[".caveat.toml", "caveat.toml", ".config/caveat.toml"]);
        let found = discover(project.path()).unwrap();
        assert_eq!(found.shown, Path::new(".caveat.toml"));
        assert_eq!(found.shadowed, ["caveat.toml", ".config/caveat.toml"]);
    }

    #[test]
    fn the_search_ends_at_the_root_of_the_repository() {
        let project = project(&["caveat.toml", "repo/.git/HEAD", "repo/articles/x"]);
        assert_eq!(discover(&project.path().join("repo/articles")), None);
    }

    #[test]
    fn a_folder_of_that_name_is_no_config() {
        let project = project(&["caveat.toml", "a/caveat.toml/x"]);
        assert_eq!(discover(&project.path().join("a")).unwrap().shown, Path::new("../caveat.toml"));
    }
}
