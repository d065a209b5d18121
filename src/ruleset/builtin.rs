//! The rule sets compiled into the binary.

/// File name and text of every built-in rule set, by name.
pub const BUILTIN: &[(&str, &str)] = &[];
