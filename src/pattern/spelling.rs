//! British and American spellings of one word.

/// Roots that differ, British first. They may stand anywhere in a word.
const ROOTS: [(&str, &str); 50] = [
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
    ("programme", "program"),
    ("rigour", "rigor"),
    ("sulph", "sulf"),
    ("travell", "travel"),
    ("tumour", "tumor"),
    ("vapour", "vapor"),
];

/// Endings that differ, British first: `-ise`, `-yse` and their forms.
const ENDINGS: [(&str, &str); 13] = [
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
    ("pretence", "pretense"),
];

/// The shortest stem before an ending: `wise` and `size` are no verbs in `-ise`.
const SHORTEST_STEM: usize = 3;

/// The other spelling of a word in normal form, if it has one.
pub(super) fn variant(word: &str) -> Option<String> {
    if word.len() < 4 || !word.is_ascii() {
        return None;
    }
    for (british, american) in ENDINGS {
        for (from, to) in [(british, american), (american, british)] {
            if let Some(stem) = word.strip_suffix(from)
                && stem.len() >= SHORTEST_STEM
            {
                return Some(format!("{stem}{to}"));
            }
        }
    }
    if may_be_british(word.as_bytes())
        && let Some((british, american)) = ROOTS.iter().find(|(british, _)| word.contains(british))
    {
        return Some(word.replacen(british, american, 1));
    }
    // An American root is a part of many other words: it counts only where the word
    // begins, and `emi` only where it ends a word for a condition of the blood.
    if let Some(stem) = ["emia", "emias", "emic"].iter().find_map(|ending| word.strip_suffix(ending)) {
        return Some(format!("{stem}a{}", &word[stem.len()..]));
    }
    let (british, american) = ROOTS[1..].iter().find(|(_, american)| word.starts_with(american))?;
    Some(format!("{british}{}", &word[american.len()..]))
}

/// Whether one of the British roots may stand in the word: most words are ruled out by one look.
fn may_be_british(word: &[u8]) -> bool {
    word.windows(2).any(|pair| {
        matches!(pair, b"ae" | b"oe" | b"ou" | b"re" | b"gu" | b"ph" | b"ll" | b"nc" | b"mm" | b"iu" | b"ei")
    })
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
