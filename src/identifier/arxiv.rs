//! arXiv numbers, new (`1501.00001v1`) and old (`hep-th/9901001`).

use super::Fault;

/// Checks an arXiv number.
///
/// # Errors
///
/// What is wrong with it.
pub(super) fn arxiv(written: &str) -> Result<String, Fault> {
    let lower = written.to_ascii_lowercase();
    let base = strip_version(&lower);
    let fits = match base.split_once('/') {
        Some((archive, number)) => is_archive(archive) && is_old_number(number),
        None => base.split_once('.').is_some_and(|(month, serial)| is_new_number(month, serial)),
    };
    if fits { Ok(base.to_owned()) } else { Err(Fault::new("is not written as arXiv numbers are: 1501.00001")) }
}

fn strip_version(text: &str) -> &str {
    match text.rsplit_once('v') {
        Some((base, version)) if !version.is_empty() && version.bytes().all(|b| b.is_ascii_digit()) => base,
        _ => text,
    }
}

fn is_archive(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_lowercase() || matches!(b, b'-' | b'.'))
}

/// `YYMM` from 1991-08 to 2007-03, then three digits.
fn is_old_number(text: &str) -> bool {
    text.len() == 7 && all_digits(text) && is_month(&text[2..4]) && {
        let at = &text[..4];
        at >= "9108" || at <= "0703"
    }
}

/// `YYMM` from 2007-04: four digits behind the point until 2014-12, five from then on.
fn is_new_number(month: &str, serial: &str) -> bool {
    let digits = if month < "1501" { 4 } else { 5 };
    month.len() == 4
        && all_digits(month)
        && month >= "0704"
        && is_month(&month[2..])
        && serial.len() == digits
        && all_digits(serial)
}

fn is_month(text: &str) -> bool {
    ("01"..="12").contains(&text)
}

fn all_digits(text: &str) -> bool {
    text.bytes().all(|b| b.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_forms_are_taken_and_versions_left_out() {
        assert_eq!(arxiv("1501.00001v1").unwrap(), "1501.00001");
        assert_eq!(arxiv("hep-th/9901001").unwrap(), "hep-th/9901001");
        assert_eq!(arxiv("math.GT/0309136").unwrap(), "math.gt/0309136");
        assert_eq!(arxiv("0704.0001").unwrap(), "0704.0001");
    }

    #[test]
    fn impossible_months_and_lengths_are_faults() {
        for bad in ["1413.0001", "1501.0001", "1412.00001", "0703.0001", "hep-th/0704001", "", "x"] {
            assert!(arxiv(bad).is_err(), "{bad}");
        }
    }
}
