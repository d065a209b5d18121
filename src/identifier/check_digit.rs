//! Check digits: ISBN, ISSN and ORCID.

/// Digits of a number, without the hyphens and spaces between them. `X` counts
/// as 10. `None` when anything else stands in it.
pub(super) fn digits(text: &str) -> Option<Vec<u32>> {
    text.chars()
        .filter(|c| !matches!(c, '-' | ' ' | '\u{a0}' | '\u{2010}' | '\u{2011}' | '\u{2012}' | '\u{2013}'))
        .map(|c| if matches!(c, 'x' | 'X') { Some(10) } else { c.to_digit(10) })
        .collect()
}

/// Whether only the last digit is an `X`, if any is.
pub(super) fn only_last_is_ten(digits: &[u32]) -> bool {
    digits.iter().rev().skip(1).all(|&digit| digit < 10)
}

/// ISBN-10: the sum of digits weighted 10 down to 1 is a multiple of 11.
pub(super) fn isbn10(digits: &[u32]) -> bool {
    digits.len() == 10
        && only_last_is_ten(digits)
        && (1..=10).rev().zip(digits).map(|(weight, digit)| weight * digit).sum::<u32>() % 11 == 0
}

/// ISBN-13: the sum of digits weighted 1, 3, 1, 3 … is a multiple of 10.
pub(super) fn isbn13(digits: &[u32]) -> bool {
    digits.len() == 13
        && digits.iter().all(|&digit| digit < 10)
        && [1, 3].iter().cycle().zip(digits).map(|(weight, digit)| weight * digit).sum::<u32>() % 10 == 0
}

/// ISSN: the sum of digits weighted 8 down to 1 is a multiple of 11.
pub(super) fn issn(digits: &[u32]) -> bool {
    digits.len() == 8
        && only_last_is_ten(digits)
        && (1..=8).rev().zip(digits).map(|(weight, digit)| weight * digit).sum::<u32>() % 11 == 0
}

/// ORCID: ISO 7064 MOD 11-2 over the first 15 digits gives the last.
pub(super) fn orcid(digits: &[u32]) -> bool {
    let Some((&last, first)) = digits.split_last() else { return false };
    if first.len() != 15 || !only_last_is_ten(digits) {
        return false;
    }
    let total = first.iter().fold(0, |total, digit| (total + digit) * 2 % 11);
    (12 - total) % 11 == last
}

#[cfg(test)]
mod tests {
    use super::*;

    fn holds(check: fn(&[u32]) -> bool, text: &str) -> bool {
        check(&digits(text).unwrap())
    }

    #[test]
    fn check_digits_of_known_numbers_hold() {
        assert!(holds(isbn10, "0-8436-1072-7"));
        assert!(holds(isbn13, "978-3-16-148410-0"));
        assert!(holds(issn, "1756-185X"));
        assert!(holds(orcid, "0000-0002-1825-0097"));
        assert!(holds(orcid, "0000-0002-1694-233X"));
    }

    #[test]
    fn one_wrong_digit_breaks_them() {
        for (check, text) in [
            (isbn10 as fn(&[u32]) -> bool, "0-8436-1072-8"),
            (isbn13, "978-3-16-148410-1"),
            (issn, "1756-1850"),
            (orcid, "0000-0002-1825-0098"),
        ] {
            assert!(!holds(check, text), "{text}");
        }
    }

    #[test]
    fn an_x_counts_only_at_the_end() {
        assert!(!holds(issn, "X756-1850"));
        assert!(!holds(isbn13, "978-3-16-148410-X"));
    }
}
