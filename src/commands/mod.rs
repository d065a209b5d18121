//! The commands: glue between the command line and the library, one file each.

mod check;
mod explain;
mod init;
mod inputs;
mod labels;
mod load;
mod outputs;
mod rules;
mod schema;
mod show_settings;
mod tally;
mod terminal;
mod test;
mod text;

use std::ffi::OsString;
use std::path::Path;

use clap::Parser;
use clap::error::ErrorKind;

use crate::cli::{Cli, ColorChoice, Command, RulesCommand};
use crate::exit_status::ExitStatus;

pub use terminal::Terminal;

/// Runs the command that `arguments` ask for, the program's own name first.
///
/// Findings go to standard output, all else to standard error.
#[must_use]
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> ExitStatus {
    let arguments: Vec<OsString> = arguments.into_iter().collect();
    let cli = match Cli::try_parse_from(&arguments) {
        Ok(cli) => cli,
        Err(message) => {
            // Help and version are no errors; clap knows which stream each belongs on.
            let _ = message.print();
            if message.kind() == ErrorKind::InvalidSubcommand {
                advise_on_path(arguments.get(1));
            }
            return if message.exit_code() == 0 { ExitStatus::Clean } else { ExitStatus::Failed };
        }
    };
    let terminal = Terminal::new(cli.color);
    let result = match &cli.command {
        Command::Check(args) => check::check(args, terminal),
        Command::Explain(args) => explain::explain(args, terminal),
        Command::Rules(args) => match &args.command {
            RulesCommand::List(args) => rules::list(args, terminal),
            RulesCommand::Lint(args) => rules::lint(args, terminal),
        },
        Command::Test(args) => test::test(args, terminal),
        Command::Schema => schema::schema(terminal),
        Command::Init(args) => init::init(args, terminal),
    };
    result.unwrap_or_else(|error| {
        terminal.fatal(&error);
        ExitStatus::Failed
    })
}

/// Tells who forgot the command, and began with a path, how to check it.
fn advise_on_path(argument: Option<&OsString>) {
    if let Some(path) = argument.map(Path::new).filter(|path| path.exists()) {
        Terminal::new(ColorChoice::Never).note(&format!("\nTo check it, run: caveat check {}", path.display()));
    }
}
