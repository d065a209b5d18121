//! Inflected forms of English words: regular ones by rule, irregular ones from `data/en/`.
