//! Fatal errors: what ends a run before or in the middle of its job.
//!
//! A fault inside a file that caveat was asked to read (an article, a rule set,
//! the config) is no fatal error but a diagnostic with its place.

use std::fmt;
use std::io;
use std::path::PathBuf;

use miette::Diagnostic;
use thiserror::Error;

/// What ended a run. Each says what is wrong and what to do.
#[derive(Debug, Error, Diagnostic)]
pub enum Error {
    /// Paths of the command line that do not exist.
    #[error("{} not exist: {}", if .0.len() == 1 { "this path does" } else { "these paths do" }, list(.0))]
    #[diagnostic(
        code(caveat::missing_path),
        help("Check the spelling, and the folder you are in. Nothing was checked.")
    )]
    MissingPath(Vec<PathBuf>),

    /// No article stands under the given paths.
    #[error("no article under {}", list(.0))]
    #[diagnostic(
        code(caveat::no_article),
        help(
            "Articles end in .md, .markdown, .mdx or .qmd. Hidden and git-ignored files count only when named. --allow-empty lets such a run pass."
        )
    )]
    NoArticle(Vec<PathBuf>),

    /// A file of the run that cannot be read: config, rule set, input.
    #[error("cannot read {what} {}", .path.display())]
    #[diagnostic(
        code(caveat::unreadable_input),
        help("Correct the path, or make the file readable. Nothing was checked.")
    )]
    Unreadable {
        /// What the file is to the run.
        what: &'static str,
        /// The file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },

    /// Faults in config or rule sets, already shown.
    #[error("{} in {what}; nothing was checked", counted(*.count, "fault"))]
    #[diagnostic(code(caveat::faults), help("Correct {} shown above.", if *.count == 1 { "the fault" } else { "the faults" }))]
    Faults {
        /// How many.
        count: usize,
        /// Where they stand.
        what: &'static str,
    },

    /// A flag whose value makes no sense in this run.
    #[error("{flag}: {reason}")]
    #[diagnostic(code(caveat::bad_flag))]
    Flag {
        /// The flag.
        flag: &'static str,
        /// What is wrong with its value.
        reason: String,
        /// What to do.
        #[help]
        help: Option<String>,
    },

    /// A rule that no loaded rule set has.
    #[error("{reason}")]
    #[diagnostic(code(caveat::no_rule), help("`caveat rules list` shows all rules that are loaded."))]
    NoRule {
        /// Why, with a suggestion.
        reason: String,
    },

    /// A labelled unit that cannot be read.
    #[error("{place}: this is no labelled unit: {reason}")]
    #[diagnostic(
        code(caveat::bad_labels),
        help("A file of labels has one JSON object per line, with at least id, text and claim.")
    )]
    Labels {
        /// File and line.
        place: String,
        /// What is wrong with it.
        reason: String,
    },

    /// A file could not be written.
    #[error("cannot write {}", .path.display())]
    #[diagnostic(code(caveat::unwritable_file), help("Choose another folder, or make this one writable."))]
    Unwritable {
        /// The file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },

    /// A report could not be opened or written.
    #[error("cannot write {}", .path.display())]
    #[diagnostic(
        code(caveat::unwritable_output),
        help("Choose another file for --format, or make its folder writable.")
    )]
    Output {
        /// The file, or `standard output`.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },

    /// `init` found a config.
    #[error("{} exists already", .0.display())]
    #[diagnostic(code(caveat::config_exists), help("Edit it, or remove it first. It was left as it is."))]
    ConfigExists(PathBuf),

    /// The folder that caveat runs in is gone or closed.
    #[error("the current folder cannot be used")]
    #[diagnostic(code(caveat::current_folder), help("Change to a folder that exists."))]
    CurrentFolder(#[source] io::Error),

    /// Worker threads could not be started.
    #[error("cannot start the worker threads")]
    #[diagnostic(code(caveat::threads), help("Ask for fewer with --threads."))]
    Threads(#[from] rayon::ThreadPoolBuildError),
}

/// A count with its noun: `1 fault`, `2 faults`.
pub(crate) fn counted(number: usize, noun: &str) -> String {
    if number == 1 { format!("1 {noun}") } else { format!("{number} {noun}s") }
}

/// Paths with commas between.
fn list(paths: &[PathBuf]) -> impl fmt::Display {
    let shown = |path: &PathBuf| if path.as_os_str().is_empty() { "''".to_owned() } else { path.display().to_string() };
    paths.iter().map(shown).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_count_right() {
        assert_eq!(Error::MissingPath(vec!["a".into()]).to_string(), "this path does not exist: a");
        assert_eq!(Error::MissingPath(vec!["a".into(), "b".into()]).to_string(), "these paths do not exist: a, b");
        assert_eq!(
            Error::Faults { count: 2, what: "the config" }.to_string(),
            "2 faults in the config; nothing was checked"
        );
    }
}
