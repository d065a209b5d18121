//! `caveat check`: settings → rule sets → walk → run → report → exit status.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Instant;

use crate::beside::BesideReader;
use crate::cli::CheckArgs;
use crate::config::{Flags, OptionsByPath, Settings};
use crate::diagnostic::Notice;
use crate::error::Error;
use crate::exit_status::{ExitStatus, Verdict};
use crate::linter::Linter;
use crate::report::RunHeader;
use crate::runner::{self, Article, Origin, read_limited};
use crate::walk::{self, Exclude, Failure, Found, display};

use super::Terminal;
use super::load::{self, Loaded};
use super::outputs::Outputs;
use super::show_settings;
use super::tally::Tally;

/// What text on standard input is called when no name is given.
const STDIN_NAME: &str = "<stdin>";

/// Checks articles.
pub(super) fn check(args: &CheckArgs, terminal: Terminal) -> Result<ExitStatus, Error> {
    let began = Instant::now();
    let flags = Flags {
        select: args.select.clone(),
        ignore: args.ignore.clone(),
        markets: args.markets.clone(),
        fail_on: args.fail_on,
    };
    let mut loaded = load::load(&args.config, &flags, terminal)?;
    loaded.inputs.add_flags(&args.retractions)?;
    let given = std::mem::take(&mut loaded.inputs);
    if !args.quiet {
        notice_shadowed(&loaded, terminal);
    }
    let settings = &loaded.settings;
    let as_of = args.as_of.unwrap_or_else(|| jiff::Zoned::now().date());
    if args.show_settings {
        return show_settings::show(&loaded, &args.paths, as_of, terminal);
    }
    let found = find(args, settings)?;
    let articles = articles(&found, args, settings);

    let entries = given.entries();
    let inputs = given.into_inputs(as_of);
    let linter = Linter { rulesets: &loaded.rulesets, inputs: &inputs };
    let threads = args.threads.or_else(|| std::thread::available_parallelism().ok()).map_or(1, usize::from);
    let header = RunHeader::new(&loaded.rulesets, inputs.as_of, settings.markets(), entries);
    let mut outputs = Outputs::open(&args.format, &header, terminal)?;
    let mut tally = Tally::default();
    runner::run(&linter, &BesideReader::new(&settings.working), &articles, threads, |outcome| {
        tally.add(&outcome);
        outputs.article(&outcome);
    })?;
    let unwritten = outputs.finish(tally.files());

    let no_article = articles.is_empty() && found.excluded == 0;
    if no_article && !args.allow_empty {
        terminal.fatal(&Error::NoArticle(args.paths.clone()));
    }
    for error in &unwritten {
        terminal.fatal(error);
    }
    if !args.quiet {
        if articles.is_empty() && found.excluded > 0 {
            terminal.note("nothing was checked: the config excludes all that stands under the given paths");
        }
        let provided = settings.provided();
        if !provided.is_empty() {
            let ids: Vec<&str> = provided.iter().map(|&at| loaded.rulesets.statements[at].id.as_str()).collect();
            terminal.note(&format!("taken to be provided by the site: {}", ids.join(", ")));
        }
        terminal.note(&tally.summary(found.links, began.elapsed()));
    }
    let verdict = Verdict {
        gravest: tally.gravest(),
        failed: tally.failed() || !unwritten.is_empty(),
        no_article,
        fail_on: settings.fail_on,
        exit_zero: args.exit_zero,
        allow_empty: args.allow_empty,
    };
    Ok(verdict.status())
}

/// Says which configs were passed over.
fn notice_shadowed(loaded: &Loaded, terminal: Terminal) {
    if let (Some(config), [_, ..]) = (&loaded.config, &loaded.shadowed[..]) {
        let others = loaded.shadowed.join(" and ");
        terminal
            .note(&format!("note: {} is the config; {others} in the same folder is not read", config.source.path()));
    }
}

/// Walks the given paths.
fn find(args: &CheckArgs, settings: &Settings) -> Result<Found, Error> {
    let (patterns, working) = (settings.exclude.clone(), settings.working.clone());
    let exclude: Exclude = Arc::new(move |path: &Path| patterns.matches(&working, path));
    let mut found = walk::walk(&args.paths, &exclude, args.force_exclude)?;
    match &args.stdin_filename {
        Some(_) if !found.stdin => {
            return Err(Error::Flag {
                flag: "--stdin-filename",
                reason: "standard input is not among the paths to check".to_owned(),
                help: Some("Add - to the paths.".to_owned()),
            });
        }
        Some(name) if args.force_exclude && exclude(name) => {
            found.stdin = false;
            found.excluded += 1;
        }
        _ => {}
    }
    Ok(found)
}

/// Everything to check or complain of, in the order of the paths.
fn articles(found: &Found, args: &CheckArgs, settings: &Settings) -> Vec<Article> {
    let mut options = OptionsByPath::new(settings);
    let stdin_name = args.stdin_filename.as_deref().map_or(PathBuf::from(STDIN_NAME), walk::tidy);
    let mut all: Vec<(&Path, Origin)> =
        found.articles.iter().map(|path| (path.as_path(), Origin::File(path.clone()))).collect();
    all.extend(found.failed.iter().map(|(path, failure)| (path.as_path(), unreachable(failure))));
    if found.stdin {
        let origin = match read_limited(io::stdin().lock()) {
            Ok(bytes) => Origin::Bytes { bytes, name: args.stdin_filename.clone() },
            Err(error) => Origin::Unreachable {
                notice: &Notice::UNREADABLE_FILE,
                message: format!("standard input cannot be read: {error}"),
            },
        };
        all.push((&stdin_name, origin));
    }
    all.sort_by_key(|(path, _)| *path);
    all.into_iter().map(|(path, origin)| Article { path: display(path), origin, options: options.get(path) }).collect()
}

/// What to say of a path that could not be walked.
fn unreachable(failure: &Failure) -> Origin {
    let (notice, message) = match failure {
        Failure::NamedLink(Some(target)) => {
            (&Notice::LINK_NOT_FOLLOWED, format!("this is a link, to {}", display(target)))
        }
        Failure::NamedLink(None) => (&Notice::LINK_NOT_FOLLOWED, "this is a link that leads nowhere".to_owned()),
        Failure::NotAFile => (&Notice::UNREADABLE_FILE, "this is neither a file nor a folder".to_owned()),
        Failure::Io(error) => (&Notice::UNREADABLE_FILE, format!("this cannot be read: {error}")),
    };
    Origin::Unreachable { notice, message }
}
