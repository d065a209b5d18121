//! The grammar of English clauses, as far as a claim needs it: closed classes of
//! words, verb groups, voices, and where a clause begins and ends.
//!
//! Nothing here knows a rule's words. Only words that English does not add to
//! (auxiliaries, pronouns, conjunctions, prepositions) are listed in code.

use std::ops::Range;

use crate::document::{Block, TokenKind};

/// The voice and form in which an effect is said.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Voice {
    /// `PRP heals tendons`, `PRP can heal tendons`.
    Active,
    /// `pain is relieved by PRP`.
    Passive,
    /// `to reduce pain`.
    Purpose,
    /// `reducing pain`.
    Participle,
    /// `Reduces pain` at the start of a sentence, heading or list item: who is unsaid.
    Bare,
    /// `Reduce pain` at the start: an order to the reader, or a promise.
    Imperative,
    /// `relief from pain`, `effective for pain`.
    Nominal,
}

impl Voice {
    /// The voice's name in evidence.
    pub fn name(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::Passive => "passive",
            Self::Purpose => "purpose",
            Self::Participle => "participle",
            Self::Bare => "bare",
            Self::Imperative => "imperative",
            Self::Nominal => "nominal",
        }
    }
}

/// Forms of *be*.
const BE: &[&str] = &["am", "are", "be", "been", "being", "is", "was", "were", "isnt", "arent", "wasnt", "werent"];

/// Words that stand between a subject and its main verb.
const AUXILIARY: &[&str] = &[
    "am",
    "are",
    "be",
    "been",
    "being",
    "is",
    "was",
    "were",
    "do",
    "does",
    "did",
    "has",
    "have",
    "had",
    "having",
    "can",
    "could",
    "may",
    "might",
    "will",
    "would",
    "shall",
    "should",
    "must",
    "cannot",
    "cant",
    "wont",
    "dont",
    "doesnt",
    "didnt",
    "not",
    "never",
    "to",
    "able",
    "help",
    "helps",
    "helped",
    "helping",
    "aim",
    "aims",
    "aimed",
    "work",
    "works",
    "working",
    "worked",
    "designed",
    "shown",
    "proven",
    "proved",
    "known",
    "believed",
    "thought",
    "said",
    "found",
    "used",
    "intended",
    "meant",
    "formulated",
    "made",
    "tend",
    "tends",
    "appear",
    "appears",
    "seem",
    "seems",
    "seek",
    "seeks",
    "try",
    "tries",
    "trying",
    "start",
    "starts",
    "begin",
    "begins",
    "go",
    "goes",
    "going",
    "also",
    "often",
    "even",
    "further",
    "then",
    "thus",
    "both",
    "just",
    "only",
    "still",
    "already",
    "always",
    "sometimes",
    "usually",
    "typically",
    "potentially",
    "possibly",
    "perhaps",
    "isnt",
    "arent",
    "wasnt",
    "werent",
    "serve",
    "serves",
    "enough",
    "ability",
    "promise",
    "promises",
    "promised",
    "claim",
    "claims",
    "claimed",
];

/// Words that open a clause with a subject of its own.
const SUBORDINATOR: &[&str] = &[
    "after", "although", "as", "because", "before", "if", "once", "since", "so", "that", "though", "unless", "until",
    "when", "whenever", "where", "whereas", "whether", "which", "while", "who", "whose", "why", "how", "what", "but",
    "however", "yet", "meaning",
];

/// Words that end an object.
const OBJECT_END: &[&str] = &[
    "after", "although", "as", "because", "before", "but", "by", "during", "however", "if", "once", "since", "so",
    "that", "than", "though", "through", "thus", "unless", "until", "upon", "via", "when", "which", "while", "who",
    "whereas", "with", "within", "without", "which", "is", "are", "was", "were", "can", "may", "might", "will",
];

/// Pronouns and determiners that carry the subject of an earlier sentence.
pub(super) const CARRIER: &[&str] =
    &["it", "its", "they", "their", "this", "these", "those", "that", "both", "each", "all"];

/// Words that speak for the publisher.
pub(super) const OWN: &[&str] = &["our", "we", "us", "ours"];

/// Words that speak to the reader.
pub(super) const READER: &[&str] = &["you", "your", "yours", "yourself"];

/// Words that speak for one person.
pub(super) const FIRST_PERSON: &[&str] = &["i", "my", "me", "mine", "ive", "im"];

/// Words that deny.
pub(super) const NEGATION: &[&str] = &[
    "not", "no", "never", "neither", "nor", "without", "cannot", "cant", "dont", "doesnt", "didnt", "isnt", "arent",
    "wasnt", "werent", "wont", "wouldnt", "hardly", "barely", "fails", "failed", "fail", "lack", "lacks", "none",
];

/// One sentence as the engine reads it.
pub(super) struct Clauses<'a> {
    block: &'a Block,
    /// Tokens of the sentence, as indices into the block's.
    pub tokens: Range<usize>,
    /// For each token of the sentence, its text in lower case without apostrophes.
    words: Vec<String>,
}

impl<'a> Clauses<'a> {
    /// Reads one sentence of a block.
    pub fn new(block: &'a Block, sentence: usize) -> Self {
        let tokens = block.sentences[sentence].tokens.clone();
        let words = tokens.clone().map(|token| plain(block.token_text(token))).collect();
        Self { block, tokens, words }
    }

    /// The word at a token of the block, in lower case without apostrophes; empty outside the sentence.
    pub fn word(&self, token: usize) -> &str {
        token.checked_sub(self.tokens.start).and_then(|at| self.words.get(at)).map_or("", String::as_str)
    }

    /// All words of the sentence.
    pub fn words(&self) -> impl Iterator<Item = &str> {
        self.words.iter().map(String::as_str)
    }

    /// Whether the token is a word or a number.
    pub fn is_word(&self, token: usize) -> bool {
        self.block.tokens[token].kind != TokenKind::Punctuation
    }

    /// Whether one of the words of a class stands in the range.
    pub fn any(&self, range: Range<usize>, class: &[&str]) -> bool {
        range.into_iter().any(|token| class.contains(&self.word(token)))
    }

    /// The start of the verb group that ends before `verb`: auxiliaries, adverbs and
    /// verbs of aim (`can help to`, `has been shown to`) belong to it.
    pub fn verb_group(&self, verb: usize) -> usize {
        let mut start = verb;
        while start > self.tokens.start {
            let word = self.word(start - 1);
            let belongs = AUXILIARY.contains(&word) || (word.len() > 4 && word.ends_with("ly"));
            if !belongs {
                break;
            }
            start -= 1;
        }
        start
    }

    /// Where the clause around `token` begins: after a semicolon, colon, dash or
    /// bracket, or at a word that opens a clause.
    pub fn clause_start(&self, token: usize) -> usize {
        let mut start = token;
        while start > self.tokens.start {
            let word = self.word(start - 1);
            if matches!(word, ";" | ":" | "—" | "–" | "(" | "•" | "✓" | "|") || SUBORDINATOR.contains(&word) {
                break;
            }
            start -= 1;
        }
        start
    }

    /// Where the object that starts at `from` must have ended, at most `reach` words on.
    pub fn object_end(&self, from: usize, reach: usize) -> usize {
        let mut words = 0;
        let mut end = from;
        while end < self.tokens.end && words < reach {
            let word = self.word(end);
            if matches!(word, ";" | ":" | "—" | "–" | "?" | "!" | "•" | "|")
                || (end > from && OBJECT_END.contains(&word))
            {
                break;
            }
            if self.is_word(end) {
                words += 1;
            }
            end += 1;
        }
        end
    }

    /// The voice of the verb at `verb` whose group starts at `group`.
    pub fn voice(&self, verb: Range<usize>, group: usize) -> Voice {
        let word = self.word(verb.start);
        let before = group..verb.start;
        let at_start = self.opens(group);
        if word.ends_with("ing") && !self.any(before.clone(), BE) {
            return Voice::Participle;
        }
        if is_participle(word) && self.any(before.clone(), BE) && !self.any(before.clone(), &["to"]) {
            return Voice::Passive;
        }
        if is_participle(word)
            && before.clone().next_back().is_some_and(|last| matches!(self.word(last), "be" | "been" | "being"))
        {
            return Voice::Passive;
        }
        if before.clone().next_back().is_some_and(|last| self.word(last) == "to") {
            return Voice::Purpose;
        }
        if at_start && before.is_empty() {
            return if word.ends_with('s') && !word.ends_with("ss") { Voice::Bare } else { Voice::Imperative };
        }
        if at_start { Voice::Bare } else { Voice::Active }
    }

    /// Whether nothing but marks stands before `token` in its sentence, or since a colon, dash or bullet.
    pub fn opens(&self, token: usize) -> bool {
        token == self.tokens.start
            || (!self.is_word(token - 1) && !matches!(self.word(token - 1), "," | ")" | "%" | "\"" | "/" | "+"))
    }
}

/// A word in lower case without apostrophes.
pub(super) fn plain(text: &str) -> String {
    text.chars().filter(|c| !matches!(c, '\'' | '’' | 'ʼ')).flat_map(char::to_lowercase).collect()
}

/// Whether a word has the form of a past participle.
fn is_participle(word: &str) -> bool {
    word.ends_with("ed")
        || word.ends_with("en")
        || matches!(
            word,
            "rid"
                | "cut"
                | "sped"
                | "rebuilt"
                | "built"
                | "kept"
                | "held"
                | "fought"
                | "shed"
                | "undone"
                | "brought"
                | "felt"
                | "seen"
                | "made"
        )
}
