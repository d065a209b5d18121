//! The rule sets compiled into the binary.

macro_rules! embed {
    ($($name:literal),* $(,)?) => {
        &[$(($name, include_str!(concat!("../../rulesets/", $name)))),*]
    };
}

/// File name and text of every built-in rule set, by name.
pub const BUILTIN: &[(&str, &str)] = embed![
    "claims.toml",
    "core.toml",
    "devices.toml",
    "editorial.toml",
    "lexicon.toml",
    "medicines.toml",
    "regenerative-medicine.toml",
    "sources.toml",
    "supplements.toml",
];
