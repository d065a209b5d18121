//! ISBN and ISSN.

use super::{Fault, check_digit};

/// Checks a book number of 10 or 13 digits.
///
/// # Errors
///
/// What is wrong with it.
pub(super) fn isbn(written: &str) -> Result<String, Fault> {
    let digits = check_digit::digits(written).filter(|digits| !digits.is_empty());
    let Some(digits) = digits else { return Err(Fault::new("is missing after its label")) };
    let holds = match digits.len() {
        10 => check_digit::isbn10(&digits),
        13 => matches!(digits[..3], [9, 7, 8 | 9]) && check_digit::isbn13(&digits),
        count => return Err(Fault::new(format!("has {count} digits; an ISBN has 10 or 13"))),
    };
    if !holds {
        return Err(Fault::new("is mistyped: its check digit does not fit"));
    }
    // Books with both numbers compare equal: the 13-digit form begins with 978, and its check digit is left out.
    let core =
        if digits.len() == 13 && digits[..3] == [9, 7, 8] { &digits[3..12] } else { &digits[..digits.len() - 1] };
    Ok(core.iter().filter_map(|&digit| char::from_digit(digit, 10)).collect())
}

/// Checks a journal's serial number.
///
/// # Errors
///
/// What is wrong with it.
pub(super) fn issn(written: &str) -> Result<String, Fault> {
    let digits = check_digit::digits(written).filter(|digits| !digits.is_empty());
    let Some(digits) = digits else { return Err(Fault::new("is missing after its label")) };
    if digits.len() != 8 {
        return Err(Fault::new(format!("has {} digits; an ISSN has 8", digits.len())));
    }
    if !check_digit::issn(&digits) {
        return Err(Fault::new("is mistyped: its check digit does not fit"));
    }
    let text: String = written.chars().filter(char::is_ascii_alphanumeric).collect();
    let text = text.to_ascii_uppercase();
    Ok(format!("{}-{}", &text[..4], &text[4..]))
}

/// The ISSN in eight characters (`1756185X`), hyphenated, if its check digit holds.
#[must_use]
pub fn issn_of(eight: &str) -> Option<String> {
    (eight.len() == 8 && eight.is_ascii()).then(|| issn(eight).ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_forms_of_a_book_number_compare_equal() {
        assert_eq!(isbn("978-0-8436-1072-7").unwrap(), isbn("0-8436-1072-7").unwrap());
        assert!(isbn("978-3-16-148410-0").is_ok());
    }

    #[test]
    fn wrong_numbers_are_faults() {
        for bad in ["978-3-16-148410-1", "977-3-16-148410-0", "12345", ""] {
            assert!(isbn(bad).is_err(), "{bad}");
        }
        assert_eq!(issn("1756185x").unwrap(), "1756-185X");
        assert!(issn("1756-1851").is_err());
    }
}
