//! PubMed record numbers and PubMed Central numbers.

use super::Fault;

/// Checks a PubMed record number: one to eight digits, the first not 0.
///
/// # Errors
///
/// What is wrong with it.
pub(super) fn pmid(written: &str) -> Result<String, Fault> {
    if written.is_empty() {
        return Err(Fault::new("is missing after its label"));
    }
    if let Some(digits) = strip_pmc(written)
        && digits.bytes().all(|b| b.is_ascii_digit())
    {
        return Err(Fault::new("is a PubMed Central number (PMCID), not a PMID"));
    }
    if !written.bytes().all(|b| b.is_ascii_digit()) {
        return Err(Fault::new("has characters other than digits"));
    }
    if written.starts_with('0') {
        return Err(Fault::new("starts with 0; a PMID never does"));
    }
    if written.len() > 8 {
        return Err(Fault::new(format!("has {} digits; a PMID has at most 8", written.len())));
    }
    Ok(written.to_owned())
}

/// Checks a PubMed Central number: `PMC`, one to eight digits, the first not 0,
/// perhaps a version (`PMC123.1`).
///
/// # Errors
///
/// What is wrong with it.
pub(super) fn pmcid(written: &str) -> Result<String, Fault> {
    let Some(rest) = strip_pmc(written) else {
        if !written.is_empty() && written.len() <= 8 && written.bytes().all(|b| b.is_ascii_digit()) {
            return Err(Fault::repaired("lacks the letters PMC that a PMCID begins with", format!("PMC{written}")));
        }
        return Err(Fault::new("does not have the form PMC1234567"));
    };
    let (digits, version) = rest.split_once('.').unwrap_or((rest, "1"));
    let well_formed = !digits.is_empty()
        && digits.len() <= 8
        && !digits.starts_with('0')
        && !version.is_empty()
        && digits.bytes().chain(version.bytes()).all(|b| b.is_ascii_digit());
    if well_formed { Ok(format!("PMC{digits}")) } else { Err(Fault::new("does not have the form PMC1234567")) }
}

/// What stands after `PMC`, in any case.
fn strip_pmc(written: &str) -> Option<&str> {
    written.get(..3).filter(|start| start.eq_ignore_ascii_case("pmc"))?;
    Some(&written[3..])
}

/// PubMed numbers are given out in the order in which records arrive. Each row is
/// a number that was given out in that year, near its beginning: public records
/// of PubMed, read off over the years. Before 1998 older literature was entered
/// in large batches, so nothing can be said of it.
const FIRST_OF_YEAR: [(u32, u16); 26] = [
    (10_600_000, 2000),
    (11_140_000, 2001),
    (11_760_000, 2002),
    (12_500_000, 2003),
    (14_690_000, 2004),
    (15_610_000, 2005),
    (16_370_000, 2006),
    (17_180_000, 2007),
    (18_150_000, 2008),
    (19_110_000, 2009),
    (20_030_000, 2010),
    (21_180_000, 2011),
    (22_200_000, 2012),
    (23_270_000, 2013),
    (24_370_000, 2014),
    (25_540_000, 2015),
    (26_700_000, 2016),
    (28_030_000, 2017),
    (29_280_000, 2018),
    (30_590_000, 2019),
    (31_890_000, 2020),
    (33_370_000, 2021),
    (34_960_000, 2022),
    (36_570_000, 2023),
    (38_150_000, 2024),
    (39_740_000, 2025),
];

/// The earliest year in which an article can have been published whose PubMed
/// number is smaller than the numbers given out then; in other words, the last
/// year at whose beginning numbers were still smaller than `pmid`. A record
/// seldom precedes its article by more than a year. `None` before 2000.
#[must_use]
pub fn given_out_in(pmid: u32) -> Option<u16> {
    let after = FIRST_OF_YEAR.partition_point(|&(first, _)| first <= pmid);
    let (first, year) = *FIRST_OF_YEAR.get(after.checked_sub(1)?)?;
    // Past the last row numbers go on at about 1.7 million a year.
    if after == FIRST_OF_YEAR.len() { Some(year + ((pmid - first) / 1_700_000) as u16) } else { Some(year) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn well_formed_numbers_are_taken_as_they_are() {
        assert_eq!(pmid("29474183").unwrap(), "29474183");
        assert_eq!(pmid("1").unwrap(), "1");
        assert_eq!(pmcid("pmc6930836").unwrap(), "PMC6930836");
        assert_eq!(pmcid("PMC6930836.2").unwrap(), "PMC6930836");
    }

    #[test]
    fn malformed_numbers_are_told_apart() {
        for bad in ["0", "012345", "123456789", "2947418E", "", "PMC6930836"] {
            assert!(pmid(bad).is_err(), "{bad}");
        }
        for bad in ["PMC", "PMC0123", "PMC12.", "PMCx", ""] {
            assert!(pmcid(bad).is_err(), "{bad}");
        }
        assert_eq!(pmcid("6930836").unwrap_err().repair.as_deref(), Some("PMC6930836"));
    }

    #[test]
    fn the_year_of_a_number_follows_the_known_records() {
        for (number, year) in [
            (26_334_449, 2015),
            (29_474_183, 2018),
            (30_809_944, 2019),
            (31_908_418, 2020),
            (32_973_792, 2020),
            (34_769_021, 2021),
            (36_006_644, 2022),
            (38_127_350, 2023),
        ] {
            assert_eq!(given_out_in(number), Some(year), "{number}");
        }
        assert_eq!(given_out_in(8_000_000), None);
        assert_eq!(given_out_in(41_500_000), Some(2026));
    }
}
