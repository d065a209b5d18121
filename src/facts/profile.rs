//! The profile of an article: where it is published and what it is about, as its
//! front matter says under `caveat:`, in the site's own keys, or as the run's
//! settings say for articles that are silent.

use std::collections::BTreeSet;

use crate::document::{Document, Field, FrontMatter, FrontMatterFault, Value};
use crate::linter::LintOptions;
use crate::ruleset::RuleSets;
use crate::source::Span;
use crate::suggest;

use super::Market;

/// Where an article is published and what it is about.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Profile {
    /// Markets declared in front matter, else those of the config.
    pub markets: Vec<Market>,
    /// Kinds of product declared (`cell-therapy`, `supplement`).
    pub product_kinds: Vec<String>,
    /// Who it is for, when declared.
    pub audience: Option<String>,
    /// What kind of page it is, when declared (`news`, `glossary`).
    pub kind: Option<String>,
    /// Language, as a primary subtag (`en`).
    pub language: String,
    /// What `$intervention` stands for: declared, or found from title, headings and the therapies named most.
    pub interventions: Vec<String>,
    /// Whether it is about health at all; what claims and statements it makes matters only then.
    pub about_health: bool,
    /// Bibliography files named in front matter, with the place of each name.
    pub bibliography: Vec<(String, Span)>,
    /// Statements that the site's template or a shortcode adds, as indices into
    /// [`RuleSets::statements`], in order and without repeats.
    pub provided: Vec<usize>,
    /// Keys and values in front matter that mean nothing to caveat.
    pub faults: Vec<FrontMatterFault>,
}

/// The keys under `caveat:`.
const KEYS: [&str; 7] = ["markets", "product-kinds", "interventions", "audience", "kind", "lang", "bibliography"];

impl Profile {
    /// Reads the profile of an article.
    #[must_use]
    pub fn read(document: &Document<'_>, rulesets: &RuleSets, options: &LintOptions) -> Self {
        let front_matter = &document.front_matter;
        let keys = &options.front_matter;
        let reader = Reader { front_matter };
        let mut faults = unknown_keys(front_matter);

        let (mut markets, declared) = reader.markets("markets", keys.markets.as_deref(), &mut faults);
        if !declared {
            markets.clone_from(&options.markets);
        }
        let mut product_kinds = reader.names("product-kinds", keys.product_kinds.as_deref());
        check_names(&product_kinds, "product kind", |rule| &rule.product_kinds, rulesets, &mut faults);
        if product_kinds.is_empty() {
            product_kinds = options.product_kinds.iter().map(|kind| (kind.clone(), Span::default())).collect();
        }
        let audience = reader.names("audience", keys.audience.as_deref()).into_iter().next();
        check_names(audience.as_slice(), "audience", |rule| &rule.audiences, rulesets, &mut faults);
        let kind = reader.names("kind", keys.kind.as_deref()).into_iter().next();
        check_names(kind.as_slice(), "kind of page", |rule| &rule.kinds, rulesets, &mut faults);
        faults.sort_by_key(|fault| fault.span);

        Self {
            about_health: false,
            markets,
            product_kinds: product_kinds.into_iter().map(|(name, _)| name).collect(),
            audience: audience.map(|(name, _)| name).or_else(|| options.audience.clone()),
            kind: kind.map(|(name, _)| name).or_else(|| options.kind.clone()),
            language: reader.language(keys.lang.as_deref()).unwrap_or_else(|| options.language.clone()),
            interventions: reader.texts("interventions", keys.interventions.as_deref()),
            bibliography: reader.places("bibliography", keys.bibliography.as_deref()),
            provided: provided(document, options),
            faults,
        }
    }

    /// Whether a market of a rule is one where the article is published.
    #[must_use]
    pub fn is_governed_by(&self, markets: &[Market]) -> bool {
        markets.iter().any(|market| *market == Market::Any || self.markets.iter().any(|at| market.governs(*at)))
    }
}

/// Reads a key under `caveat:`, or the site's own.
struct Reader<'d> {
    front_matter: &'d FrontMatter,
}

impl Reader<'_> {
    /// The values of a key with their places. A scalar with commas is a list.
    fn places(&self, key: &str, own: Option<&str>) -> Vec<(String, Span)> {
        let path = format!("caveat.{key}");
        let path = match own {
            Some(own) if self.front_matter.get(&path).is_none() => own,
            _ => &path,
        };
        let values = self.front_matter.texts(path);
        values
            .into_iter()
            .flat_map(|(text, span)| text.split(',').map(move |part| (part.trim().to_owned(), span)))
            .filter(|(text, _)| !text.is_empty())
            .collect()
    }

    fn texts(&self, key: &str, own: Option<&str>) -> Vec<String> {
        self.places(key, own).into_iter().map(|(text, _)| text).collect()
    }

    /// Values that are names: in lower case, with hyphens.
    fn names(&self, key: &str, own: Option<&str>) -> Vec<(String, Span)> {
        self.places(key, own)
            .into_iter()
            .map(|(text, span)| (text.to_lowercase().replace([' ', '_'], "-"), span))
            .collect()
    }

    /// The markets named, and whether the key was there at all.
    fn markets(&self, key: &str, own: Option<&str>, faults: &mut Vec<FrontMatterFault>) -> (Vec<Market>, bool) {
        let named = self.names(key, own);
        let mut markets = BTreeSet::new();
        for (name, span) in &named {
            if let Some(market) = Market::from_name(name) {
                markets.insert(market);
                continue;
            }
            let known = Market::ALL.map(Market::name).join(", ");
            let advice = Market::meant_by(name)
                .map_or_else(|| format!("; known are {known}"), |market| format!("; did you mean '{market}'?"));
            let message = format!("'{name}' is no market that caveat knows{advice}");
            faults.push(FrontMatterFault { span: *span, message });
        }
        (markets.into_iter().collect(), !named.is_empty())
    }

    /// The primary subtag of the article's language.
    fn language(&self, own: Option<&str>) -> Option<String> {
        let tags = ["caveat.lang"].into_iter().chain(own).chain(["lang", "language"]);
        let tag = tags.into_iter().find_map(|path| self.front_matter.text(path))?;
        let primary = tag.trim().split(['-', '_']).next().unwrap_or_default().to_lowercase();
        (!primary.is_empty()).then_some(primary)
    }
}

/// Keys under `caveat:` that mean nothing.
fn unknown_keys(front_matter: &FrontMatter) -> Vec<FrontMatterFault> {
    let Some(Field { value: Value::Table(fields), .. }) = front_matter.get("caveat") else { return Vec::new() };
    fields
        .iter()
        .filter(|(key, _)| !KEYS.iter().any(|known| known.eq_ignore_ascii_case(key)))
        .map(|(key, field)| {
            let advice = suggest::did_you_mean(key, KEYS);
            let advice = if advice.is_empty() { format!("; known are {}", KEYS.join(", ")) } else { advice };
            FrontMatterFault { span: field.key_span, message: format!("'{key}' is no key under `caveat:`{advice}") }
        })
        .collect()
}

/// Tells values that no rule is confined to but that nearly name one: with such a
/// slip a rule would be left out in silence.
fn check_names(
    named: &[(String, Span)],
    what: &str,
    of: impl Fn(&crate::ruleset::Confines) -> &Vec<String>,
    rulesets: &RuleSets,
    faults: &mut Vec<FrontMatterFault>,
) {
    if named.is_empty() {
        return;
    }
    let known: BTreeSet<&str> =
        rulesets.rules.iter().flat_map(|rule| of(&rule.confines).iter().map(String::as_str)).collect();
    for (name, span) in named {
        if known.contains(name.as_str()) {
            continue;
        }
        let advice = suggest::did_you_mean(name, known.iter().copied());
        if !advice.is_empty() {
            let message = format!("no rule knows the {what} '{name}'{advice}");
            faults.push(FrontMatterFault { span: *span, message });
        }
    }
}

/// Statements that the site adds to the article.
fn provided(document: &Document<'_>, options: &LintOptions) -> Vec<usize> {
    let by_shortcode = options
        .provides_by_shortcode
        .iter()
        .filter(|(name, _)| document.shortcodes.iter().any(|code| code.name.eq_ignore_ascii_case(name)))
        .map(|&(_, statement)| statement);
    let all: BTreeSet<usize> = options.provides.iter().copied().chain(by_shortcode).collect();
    all.into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::linter::FrontMatterKeys;
    use crate::source::SourceFile;

    fn read(article: &str, change: impl Fn(&mut LintOptions)) -> Profile {
        let rulesets = RuleSets::load(Vec::new()).unwrap_or_else(|faults| panic!("{faults}"));
        let mut options = LintOptions::new(&rulesets);
        change(&mut options);
        Profile::read(&Document::parse(&SourceFile::new("a.md", article)), &rulesets, &options)
    }

    #[test]
    fn front_matter_outranks_the_settings() {
        let settings = |options: &mut LintOptions| {
            options.markets = vec![Market::Eu];
            options.product_kinds = vec!["device".to_owned()];
            options.kind = Some("news".to_owned());
            options.language = "de".to_owned();
        };
        let silent = read("Text.\n", settings);
        assert_eq!((silent.markets, silent.product_kinds), (vec![Market::Eu], vec!["device".to_owned()]));
        assert_eq!((silent.kind.as_deref(), silent.language.as_str()), (Some("news"), "de"));
        let article =
            "---\nlang: en-GB\ncaveat:\n  markets: [us-ca, US]\n  product-kinds: Cell therapy\n  kind: Glossary\n---\n";
        let spoken = read(article, settings);
        assert_eq!(
            (spoken.markets, spoken.product_kinds),
            (vec![Market::Us, Market::UsCa], vec!["cell-therapy".to_owned()])
        );
        assert_eq!((spoken.kind.as_deref(), spoken.language.as_str()), (Some("glossary"), "en"));
        assert_eq!(spoken.faults, []);
    }

    #[test]
    fn the_sites_own_keys_are_read_where_ours_are_missing() {
        let keys = |options: &mut LintOptions| {
            options.front_matter = FrontMatterKeys {
                markets: Some("compliance.region".to_owned()),
                interventions: Some("topics".to_owned()),
                ..FrontMatterKeys::default()
            };
        };
        let article = "---\ntopics: [PRP, exosomes]\ncompliance:\n  region: us, eu\n---\n";
        let profile = read(article, keys);
        assert_eq!(profile.markets, [Market::Us, Market::Eu]);
        assert_eq!(profile.interventions, ["PRP", "exosomes"]);
        let both = read("---\ntopics: [PRP]\ncaveat: {interventions: [BPC-157]}\n---\n", keys);
        assert_eq!(both.interventions, ["BPC-157"]);
    }

    #[test]
    fn slips_are_told_at_their_place() {
        let article = "---\ncaveat: {markets: [uk, us], audiance: public}\n---\n";
        let profile = read(article, |_| {});
        assert_eq!(profile.markets, [Market::Us]);
        let told: Vec<_> = profile.faults.iter().map(|fault| (&article[fault.span.range()], &*fault.message)).collect();
        assert_eq!(
            told,
            [
                ("uk", "'uk' is no market that caveat knows; did you mean 'gb'?"),
                ("audiance", "'audiance' is no key under `caveat:`; did you mean 'audience'?"),
            ]
        );
    }

    #[test]
    fn a_statement_comes_with_its_shortcode() {
        let provides = |options: &mut LintOptions| {
            options.provides = vec![7];
            options.provides_by_shortcode = vec![("fda-note".to_owned(), 3), ("risks".to_owned(), 5)];
        };
        assert_eq!(read("Text. {{< FDA-note >}}\n", provides).provided, [3, 7]);
    }
}
