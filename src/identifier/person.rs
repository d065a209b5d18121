//! ORCID iDs.

use super::{Fault, check_digit};

/// Checks an ORCID iD: four groups of four, the last character a check digit.
///
/// # Errors
///
/// What is wrong with it.
pub(super) fn orcid(written: &str) -> Result<String, Fault> {
    let Some(digits) = check_digit::digits(written).filter(|digits| digits.len() == 16) else {
        return Err(Fault::new("does not have the form 0000-0002-1825-0097"));
    };
    if !check_digit::orcid(&digits) {
        return Err(Fault::new("is mistyped: its check digit does not fit"));
    }
    Ok(written.to_ascii_uppercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn identifiers_outside_the_first_block_are_taken() {
        assert!(orcid("0000-0002-1825-0097").is_ok());
        assert!(orcid("0000-0002-1694-233x").is_ok());
        assert!(orcid("0000-0002-1825-009").is_err());
        assert!(orcid("0000-0002-1825-0090").is_err());
    }
}
