//! "Did you mean": the known name that an unknown one most likely stands for.

/// The candidate nearest to `name`, if one is near enough to be a slip of the pen.
///
/// Case, hyphens, underscores and spaces count for nothing. At most one edit in
/// three characters is forgiven (optimal string alignment distance). Among equals
/// the first candidate wins.
#[must_use]
pub fn closest<'c>(name: &str, candidates: impl IntoIterator<Item = &'c str>) -> Option<&'c str> {
    let wanted = plain(name);
    let allowed = (wanted.chars().count() / 3).max(1);
    candidates
        .into_iter()
        .map(|candidate| (strsim::osa_distance(&wanted, &plain(candidate)), candidate))
        .filter(|&(distance, _)| distance <= allowed)
        .min_by_key(|&(distance, _)| distance)
        .map(|(_, candidate)| candidate)
}

/// `; did you mean 'x'?` for the nearest candidate, or nothing, to end a message with.
#[must_use]
pub fn did_you_mean<'c>(name: &str, candidates: impl IntoIterator<Item = &'c str>) -> String {
    closest(name, candidates).map_or_else(String::new, |candidate| format!("; did you mean '{candidate}'?"))
}

/// The longest name that is compared: longer ones are no slip of the pen.
const LONGEST: usize = 80;

fn plain(name: &str) -> String {
    name.chars().filter(|c| !matches!(c, '-' | '_' | ' ')).flat_map(char::to_lowercase).take(LONGEST).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_of_the_pen_are_forgiven() {
        let keys = ["markets", "product-kinds", "kind"];
        assert_eq!(closest("market", keys), Some("markets"));
        assert_eq!(closest("ProductKind", keys), Some("product-kinds"));
        assert_eq!(did_you_mean("knid", keys), "; did you mean 'kind'?");
    }

    #[test]
    fn another_word_is_not() {
        assert_eq!(closest("audience", ["markets", "kind"]), None);
        assert_eq!(closest("", ["markets"]), None);
    }
}
