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

use clap::Parser;

use crate::cli::{Cli, Command, RulesCommand};
use crate::exit_status::ExitStatus;

pub use terminal::Terminal;

/// Runs the command that `arguments` ask for, the program's own name first.
///
/// Findings go to standard output, all else to standard error.
#[must_use]
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> ExitStatus {
    let cli = match Cli::try_parse_from(arguments) {
        Ok(cli) => cli,
        Err(message) => {
            // Help and version are no errors; clap knows which stream each belongs on.
            let _ = message.print();
            return if message.exit_code() == 0 { ExitStatus::Clean } else { ExitStatus::Failed };
        }
    };
    let terminal = Terminal::new(cli.color);
    let result = match &cli.command {
        Command::Check(args) => check::check(args, terminal),
        Command::Explain(args) => explain::explain(args, terminal),
        Command::Rules(args) => match &args.command {
            RulesCommand::List(args) => rules::list(args, terminal),
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
