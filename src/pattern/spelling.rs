//! British and American spellings of one word.

/// Roots that differ, British first. They may stand anywhere in a word.
const ROOTS: [(&str, &str); 51] = [
    ("aemi", "emi"),
    ("anaesth", "anesth"),
    ("ageing", "aging"),
    ("aluminium", "aluminum"),
    ("armour", "armor"),
    ("behaviour", "behavior"),
    ("caesar", "cesar"),
    ("caecum", "cecum"),
    ("calibre", "caliber"),
    ("catalogue", "catalog"),
    ("centre", "center"),
    ("coeliac", "celiac"),
    ("colour", "color"),
    ("counsell", "counsel"),
    ("defence", "defense"),
    ("diarrhoea", "diarrhea"),
    ("dialogue", "dialog"),
    ("dyspnoea", "dyspnea"),
    ("apnoea", "apnea"),
    ("endeavour", "endeavor"),
    ("faec", "fec"),
    ("favour", "favor"),
    ("fibre", "fiber"),
    ("flavour", "flavor"),
    ("foet", "fet"),
    ("gonorrhoea", "gonorrhea"),
    ("grey", "gray"),
    ("gynaec", "gynec"),
    ("haem", "hem"),
    ("harbour", "harbor"),
    ("honour", "honor"),
    ("humour", "humor"),
    ("labell", "label"),
    ("labour", "labor"),
    ("licence", "license"),
    ("litre", "liter"),
    ("metre", "meter"),
    ("modell", "model"),
    ("neighbour", "neighbor"),
    ("odour", "odor"),
    ("oedem", "edem"),
    ("oesoph", "esoph"),
    ("oestr", "estr"),
    ("paed", "ped"),
    ("pretence", "pretense"),
    ("programme", "program"),
    ("rigour", "rigor"),
    ("sulph", "sulf"),
    ("travell", "travel"),
    ("tumour", "tumor"),
    ("vapour", "vapor"),
];

/// Endings that differ, British first: `-ise`, `-yse` and their forms.
const ENDINGS: [(&str, &str); 12] = [
    ("isations", "izations"),
    ("isation", "ization"),
    ("ising", "izing"),
    ("ised", "ized"),
    ("iser", "izer"),
    ("isers", "izers"),
    ("ises", "izes"),
    ("ise", "ize"),
    ("yse", "yze"),
    ("ysed", "yzed"),
    ("yses", "yzes"),
    ("ysing", "yzing"),
];

/// The shortest stem before an ending: `wise` and `size` are no verbs in `-ise`.
const SHORTEST_STEM: usize = 3;

/// The other spelling of a word in normal form, if it has one.
pub(super) fn variant(word: &str) -> Option<String> {
    let bytes = word.as_bytes();
    if bytes.len() < 4 || !word.is_ascii() {
        return None;
    }
    let seen = Seen::in_word(bytes);
    if seen.ending {
        for (british, american) in ENDINGS {
            for (from, to) in [(british, american), (american, british)] {
                if let Some(stem) = word.strip_suffix(from)
                    && stem.len() >= SHORTEST_STEM
                {
                    return Some(format!("{stem}{to}"));
                }
            }
        }
    }
    if seen.british
        && let Some((british, american)) = ROOTS.iter().find(|(british, _)| word.contains(british))
    {
        return Some(word.replacen(british, american, 1));
    }
    // An American root is a part of many other words: it counts only where the word
    // begins, and `emi` only where it ends a word for a condition of the blood.
    if seen.blood
        && let Some(stem) = ["emia", "emias", "emic"].iter().find_map(|ending| word.strip_suffix(ending))
    {
        return Some(format!("{stem}a{}", &word[stem.len()..]));
    }
    let lead = &bytes[..2];
    let (british, american) =
        ROOTS[1..].iter().find(|(_, american)| american.as_bytes()[..2] == *lead && word.starts_with(american))?;
    Some(format!("{british}{}", &word[american.len()..]))
}

/// What one look at a word rules out: most words have no other spelling.
#[derive(Default)]
struct Seen {
    /// An ending in `-ise` or the like may stand there.
    ending: bool,
    /// A British root may.
    british: bool,
    /// `emi` may.
    blood: bool,
}

impl Seen {
    fn in_word(word: &[u8]) -> Self {
        let mut seen = Self::default();
        for pair in word.windows(2) {
            match pair {
                b"is" | b"iz" | b"ys" | b"yz" => seen.ending = true,
                b"ae" | b"oe" | b"ou" | b"re" | b"gu" | b"ph" | b"ll" | b"nc" | b"mm" | b"iu" | b"ei" => {
                    seen.british = true;
                }
                b"em" => seen.blood = true,
                _ => {}
            }
        }
        seen
    }
}

#[cfg(test)]
mod tests {
    use super::variant;

    #[test]
    fn both_ways() {
        for (british, american) in [
            ("optimise", "optimize"),
            ("randomised", "randomized"),
            ("analyse", "analyze"),
            ("tumours", "tumors"),
            ("anaemia", "anemia"),
            ("leukaemia", "leukemia"),
            ("oestrogen", "estrogen"),
            ("haemoglobin", "hemoglobin"),
            ("paediatric", "pediatric"),
            ("centre", "center"),
        ] {
            assert_eq!(variant(british).as_deref(), Some(american));
            assert_eq!(variant(american).as_deref(), Some(british));
        }
    }

    #[test]
    fn other_words_have_none() {
        for word in ["wise", "size", "four", "knee", "doctor", "for"] {
            assert_eq!(variant(word), None, "{word}");
        }
    }
}
