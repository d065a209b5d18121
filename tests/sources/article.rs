//! Articles in every citing style, written from one plan, so that each break can be made in any of them.

use crate::works::{Format, WORKS, Work};

/// How markers are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// `rest [1].`
    Brackets,
    /// `rest[1].`
    Glued,
    /// `rest.[1]`
    BehindStop,
    /// `rest [[1]](#ref-1).`
    Linked,
    /// `rest (1).`
    Round,
    /// `rest.¹`
    Raised,
    /// `rest<sup>1</sup>.`
    Tag,
    /// `rest.[^1]`
    Footnote,
    /// `rest [1].` with `[1]: https://…`
    Definition,
    /// `rest (Okafor & Lindqvist, 2019).`
    AuthorYear,
    /// `rest [@okafor2019].`
    Pandoc,
    /// `rest {% cite okafor2019 %}.`
    Jekyll,
}

pub const STYLES: [Style; 12] = [
    Style::Brackets,
    Style::Glued,
    Style::BehindStop,
    Style::Linked,
    Style::Round,
    Style::Raised,
    Style::Tag,
    Style::Footnote,
    Style::Definition,
    Style::AuthorYear,
    Style::Pandoc,
    Style::Jekyll,
];

impl Style {
    /// Whether its markers hold numbers of a visible list.
    pub fn is_numeric(self) -> bool {
        matches!(
            self,
            Self::Brackets | Self::Glued | Self::BehindStop | Self::Linked | Self::Round | Self::Raised | Self::Tag
        )
    }

    /// Whether its sources stand in the article, to be read and checked.
    pub fn has_entries(self) -> bool {
        !matches!(self, Self::Definition | Self::Pandoc | Self::Jekyll)
    }
}

/// How the list is laid out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Layout {
    /// `[1] Okafor …` in paragraphs.
    Paragraphs,
    /// `[1] Okafor …` on consecutive lines.
    Lines,
    /// `1. Okafor …`, a Markdown list.
    Ordered,
    /// `- Okafor …`, counted by the reader.
    Bullets,
    /// `- [1] Okafor …`.
    LabelledBullets,
    /// `(1) Okafor …`.
    Round,
    /// `¹ Okafor …`.
    Raised,
}

/// One sentence and what it cites, as places in the list from 0.
#[derive(Clone, Debug)]
pub struct Sentence {
    pub text: &'static str,
    pub cites: Vec<usize>,
    /// Written in place of the marker.
    pub instead: Option<String>,
}

/// One entry: its number and text.
#[derive(Clone, Debug)]
pub struct Listed {
    pub number: usize,
    pub text: String,
    pub work: Work,
}

/// The plan of an article.
#[derive(Clone, Debug)]
pub struct Article {
    pub style: Style,
    pub layout: Layout,
    pub heading: &'static str,
    pub sentences: Vec<Sentence>,
    pub list: Vec<Listed>,
    /// Added at the end of the text.
    pub extra: String,
    pub crlf: bool,
}

const SENTENCES: [&str; 12] = [
    "Most people walk again within a week of a mild ankle sprain",
    "Night work goes with poorer sleep in several groups of hospital staff",
    "Warmth eased stiffness for some hours in one group of office workers",
    "Grip weakened faster in people who lived alone",
    "Stretching before a shift made no difference that could be measured",
    "About half of those who began a class were still coming after a year",
    "Stairs load the joint several times more than level ground",
    "Swelling went down at the same pace with and without cold packs",
    "Pain in the hands made everyday tasks slower for many",
    "Walking speed followed the same course in both groups",
    "The first month was the hardest in each of the reports",
    "Those who slept longer also moved more on the next day",
];

impl Article {
    /// A clean article.
    pub fn new(style: Style, layout: Layout, heading: &'static str, format: Format, count: usize, turn: usize) -> Self {
        let works: Vec<Work> = (0..count).map(|at| WORKS[(at + turn) % WORKS.len()]).collect();
        let list = works
            .iter()
            .enumerate()
            .map(|(at, work)| Listed { number: at + 1, text: work.entry(format), work: *work })
            .collect();
        let mut sentences: Vec<Sentence> = (0..count)
            .map(|at| Sentence { text: SENTENCES[(at + turn) % SENTENCES.len()], cites: vec![at], instead: None })
            .collect();
        // One sentence that cites several at once, one that cites the first again.
        if count >= 4 {
            sentences.push(Sentence { text: SENTENCES[(count + turn) % 12], cites: (0..3).collect(), instead: None });
        }
        sentences.push(Sentence { text: SENTENCES[(count + turn + 1) % 12], cites: vec![0], instead: None });
        Self { style, layout, heading, sentences, list, extra: String::new(), crlf: false }
    }

    /// The marker of some entries.
    pub fn marker(&self, cites: &[usize]) -> String {
        let number = |&at: &usize| self.list.get(at).map_or(at + 1, |listed| listed.number).to_string();
        let numbers: Vec<String> = cites.iter().map(number).collect();
        let run = cites.len() > 2 && cites.windows(2).all(|pair| pair[1] == pair[0] + 1);
        let group = if run { format!("{}–{}", numbers[0], numbers[numbers.len() - 1]) } else { numbers.join(",") };
        self.written(&group, cites)
    }

    /// A marker of a group of numbers, written in the article's style.
    pub fn written(&self, group: &str, cites: &[usize]) -> String {
        let keys = || cites.iter().map(|&at| self.key(at));
        match self.style {
            Style::Brackets | Style::Glued | Style::BehindStop => format!("[{group}]"),
            Style::Definition => cites.iter().map(|at| format!("[{}]", at + 1)).collect(),
            Style::Linked => cites.iter().map(|at| format!("[[{0}]](#ref-{0})", at + 1)).collect(),
            Style::Round => format!("({group})"),
            Style::Raised => raised(group),
            Style::Tag => format!("<sup>{group}</sup>"),
            Style::Footnote => cites.iter().map(|at| format!("[^{}]", at + 1)).collect(),
            Style::AuthorYear => {
                let one = |&at: &usize| format!("{}, {}", self.list[at].work.cited_as(), self.list[at].work.year);
                format!("({})", cites.iter().map(one).collect::<Vec<_>>().join("; "))
            }
            Style::Pandoc => format!("[{}]", keys().map(|key| format!("@{key}")).collect::<Vec<_>>().join("; ")),
            Style::Jekyll => format!("{{% cite {} %}}", keys().collect::<Vec<_>>().join(" ")),
        }
    }

    pub fn key(&self, at: usize) -> String {
        let work = &self.list[at % self.list.len()].work;
        let name: String = work.authors[0].0.chars().filter(char::is_ascii_alphabetic).collect();
        format!("{}{}", name.to_lowercase(), work.year)
    }

    /// A sentence with a marker where the style puts it.
    pub fn sentence(&self, text: &str, marker: &str) -> String {
        match self.style {
            _ if marker.is_empty() => format!("{text}."),
            Style::Glued | Style::Tag => format!("{text}{marker}."),
            Style::BehindStop | Style::Raised | Style::Footnote => format!("{text}.{marker}"),
            _ => format!("{text} {marker}."),
        }
    }

    /// The entry as it stands in the list.
    pub fn listed(&self, listed: &Listed) -> String {
        let Listed { number, text, .. } = listed;
        match (self.style, self.layout) {
            (Style::Footnote, _) => format!("[^{number}]: {text}"),
            (Style::Definition, _) => {
                format!("[{number}]: https://doi.org/{}", listed.work.doi.unwrap_or("10.1093/pm/pnw299"))
            }
            (Style::Linked, _) => format!("{number}. <a id=\"ref-{number}\"></a>{text}"),
            (_, Layout::Paragraphs | Layout::Lines) => format!("[{number}] {text}"),
            (_, Layout::Ordered) => format!("{number}. {text}"),
            (_, Layout::Bullets) => format!("- {text}"),
            (_, Layout::LabelledBullets) => format!("- [{number}] {text}"),
            (_, Layout::Round) => format!("({number}) {text}"),
            (_, Layout::Raised) => format!("{} {text}", raised(&number.to_string())),
        }
    }

    /// The Markdown.
    pub fn text(&self) -> String {
        let mut text = "# Getting moving again\n\n".to_owned();
        for (at, pair) in self.sentences.chunks(2).enumerate() {
            if at == 2 {
                text += "## What the groups had in common\n\n";
            }
            for sentence in pair {
                let marker = sentence.instead.clone().unwrap_or_else(|| {
                    if sentence.cites.is_empty() { String::new() } else { self.marker(&sentence.cites) }
                });
                text += &self.sentence(sentence.text, &marker);
                text += " ";
            }
            text = text.trim_end().to_owned() + "\n\n";
        }
        text += &self.extra;
        if !matches!(self.style, Style::Pandoc | Style::Jekyll) {
            if !self.heading.is_empty() {
                text += &format!("{}\n\n", self.heading);
            }
            let between = if matches!(self.layout, Layout::Paragraphs | Layout::Round | Layout::Raised)
                && self.style != Style::Definition
            {
                "\n\n"
            } else {
                "\n"
            };
            let lines: Vec<String> = self.list.iter().map(|listed| self.listed(listed)).collect();
            text += &lines.join(between);
            text += "\n";
        }
        if self.crlf { text.replace('\n', "\r\n") } else { text }
    }

    /// The bibliography that the keys lead to.
    pub fn bibliography(&self) -> String {
        let entry = |at: usize| {
            let work = self.list[at].work;
            format!("@article{{{},\n  title = {{{}}},\n  year = {}\n}}\n", self.key(at), work.title, work.year)
        };
        (0..self.list.len()).map(entry).collect()
    }
}

pub fn raised(group: &str) -> String {
    group
        .chars()
        .map(|c| match c {
            '0' => '⁰',
            '1' => '¹',
            '2' => '²',
            '3' => '³',
            '4'..='9' => char::from_u32('⁴' as u32 + (c as u32 - '4' as u32)).unwrap(),
            '–' => '⁻',
            c => c,
        })
        .collect()
}

/// Clean articles in every style: layouts, headings and formats turn through them.
pub fn clean() -> Vec<Article> {
    let headings = [
        "## References",
        "### Sources",
        "**References**",
        "## Works Cited",
        "References:",
        "## Published Clinical Citations",
        "## 7. Literature",
    ];
    let mut articles = Vec::new();
    let mut turn = 0;
    for style in STYLES {
        let layouts: &[Layout] = match style {
            Style::Round => &[Layout::Round, Layout::Ordered, Layout::Paragraphs],
            Style::Raised | Style::Tag => &[Layout::Ordered, Layout::Raised, Layout::Paragraphs],
            Style::Footnote | Style::Linked | Style::Definition | Style::Pandoc | Style::Jekyll => &[Layout::Lines],
            Style::AuthorYear => &[Layout::Bullets, Layout::Bullets],
            _ => &[Layout::Paragraphs, Layout::Lines, Layout::Ordered, Layout::Bullets, Layout::LabelledBullets],
        };
        for &layout in layouts {
            for format in crate::works::FORMATS {
                if style == Style::AuthorYear && !crate::works::AUTHOR_YEAR.contains(&format) {
                    continue;
                }
                turn += 1;
                let heading =
                    if style == Style::Footnote && turn % 2 == 0 { "" } else { headings[turn % headings.len()] };
                let mut article = Article::new(style, layout, heading, format, 3 + turn % 4, turn);
                article.crlf = turn % 5 == 0;
                articles.push(article);
            }
        }
    }
    articles
}
