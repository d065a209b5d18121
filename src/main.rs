//! The `caveat` command.

use std::process::ExitCode;

fn main() -> ExitCode {
    caveat::commands::run(std::env::args_os()).into()
}
