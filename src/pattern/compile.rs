//! From parsed patterns to a [`Program`].

use rustc_hash::FxHashMap;

use super::program::{
    ANY, AT_END, Accept, Accepted, CLOSE, CROSSED, Edge, ExactWord, FIRST_FREE, Form, INTERVENTION, JOIN, List, NUMBER,
    OPEN, PERCENT, Program, RootEdge, State, StateId, Symbol, WordClass,
};
use super::syntax::{ExactToken, Node};
use super::{inflection, normal, spelling};

/// Beyond so many loose ends, they are joined into one state.
const MAX_LOOSE: usize = 3;

/// Words that numbers and percentages are made of.
const CLASSES: [(WordClass, &str); 8] = [
    (
        WordClass::Number,
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen \
         seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred hundreds thousand \
         thousands million millions billion billions dozen dozens",
    ),
    (WordClass::Percent, "% percent pct"),
    (WordClass::Per, "per"),
    (WordClass::Cent, "cent"),
    (WordClass::Percentage, "percentage"),
    (WordClass::Point, "point points"),
    (WordClass::Range, "to and or"),
    (WordClass::Range, "– — ‒"),
];

/// Finds a list by its full name.
type Find<'a> = &'a dyn Fn(&str) -> Option<u32>;

/// An end of the graph under construction, and what must hold at the next edge.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Loose {
    state: StateId,
    flags: u8,
}

#[derive(Debug, Default)]
struct Draft {
    edges: Vec<Edge>,
    accepts: Vec<Accept>,
    /// Whether one way alone leads here, so that patterns which begin alike can share it.
    tree: bool,
}

/// Builds the graph as patterns come in.
#[derive(Debug)]
pub(super) struct Compiler {
    drafts: Vec<Draft>,
    /// For each level, its root and its root for the start of a sentence.
    roots: Vec<(StateId, StateId)>,
    shared: FxHashMap<(StateId, Symbol, u8), StateId>,
    vocabulary: FxHashMap<Box<str>, u32>,
    form_symbols: Vec<(u32, Symbol)>,
    words: FxHashMap<Box<str>, Symbol>,
    inflected: FxHashMap<Box<str>, Symbol>,
    exact: FxHashMap<ExactWord, Symbol>,
    symbols: Symbol,
    lists: Vec<List>,
    patterns: u32,
    intervention: bool,
}

impl Default for Compiler {
    fn default() -> Self {
        Self {
            drafts: Vec::new(),
            roots: Vec::new(),
            shared: FxHashMap::default(),
            vocabulary: FxHashMap::default(),
            form_symbols: Vec::new(),
            words: FxHashMap::default(),
            inflected: FxHashMap::default(),
            exact: FxHashMap::default(),
            symbols: FIRST_FREE,
            lists: Vec::new(),
            patterns: 0,
            intervention: false,
        }
    }
}

impl Compiler {
    /// Adds a list and returns its index.
    pub(super) fn list<'n>(&mut self, entries: impl Iterator<Item = &'n Node>, find: Find<'_>) -> u32 {
        let index = self.lists.len() as u32;
        let symbol = self.symbol();
        self.lists.push(List { symbol, level: 0, reported: None });
        for entry in entries {
            let level = self.level(entry, find);
            let known = &mut self.lists[index as usize].level;
            *known = level.max(*known);
            self.compile(entry, level, Accepted::List(index), find);
        }
        index
    }

    /// Adds a pattern and returns its index.
    pub(super) fn pattern(&mut self, node: &Node, find: Find<'_>) -> u32 {
        let index = self.patterns;
        self.patterns += 1;
        let level = self.level(node, find);
        self.compile(node, level, Accepted::Pattern(index), find);
        index
    }

    /// The pattern that reports the matches of a list.
    pub(super) fn report(&mut self, list: u32) -> u32 {
        let next = self.patterns;
        let reported = *self.lists[list as usize].reported.get_or_insert(next);
        if reported == next {
            self.patterns += 1;
        }
        reported
    }

    fn symbol(&mut self) -> Symbol {
        self.symbols += 1;
        self.symbols - 1
    }

    /// One more than the highest level of the lists used.
    fn level(&self, node: &Node, find: Find<'_>) -> u8 {
        match node {
            Node::Sequence(nodes) | Node::Either(nodes) => {
                nodes.iter().map(|node| self.level(node, find)).max().unwrap_or(0)
            }
            Node::Optional(node) => self.level(node, find),
            Node::List(name) => find(name).map_or(0, |list| self.lists[list as usize].level.saturating_add(1)),
            _ => 0,
        }
    }

    fn compile(&mut self, node: &Node, level: u8, what: Accepted, find: Find<'_>) {
        let root = self.root(level).0;
        let mut ends = self.walk(node, vec![Loose { state: root, flags: 0 }], level, find);
        ends.dedup();
        for end in ends {
            let accept = Accept { what, flags: end.flags };
            let accepts = &mut self.drafts[end.state as usize].accepts;
            if !accepts.contains(&accept) {
                accepts.push(accept);
            }
        }
    }

    fn root(&mut self, level: u8) -> (StateId, StateId) {
        while self.roots.len() <= usize::from(level) {
            let root = self.state(true);
            let anchor = self.state(true);
            self.roots.push((root, anchor));
        }
        self.roots[usize::from(level)]
    }

    fn state(&mut self, tree: bool) -> StateId {
        self.drafts.push(Draft { tree, ..Draft::default() });
        self.drafts.len() as StateId - 1
    }

    /// Appends a node to every loose end; the loose ends after it.
    fn walk(&mut self, node: &Node, from: Vec<Loose>, level: u8, find: Find<'_>) -> Vec<Loose> {
        match node {
            Node::Sequence(nodes) => nodes.iter().fold(from, |from, node| self.walk(node, from, level, find)),
            Node::Either(nodes) => {
                let mut ends = Vec::new();
                let from = self.narrow(from);
                for node in nodes {
                    for end in self.walk(node, from.clone(), level, find) {
                        if !ends.contains(&end) {
                            ends.push(end);
                        }
                    }
                }
                ends
            }
            Node::Optional(node) => {
                let mut ends = self.walk(node, from.clone(), level, find);
                for end in from {
                    if !ends.contains(&end) {
                        ends.push(end);
                    }
                }
                ends
            }
            Node::Word(word) => {
                let symbol = self.word(word);
                self.step(from, symbol)
            }
            Node::Inflected(word) => {
                let symbol = self.inflected(word);
                self.step(from, symbol)
            }
            Node::Exact(tokens) => self.exact(tokens, from),
            Node::Mark(c) => {
                let mut buffer = [0; 4];
                let symbol = self.word(c.encode_utf8(&mut buffer));
                self.step(from, symbol)
            }
            Node::List(name) => match find(name) {
                Some(list) => {
                    let symbol = self.lists[list as usize].symbol;
                    self.step(from, symbol)
                }
                None => Vec::new(),
            },
            Node::Intervention => {
                self.intervention = true;
                self.step(from, INTERVENTION)
            }
            Node::Number => self.step(from, NUMBER),
            Node::Percent => self.step(from, PERCENT),
            Node::Gap(words) => self.gap(from, *words),
            Node::Start => {
                let (root, anchor) = self.root(level);
                from.into_iter()
                    .filter(|end| end.state == root || end.state == anchor)
                    .map(|end| Loose { state: anchor, ..end })
                    .collect()
            }
            Node::End => flagged(from, AT_END),
            Node::Open => flagged(from, OPEN),
            Node::Close => flagged(from, CLOSE),
        }
    }

    /// Appends one edge to every loose end; all lead to one state.
    fn step(&mut self, from: Vec<Loose>, symbol: Symbol) -> Vec<Loose> {
        let from = self.narrow(from);
        if from.is_empty() {
            return from;
        }
        if let [Loose { state, flags }] = from[..]
            && self.drafts[state as usize].tree
        {
            if let Some(&target) = self.shared.get(&(state, symbol, flags)) {
                return vec![Loose { state: target, flags: 0 }];
            }
            let target = self.state(true);
            self.shared.insert((state, symbol, flags), target);
            self.drafts[state as usize].edges.push(Edge { symbol, target, flags });
            return vec![Loose { state: target, flags: 0 }];
        }
        let target = self.state(false);
        self.link(&from, symbol, target);
        vec![Loose { state: target, flags: 0 }]
    }

    fn link(&mut self, from: &[Loose], symbol: Symbol, target: StateId) {
        for &Loose { state, flags } in from {
            self.drafts[state as usize].edges.push(Edge { symbol, target, flags });
        }
    }

    /// Joins many loose ends into one. Roots are never joined: they have an index instead.
    fn narrow(&mut self, from: Vec<Loose>) -> Vec<Loose> {
        let is_root = |state| self.roots.iter().any(|&(root, anchor)| root == state || anchor == state);
        if from.len() <= MAX_LOOSE || from.iter().any(|end| is_root(end.state)) {
            return from;
        }
        let target = self.state(false);
        self.link(&from, JOIN, target);
        vec![Loose { state: target, flags: 0 }]
    }

    /// Up to so many words, with the marks between them that a gap may cross.
    fn gap(&mut self, from: Vec<Loose>, words: u8) -> Vec<Loose> {
        let mut ends = from.clone();
        let mut last = from;
        for count in 0..=words {
            let state = self.state(false);
            if count == 0 {
                self.link(&last, CROSSED, state);
                last.push(Loose { state, flags: 0 });
            } else {
                self.link(&last, ANY, state);
                last = vec![Loose { state, flags: 0 }];
            }
            self.drafts[state as usize].edges.push(Edge { symbol: CROSSED, target: state, flags: 0 });
            ends.push(Loose { state, flags: 0 });
        }
        ends
    }

    fn exact(&mut self, tokens: &[ExactToken], mut from: Vec<Loose>) -> Vec<Loose> {
        for (at, token) in tokens.iter().enumerate() {
            let word = ExactWord { text: token.text.clone(), glue: (at > 0).then(|| token.glue.clone()) };
            let symbol = match self.exact.get(&word) {
                Some(&symbol) => symbol,
                None => {
                    let symbol = self.symbol();
                    let form = self.form(&normal::normal(&token.text));
                    self.form_symbols.push((form, symbol));
                    self.exact.insert(word, symbol);
                    symbol
                }
            };
            from = self.step(from, symbol);
        }
        from
    }

    /// The form of a word in normal form.
    fn form(&mut self, word: &str) -> u32 {
        if let Some(&form) = self.vocabulary.get(word) {
            return form;
        }
        let form = self.vocabulary.len() as u32;
        self.vocabulary.insert(word.into(), form);
        form
    }

    fn word(&mut self, word: &str) -> Symbol {
        if let Some(&symbol) = self.words.get(word) {
            return symbol;
        }
        let symbol = self.symbol();
        self.words.insert(word.into(), symbol);
        let form = self.form(word);
        self.form_symbols.push((form, symbol));
        if let Some(variant) = spelling::variant(word) {
            let form = self.form(&variant);
            self.form_symbols.push((form, symbol));
        }
        symbol
    }

    fn inflected(&mut self, word: &str) -> Symbol {
        if let Some(&symbol) = self.inflected.get(word) {
            return symbol;
        }
        let symbol = self.symbol();
        self.inflected.insert(word.into(), symbol);
        let mut forms = inflection::forms(word);
        if let Some(variant) = spelling::variant(word) {
            forms.extend(inflection::forms(&variant));
        }
        for word in forms {
            let form = self.form(&word);
            self.form_symbols.push((form, symbol));
        }
        symbol
    }

    /// The program, and the forms of all its words.
    pub(super) fn finish(mut self) -> (Program, FxHashMap<Box<str>, u32>) {
        let mut classes = Vec::new();
        for (class, words) in CLASSES {
            for word in words.split_ascii_whitespace() {
                classes.push((self.form(word), class));
            }
        }
        let mut program = Program {
            levels: self.roots.len() as u8,
            anchors: self.roots.iter().map(|&(_, anchor)| anchor).collect(),
            patterns: self.patterns,
            intervention: self.intervention,
            exact: vec![None; self.symbols as usize],
            ..Program::default()
        };
        for list in &self.lists {
            program.lists.push(list.clone());
        }
        // A map's order does not show: each word has its own place.
        #[expect(clippy::iter_over_hash_type, reason = "each entry goes to its own place")]
        for (word, symbol) in std::mem::take(&mut self.exact) {
            program.exact[symbol as usize] = Some(word);
        }
        self.pack_forms(&mut program, &classes);
        self.pack_states(&mut program);
        (program, self.vocabulary)
    }

    fn pack_forms(&mut self, program: &mut Program, classes: &[(u32, WordClass)]) {
        self.form_symbols.sort_unstable();
        self.form_symbols.dedup();
        program.forms = vec![Form::default(); self.vocabulary.len()];
        program.form_symbols = self.form_symbols.iter().map(|&(_, symbol)| symbol).collect();
        for (at, &(form, _)) in self.form_symbols.iter().enumerate() {
            let range = &mut program.forms[form as usize].symbols;
            if range.1 == 0 {
                range.0 = at as u32;
            }
            range.1 = at as u32 + 1;
        }
        for &(form, class) in classes {
            program.forms[form as usize].class = class;
        }
    }

    fn pack_states(&self, program: &mut Program) {
        let is_list = {
            let mut is_list = vec![false; self.symbols as usize];
            is_list[INTERVENTION as usize] = true;
            for list in &self.lists {
                is_list[list.symbol as usize] = true;
            }
            is_list
        };
        program.states.reserve(self.drafts.len());
        for draft in &self.drafts {
            let edges_from = program.edges.len();
            program.edges.extend_from_slice(&draft.edges);
            program.edges[edges_from..].sort_unstable();
            let accepts_from = program.accepts.len();
            program.accepts.extend_from_slice(&draft.accepts);
            program.states.push(State {
                edges: (edges_from as u32, program.edges.len() as u32),
                accepts: (accepts_from as u32, program.accepts.len() as u32),
                special: draft.edges.iter().any(|edge| edge.symbol < FIRST_FREE && edge.symbol != INTERVENTION),
                list: draft.edges.iter().any(|edge| is_list[edge.symbol as usize]),
            });
        }
        let mut root_edges: Vec<(Symbol, u8, u8, StateId)> = Vec::new();
        for (level, &(root, _)) in self.roots.iter().enumerate() {
            for edge in &self.drafts[root as usize].edges {
                root_edges.push((edge.symbol, level as u8, edge.flags, edge.target));
            }
        }
        root_edges.sort_unstable();
        program.root_ranges = vec![(0, 0); self.symbols as usize];
        for (at, &(symbol, level, flags, target)) in root_edges.iter().enumerate() {
            let range = &mut program.root_ranges[symbol as usize];
            if range.1 == 0 {
                range.0 = at as u32;
            }
            range.1 = at as u32 + 1;
            program.root_edges.push(RootEdge { level, flags, target });
        }
    }
}

/// The loose ends with one more thing to hold at the next edge.
fn flagged(mut from: Vec<Loose>, flag: u8) -> Vec<Loose> {
    for end in &mut from {
        end.flags |= flag;
    }
    from
}
