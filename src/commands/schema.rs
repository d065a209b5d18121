//! `caveat schema`: the JSON Schema of rule sets.

use crate::error::Error;
use crate::exit_status::ExitStatus;
use crate::ruleset;

use super::{Terminal, text};

/// Prints the JSON Schema of rule sets.
pub(super) fn schema(terminal: Terminal) -> Result<ExitStatus, Error> {
    text::print(&format!("{:#}\n", ruleset::schema()), terminal)?;
    Ok(ExitStatus::Clean)
}
