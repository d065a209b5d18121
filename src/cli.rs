//! The command line: what can be asked of caveat, as data.

use std::num::NonZeroUsize;
use std::path::PathBuf;
use std::str::FromStr;

use clap::{Args, Parser, Subcommand, ValueEnum};
use jiff::civil::Date;

use crate::diagnostic::Severity;
use crate::facts::Market;
use crate::report::Format;

/// A content-compliance linter for health articles.
///
/// It checks Markdown for unhedged efficacy claims, missing disclaimers, typos
/// and broken source markers, and points at the exact words.
#[derive(Debug, Parser)]
#[command(name = "caveat", version, arg_required_else_help = true, after_help = EXIT_STATUS, max_term_width = 100)]
pub struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,

    /// When to use colours; NO_COLOR is heeded.
    #[arg(long, value_enum, default_value_t, value_name = "WHEN", global = true, hide_possible_values = true)]
    #[arg(help = "When to use colours: auto, always or never")]
    pub color: ColorChoice,
}

const EXIT_STATUS: &str = "\
Exit status:
  0  nothing at or above --fail-on
  1  findings at or above --fail-on
  2  something kept the run from its job; no flag hides it";

const CHECK_HELP: &str = "\
Examples:
  caveat check                                 all articles below this folder
  caveat check articles/ --fail-on warning     for a build that wants no warnings
  caveat check --format github --format sarif=caveat.sarif
  caveat check - --stdin-filename a.md < a.md  for an editor

Exit status:
  0  nothing at or above --fail-on
  1  findings at or above --fail-on
  2  something kept the run from its job; no flag hides it";

/// One command.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Check articles
    #[command(after_help = CHECK_HELP)]
    Check(CheckArgs),
    /// Say what a rule finds, why, on whose authority, and what to do
    Explain(ExplainArgs),
    /// Look at the rules that are loaded
    Rules(RulesArgs),
    /// Run the examples of rules: do they flag and leave alone what they should?
    #[command(after_help = TEST_STATUS)]
    Test(TestArgs),
    /// Print the JSON Schema of rule sets, for editors
    Schema,
    /// Write a commented caveat.toml to start from
    Init(InitArgs),
}

const TEST_STATUS: &str = "\
Exit status:
  0  every example holds
  1  an example fails, or a rule has none
  2  a rule set or the labels cannot be read";

/// Which rule to explain.
#[derive(Args, Debug)]
pub struct ExplainArgs {
    /// The rule's id, ruleset/rule; the rule alone where it is unique
    #[arg(value_name = "ID")]
    pub id: String,

    /// Config and rule sets.
    #[command(flatten)]
    pub config: ConfigArgs,
}

/// What to do with the rules.
#[derive(Args, Debug)]
pub struct RulesArgs {
    /// What to do.
    #[command(subcommand)]
    pub command: RulesCommand,
}

/// One command on the rules that are loaded.
#[derive(Debug, Subcommand)]
pub enum RulesCommand {
    /// List them: id, level, category, kind, message
    List(RulesListArgs),
    /// Advise on them: unused lists, missing help, instruments to read again
    #[command(after_help = LINT_STATUS)]
    Lint(RulesLintArgs),
}

const LINT_STATUS: &str = "\
Exit status:
  0  no advice
  1  advice
  2  a rule set cannot be read";

/// Which rule sets to advise on.
#[derive(Args, Debug)]
pub struct RulesLintArgs {
    /// Rule sets: files, or folders of them; else those of the config, else the built-in ones
    #[arg(value_name = "RULESETS")]
    pub paths: Vec<PathBuf>,

    /// The day that counts as today, as YYYY-MM-DD; for runs that can be repeated
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub as_of: Option<Date>,

    /// Config and rule sets.
    #[command(flatten)]
    pub config: ConfigArgs,
}

/// How to list rules.
#[derive(Args, Debug)]
pub struct RulesListArgs {
    /// How to list them: text or json
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT", hide_possible_values = true)]
    pub format: ListFormat,

    /// Config and rule sets.
    #[command(flatten)]
    pub config: ConfigArgs,
}

/// How a command prints what it lists.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum ListFormat {
    /// Lines, for people.
    #[default]
    Text,
    /// JSON, for programs.
    Json,
}

/// What to test.
#[derive(Args, Debug)]
pub struct TestArgs {
    /// Rule sets to test: files, or folders of them; else those of the config, else the built-in ones
    #[arg(value_name = "RULESETS")]
    pub paths: Vec<PathBuf>,

    /// Only these rules: ids, or ruleset/* for all of a rule set
    #[arg(long, value_name = "RULES", value_delimiter = ',')]
    pub select: Vec<String>,

    /// How to report: text or json
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT", hide_possible_values = true)]
    pub format: ListFormat,

    /// Instead of examples, check labelled units (JSON Lines) and print precision and recall. Repeatable
    #[arg(long, value_name = "FILE", help_heading = "Labels")]
    pub labels: Vec<PathBuf>,

    /// Show up to so many missed units, and as many that are flagged wrongly
    #[arg(long, value_name = "N", default_value_t = 0, requires = "labels", help_heading = "Labels")]
    pub errors: usize,

    /// Exit with 1 when F1 falls below this, from 0 to 1
    #[arg(long, value_name = "F1", requires = "labels", help_heading = "Labels")]
    pub at_least: Option<f64>,

    /// Config and rule sets.
    #[command(flatten)]
    pub config: ConfigArgs,
}

/// What to check, and how.
#[derive(Args, Debug)]
pub struct CheckArgs {
    /// Files and folders to check; - is standard input
    #[arg(default_value = ".", value_name = "PATH")]
    pub paths: Vec<PathBuf>,

    /// Only these rules: ids, or ruleset/* for all of a rule set
    #[arg(long, value_name = "RULES", value_delimiter = ',', help_heading = "Rules")]
    pub select: Vec<String>,

    /// Not these rules: ids, or ruleset/* for all of a rule set
    #[arg(long, value_name = "RULES", value_delimiter = ',', help_heading = "Rules")]
    pub ignore: Vec<String>,

    /// Markets of articles that name none: us, us-ca, us-fl, eu, gb, au, ca, jp, th, any
    #[arg(long, value_name = "MARKETS", value_delimiter = ',', value_parser = market, help_heading = "Rules")]
    pub markets: Vec<Market>,

    /// The day that counts as today, as YYYY-MM-DD; for runs that can be repeated
    #[arg(long, value_name = "DATE", value_parser = date, help_heading = "Rules")]
    pub as_of: Option<Date>,

    /// Flag cited works that this table lists as retracted: a CSV file of Retraction Watch. Repeatable
    #[arg(long, value_name = "FILE", help_heading = "Rules")]
    pub retractions: Vec<PathBuf>,

    /// Config and rule sets.
    #[command(flatten)]
    pub config: ConfigArgs,

    /// Show which config, rule sets and markets apply, and why; check nothing
    #[arg(long, help_heading = "Config")]
    pub show_settings: bool,

    /// Leave out what the config excludes even when it is named here
    #[arg(long, help_heading = "Config")]
    pub force_exclude: bool,

    /// The name that text on standard input goes by
    #[arg(long, value_name = "PATH", help_heading = "Config")]
    pub stdin_filename: Option<PathBuf>,

    /// How to report: full, concise, json, sarif or github; with =FILE, into a file. Repeatable
    #[arg(long, value_name = "FORMAT[=FILE]", help_heading = "Output")]
    pub format: Vec<FormatSpec>,

    /// No closing summary and no notices
    #[arg(short, long, help_heading = "Output")]
    pub quiet: bool,

    /// The least severity that makes the exit status 1: error, warning, note or never [default: error]
    #[arg(long, value_name = "SEVERITY", value_enum, hide_possible_values = true, help_heading = "Exit status")]
    pub fail_on: Option<FailOn>,

    /// Exit with 0 whatever is found
    #[arg(long, help_heading = "Exit status")]
    pub exit_zero: bool,

    /// Exit with 0 when there is no article
    #[arg(long, help_heading = "Exit status")]
    pub allow_empty: bool,

    /// How many files to check at once [default: one per core]
    #[arg(short = 'j', long, value_name = "N", value_parser = threads, help_heading = "Speed")]
    pub threads: Option<NonZeroUsize>,
}

/// Which config and rule sets to load.
#[derive(Args, Clone, Debug, Default)]
#[command(next_help_heading = "Config")]
pub struct ConfigArgs {
    /// Use this config file
    #[arg(long, value_name = "FILE", conflicts_with = "isolated")]
    pub config: Option<PathBuf>,

    /// Use no config file
    #[arg(long)]
    pub isolated: bool,

    /// Also load these rule sets: files, or folders of them
    #[arg(long, value_name = "PATHS", value_delimiter = ',')]
    pub rulesets: Vec<PathBuf>,
}

/// Where to write the config.
#[derive(Args, Debug)]
pub struct InitArgs {
    /// The folder to write it to
    #[arg(default_value = ".", value_name = "FOLDER")]
    pub folder: PathBuf,
}

/// From which severity on findings fail the run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum FailOn {
    /// Errors only.
    Error,
    /// Errors and warnings.
    Warning,
    /// Any finding.
    Note,
    /// No finding.
    Never,
}

impl FailOn {
    /// The threshold; `None` for never.
    #[must_use]
    pub fn threshold(self) -> Option<Severity> {
        match self {
            Self::Error => Some(Severity::Error),
            Self::Warning => Some(Severity::Warning),
            Self::Note => Some(Severity::Note),
            Self::Never => None,
        }
    }
}

/// When to use colours.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum ColorChoice {
    /// On a terminal, unless NO_COLOR is set.
    #[default]
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

/// A report format and where it goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FormatSpec {
    /// The format.
    pub format: Format,
    /// The file; `None` for standard output.
    pub file: Option<PathBuf>,
}

impl FromStr for FormatSpec {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (name, file) = match text.split_once('=') {
            Some((_, "")) => return Err("a file name is missing after `=`".to_owned()),
            Some((name, file)) => (name, Some(PathBuf::from(file))),
            None => (text, None),
        };
        let format = match name {
            "full" => Format::Full,
            "concise" => Format::Concise,
            "json" => Format::Json,
            "sarif" => Format::Sarif,
            "github" => Format::Github,
            _ => return Err("use full, concise, json, sarif or github".to_owned()),
        };
        Ok(Self { format, file })
    }
}

/// Reads a market.
fn market(name: &str) -> Result<Market, String> {
    Market::from_name(name).ok_or_else(|| match Market::meant_by(name) {
        Some(market) => format!("there is no such market; did you mean {market}?"),
        None => format!("there is no such market; use {}", Market::ALL.map(Market::name).join(", ")),
    })
}

/// Reads a number of threads.
fn threads(text: &str) -> Result<NonZeroUsize, String> {
    text.parse().map_err(|_| "give a whole number, 1 or more".to_owned())
}

/// Reads a date.
fn date(text: &str) -> Result<Date, String> {
    text.parse().map_err(|_| "write a day as YYYY-MM-DD".to_owned())
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn the_command_line_is_consistent() {
        Cli::command().debug_assert();
    }

    #[test]
    fn formats_may_name_a_file() {
        let file = |file: &str| Some(PathBuf::from(file));
        assert_eq!("json".parse(), Ok(FormatSpec { format: Format::Json, file: None }));
        assert_eq!("sarif=a=b.sarif".parse(), Ok(FormatSpec { format: Format::Sarif, file: file("a=b.sarif") }));
        assert!("json=".parse::<FormatSpec>().is_err());
        assert!("xml".parse::<FormatSpec>().is_err());
    }
}
