//! Suppressions, read from comments and applied to spans.
