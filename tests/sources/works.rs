//! Works to cite, made up, with identifiers that fit their journals, and the ways publishers write them.

/// A made-up work.
#[derive(Clone, Copy, Debug)]
pub struct Work {
    /// Family names and initials.
    pub authors: &'static [(&'static str, &'static str)],
    pub year: u16,
    pub title: &'static str,
    /// Abbreviated and full.
    pub journal: (&'static str, &'static str),
    pub volume: u16,
    pub issue: u16,
    pub pages: (&'static str, &'static str),
    pub doi: Option<&'static str>,
    pub pmid: Option<&'static str>,
}

pub const WORKS: [Work; 9] = [
    Work {
        authors: &[("Okafor", "NA"), ("Lindqvist", "P")],
        year: 2019,
        title: "Early walking after ankle sprain: a cohort of club runners",
        journal: ("Front Physiol", "Frontiers in Physiology"),
        volume: 10,
        issue: 1,
        pages: ("1102", "1110"),
        doi: Some("10.3389/fphys.2019.01102"),
        pmid: Some("31620012"),
    },
    Work {
        authors: &[("Marsh", "T"), ("García-Núñez", "ML"), ("O'Neill", "S"), ("Tanaka", "H")],
        year: 2021,
        title: "Sleep and recovery in night-shift nurses",
        journal: ("Nutrients", "Nutrients"),
        volume: 13,
        issue: 4,
        pages: ("1204", "1215"),
        doi: Some("10.3390/nu13041204"),
        pmid: None,
    },
    Work {
        authors: &[("van der Berg", "J"), ("Çelik", "A")],
        year: 2017,
        title: "Does heat ease neck stiffness? A randomised trial",
        journal: ("Pain Med", "Pain Medicine"),
        volume: 18,
        issue: 7,
        pages: ("1301", "1309"),
        doi: Some("10.1093/pm/pnw288"),
        pmid: Some("28034982"),
    },
    Work {
        authors: &[("Adeyemi", "OO"), ("Strand", "K"), ("Li", "X")],
        year: 2022,
        title: "Grip strength and frailty in rural clinics",
        journal: ("Age Ageing", "Age and Ageing"),
        volume: 51,
        issue: 2,
        pages: ("40", "49"),
        doi: Some("10.1093/ageing/afac040"),
        pmid: Some("35231096"),
    },
    Work {
        authors: &[("Petrov", "DV"), ("Haddad", "R")],
        year: 2015,
        title: "Stretching before work: effects on back strain",
        journal: ("BMJ Open", "BMJ Open"),
        volume: 5,
        issue: 9,
        pages: ("e008801", "e008809"),
        doi: Some("10.1136/bmjopen-2015-008801"),
        pmid: Some("26351190"),
    },
    Work {
        authors: &[("Nguyen", "TH"), ("Brandt", "E"), ("Silva", "C"), ("Moreau", "F"), ("Kim", "SJ")],
        year: 2023,
        title: "Balance training in older adults: who stays with it",
        journal: ("J Clin Med", "Journal of Clinical Medicine"),
        volume: 12,
        issue: 8,
        pages: ("2801", "2812"),
        doi: Some("10.3390/jcm12082801"),
        pmid: Some("37109138"),
    },
    Work {
        authors: &[("Quist", "B")],
        year: 2012,
        title: "Loads on the knee in daily stair climbing",
        journal: ("Knee", "The Knee"),
        volume: 19,
        issue: 3,
        pages: ("210", "216"),
        doi: Some("10.1016/j.knee.2011.11.006"),
        pmid: None,
    },
    Work {
        authors: &[("Ferreira", "LM"), ("Olsen", "I")],
        year: 2020,
        title: "Cold packs and swelling after day surgery",
        journal: ("Drug Des Devel Ther", "Drug Design, Development and Therapy"),
        volume: 14,
        issue: 1,
        pages: ("501", "510"),
        doi: Some("10.2147/DDDT.S225901"),
        pmid: None,
    },
    Work {
        authors: &[("Sato", "Y"), ("Ivanova", "E"), ("Müller", "K")],
        year: 2018,
        title: "Quality of life with chronic hand pain",
        journal: ("Rheumatol Int", "Rheumatology International"),
        volume: 38,
        issue: 11,
        pages: ("2031", "2040"),
        doi: None,
        pmid: Some("30014215"),
    },
];

/// How a publisher writes an entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    Vancouver,
    Ama,
    Apa,
    Harvard,
    Ieee,
    Nature,
    Chicago,
    Mla,
    Mdpi,
}

pub const FORMATS: [Format; 9] = [
    Format::Vancouver,
    Format::Ama,
    Format::Apa,
    Format::Harvard,
    Format::Ieee,
    Format::Nature,
    Format::Chicago,
    Format::Mla,
    Format::Mdpi,
];

/// Formats of lists that are cited by author and year.
pub const AUTHOR_YEAR: [Format; 3] = [Format::Apa, Format::Harvard, Format::Chicago];

fn dotted(initials: &str) -> String {
    initials.chars().map(|c| format!("{c}.")).collect::<Vec<_>>().join(" ")
}

impl Work {
    fn names(&self, write: impl Fn(&(&str, &str)) -> String, between: &str, last: &str) -> String {
        let names: Vec<String> = self.authors.iter().map(write).collect();
        match &names[..] {
            [] => String::new(),
            [one] => one.clone(),
            [first @ .., end] => format!("{}{last}{end}", first.join(between)),
        }
    }

    /// The entry in a format, without its number.
    pub fn entry(&self, format: Format) -> String {
        let Self { year, title, journal: (short, full), volume, issue, pages: (from, to), doi, pmid, .. } = self;
        let pmid = pmid.map(|pmid| format!(" PMID: {pmid}.")).unwrap_or_default();
        let address = doi.map(|doi| format!(" https://doi.org/{doi}")).unwrap_or_default();
        let labelled = doi.map(|doi| format!(" doi: {doi}.")).unwrap_or_default();
        let stop = if title.ends_with('?') { "" } else { "." };
        let inverted = |(family, initials): &(&str, &str)| format!("{family}, {}", dotted(initials));
        let straight = |(family, initials): &(&str, &str)| format!("{} {family}", dotted(initials));
        let plain = |(family, initials): &(&str, &str)| format!("{family} {initials}");
        let spaced = |part: &str| if title.contains("trial") { part.replace(' ', "\u{a0}") } else { part.to_owned() };
        match format {
            Format::Vancouver => format!(
                "{}. {title}{stop} {short}. {year} Mar 4;{volume}({issue}):{from}-{to}.{labelled}{}",
                self.names(plain, ", ", ", "),
                spaced(&pmid)
            ),
            Format::Ama => format!(
                "{}. {title}{stop} *{}*. {year};{volume}({issue}):{from}-{to}.{}",
                self.names(plain, ", ", ", "),
                short.split(' ').collect::<Vec<_>>().join(" "),
                doi.map(|doi| format!(" doi:{doi}")).unwrap_or_default()
            ),
            Format::Apa => format!(
                "{} ({year}). {title}{stop} *{full}*, *{volume}*({issue}), {from}–{to}.{address}",
                self.names(inverted, ", ", ", & ")
            ),
            Format::Harvard => format!(
                "{}, {year}. {title}{stop} *{full}*, {volume}({issue}), pp. {from}–{to}.{}",
                self.names(inverted, ", ", " and "),
                doi.map(|doi| format!(" Available at: https://doi.org/{doi} (Accessed: 3 May 2024)."))
                    .unwrap_or_default()
            ),
            Format::Ieee => format!(
                "{}, \"{title},\" *{full}*, vol. {volume}, no. {issue}, pp. {from}–{to}, {year}{}.",
                self.names(straight, ", ", " and "),
                doi.map(|doi| format!(", doi: {doi}")).unwrap_or_default()
            ),
            Format::Nature => format!(
                "{} {title}{stop} *{short}* **{volume}**, {from}–{to} ({year}).{address}",
                self.names(inverted, ", ", " & ")
            ),
            Format::Chicago => format!(
                "{}. {year}. “{title}{stop}” *{full}* {volume} ({issue}): {from}–{to}.{address}.",
                self.names(inverted, ", ", ", and ").trim_end_matches('.')
            ),
            Format::Mla => format!(
                "{}. \"{title}{stop}\" *{full}*, vol. {volume}, no. {issue}, {year}, pp. {from}-{to}.{pmid}",
                self.names(inverted, ", ", ", and ").trim_end_matches('.')
            ),
            Format::Mdpi => format!(
                "{} {title}{stop} *{}* **{year}**, *{volume}*, {from}–{to}.{address}",
                self.names(inverted, "; ", "; "),
                short
                    .split(' ')
                    .map(|word| if word.len() < full.len() && full.len() > 10 {
                        format!("{word}.")
                    } else {
                        word.to_owned()
                    })
                    .collect::<Vec<_>>()
                    .join(" ")
            ),
        }
    }

    /// The author as a marker names it.
    pub fn cited_as(&self) -> String {
        match self.authors {
            [(one, _)] => (*one).to_owned(),
            [(one, _), (two, _)] => format!("{one} & {two}"),
            [(first, _), ..] => format!("{first} et al."),
            [] => String::new(),
        }
    }
}
