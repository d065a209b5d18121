//! `required` rules: a statement that must be there.

use std::ops::Range;

use crate::diagnostic::{Category, Label};
use crate::document::{Block, BlockId, Document};
use crate::facts::{Assertion, FoundStatement, Tier};
use crate::pattern::PatternId;
use crate::source::Span;

use super::about::{is_named, is_subject};
use super::{Context, Finding, fill};

/// What `{trigger}` says when the claim leaves unsaid who does it.
const UNSAID: &str = "the treatment";
/// What `{trigger}` says when the duty arises in every article.
const ARTICLE: &str = "the article";

/// Flags an article whose content asks for a statement that it does not make.
#[derive(Debug)]
pub struct RequiredRule {
    /// The duty arises from a claim of this category.
    pub when: Option<Category>,
    /// The duty arises from a match of one of these too; the first in the article is the trigger.
    /// With neither a category nor words, it arises in every article.
    pub any: Vec<PatternId>,
    /// The duty arises only where one of these matches in the sentence of the trigger, in the title
    /// or in a heading; empty for no such demand.
    pub about: Vec<PatternId>,
    /// Whether hedged claims create the duty too.
    pub hedged: bool,
    /// Index into [`RuleSets::statements`](crate::ruleset::RuleSets::statements).
    pub statement: usize,
    /// Where it must stand.
    pub place: Place,
}

/// Where a statement must stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// Anywhere in the article.
    Anywhere,
    /// Before the first call to action; anywhere when there is none.
    BeforeFirstCallToAction,
    /// In the section of what it is about, or in one below it.
    Section,
    /// In the first paragraph, list item or cell of the text.
    FirstBlock,
    /// In the last paragraph, list item or cell before the reference list.
    LastBlock,
}

impl Place {
    /// All places with their names in rule sets.
    pub const ALL: [(&str, Self); 5] = [
        ("anywhere", Self::Anywhere),
        ("before:first-call-to-action", Self::BeforeFirstCallToAction),
        ("section", Self::Section),
        ("first-block", Self::FirstBlock),
        ("last-block", Self::LastBlock),
    ];

    /// The place in words, to stand after a message that says what is missing.
    fn in_words(self) -> &'static str {
        match self {
            Self::Anywhere => "",
            Self::BeforeFirstCallToAction => " before the first call to action",
            Self::Section => " in this section",
            Self::FirstBlock => " in the first paragraph",
            Self::LastBlock => " in the last paragraph",
        }
    }
}

/// What creates the duty.
struct Trigger {
    span: Span,
    text: String,
    block: Option<BlockId>,
}

impl RequiredRule {
    pub(super) fn check(&self, context: &Context<'_>, findings: &mut Vec<Finding>) {
        if context.facts.profile.provided.contains(&self.statement) {
            return;
        }
        let Some(trigger) = self.trigger(context) else { return };
        let made: Vec<&FoundStatement> =
            context.facts.statements.iter().filter(|found| found.statement == self.statement).collect();
        if made.iter().any(|found| self.in_place(context, &trigger, found)) {
            return;
        }
        let mut message = fill(&context.rule.message, &[("trigger", &trigger.text), ("match", &trigger.text)]);
        if !made.is_empty() {
            message.push_str(self.place.in_words());
        }
        let mut finding = Finding::new(context, trigger.span, message);
        self.label(context, made.first().copied(), &mut finding.labels);
        findings.push(finding);
    }

    /// The first of what creates the duty.
    fn trigger(&self, context: &Context<'_>) -> Option<Trigger> {
        let anywhere = self.about.is_empty() || is_subject(context, &self.about);
        let claim = self.when.and_then(|category| self.claim(context, category, anywhere));
        let words = self.words(context, anywhere);
        match (claim, words) {
            (Some(claim), Some(words)) => Some(if words.span.start < claim.span.start { words } else { claim }),
            (None, None) if self.when.is_none() && self.any.is_empty() && anywhere => {
                Some(Trigger { span: Span::default(), text: ARTICLE.to_owned(), block: None })
            }
            (claim, words) => claim.or(words),
        }
    }

    fn claim(&self, context: &Context<'_>, category: Category, anywhere: bool) -> Option<Trigger> {
        let creates = |assertion: &&Assertion| {
            let rule = context.rulesets.rules.get(assertion.rule);
            rule.is_some_and(|rule| rule.category == category)
                && self.counts(assertion.tier)
                && (anywhere || is_named(context, &self.about, assertion.block, assertion.sentence))
        };
        let assertion = context.facts.assertions.iter().filter(creates).min_by_key(|assertion| assertion.span)?;
        let who = assertion.who_text.trim();
        let text = if who.is_empty() { UNSAID } else { who }.to_owned();
        Some(Trigger { span: assertion.span, text, block: Some(assertion.block) })
    }

    /// Whether a claim hedged so creates the duty. What is denied is not claimed.
    fn counts(&self, tier: Tier) -> bool {
        match tier {
            Tier::Unhedged | Tier::Pseudo => true,
            Tier::Modal | Tier::Bounded => self.hedged,
            Tier::Denied => false,
        }
    }

    fn words(&self, context: &Context<'_>, anywhere: bool) -> Option<Trigger> {
        let document = context.document;
        let matches = self.any.iter().flat_map(|&pattern| context.facts.matches.of(pattern));
        let about =
            matches.filter(|found| anywhere || is_named(context, &self.about, found.block, found.sentence as usize));
        let places = about.map(|found| {
            let block = document.block(found.block);
            (block.token_span(found.underlined()), found)
        });
        let (span, found) = places
            .filter(|&(span, _)| !context.facts.references.in_list(span))
            .min_by_key(|(span, found)| (*span, found.pattern))?;
        let block = document.block(found.block);
        let text = block.prose.text()[block.token_range(found.underlined())].to_owned();
        Some(Trigger { span, text, block: Some(found.block) })
    }

    /// Whether a statement stands where it must.
    fn in_place(&self, context: &Context<'_>, trigger: &Trigger, found: &FoundStatement) -> bool {
        let document = context.document;
        match self.place {
            Place::Anywhere => true,
            Place::BeforeFirstCallToAction => {
                let stands = document.block(found.block).token_span(found.tokens.clone());
                context.facts.call_to_action.is_none_or(|action| stands.start < action.start)
            }
            Place::Section => {
                let section = trigger.block.and_then(|block| section_of(document, block));
                section.is_none_or(|section| {
                    found.block == section || document.section_path(found.block).any(|heading| heading.id == section)
                })
            }
            Place::FirstBlock => text_blocks(context).next().is_some_and(|block| block.id == found.block),
            Place::LastBlock => text_blocks(context).last().is_some_and(|block| block.id == found.block),
        }
    }

    /// Points at what helps to see why the statement counts for nothing where it stands.
    fn label(&self, context: &Context<'_>, made: Option<&FoundStatement>, labels: &mut Vec<Label>) {
        let path = context.document.source.path();
        let mut push = |span: Span, message: &str| {
            labels.push(Label { path: path.to_owned(), span, message: message.to_owned() });
        };
        if self.place == Place::BeforeFirstCallToAction
            && let Some(action) = context.facts.call_to_action
        {
            push(action, "the first call to action");
        }
        if let Some(found) = made {
            let stands: Range<usize> = found.tokens.clone();
            push(context.document.block(found.block).token_span(stands), "the statement stands here");
        }
    }
}

/// The heading of the section that a block belongs to; a heading is its own.
fn section_of(document: &Document<'_>, block: BlockId) -> Option<BlockId> {
    let block = document.block(block);
    if block.is_heading() { Some(block.id) } else { block.section }
}

/// The blocks of running text, without front matter, headings and the reference list.
fn text_blocks<'a>(context: &'a Context<'_>) -> impl Iterator<Item = &'a Block> {
    let references = &context.facts.references;
    context
        .document
        .blocks
        .iter()
        .filter(move |block| !block.is_front_matter() && !block.is_heading() && !references.in_list(block.span))
}

#[cfg(test)]
mod tests {
    use super::super::tests::{check, find};

    const ANYWHERE: &str =
        "required.when.category = \"efficacy\"\nrequired.when.hedged = true\nrequired.statement = \"status\"\n";

    fn article(text: &str) -> String {
        format!("---\ntitle: Knees\n---\n{text}\n")
    }

    #[test]
    fn a_claim_without_the_statement_is_flagged_at_its_words() {
        let found = find(ANYWHERE, "nothing says that {trigger} is not approved", &article("PRP cures arthritis."));
        assert_eq!(found, [("cures arthritis".to_owned(), "nothing says that PRP is not approved".to_owned(), vec![])]);
    }

    #[test]
    fn the_statement_settles_it() {
        let about = "PRP is not approved by the FDA. PRP cures arthritis.";
        assert_eq!(check(ANYWHERE, &article(about)), Vec::<String>::new());
        let before = "We use PRP. It has not been approved by FDA.\n\nPRP cures arthritis.";
        assert_eq!(check(ANYWHERE, &article(before)), Vec::<String>::new());
        let heading = "## PRP\n\nPRP cures arthritis.\n\nCare first. It is not **approved by** the FDA.";
        assert_eq!(check(ANYWHERE, &article(heading)), Vec::<String>::new());
    }

    #[test]
    fn no_statement_is_found_in_other_words() {
        for text in [
            "Toasters are not approved by the FDA.",
            "Why is PRP not approved by the FDA?",
            "PRP shops are not approved by the FDA to sell.",
            "![PRP is not approved by the FDA](a.png)",
        ] {
            let text = article(&format!("PRP cures arthritis.\n\nOther things.\n\n{text}"));
            assert_eq!(check(ANYWHERE, &text), ["cures arthritis"], "{text}");
        }
    }

    #[test]
    fn no_claim_no_duty() {
        assert_eq!(check(ANYWHERE, &article("PRP is a treatment.")), Vec::<String>::new());
        assert_eq!(check(ANYWHERE, "PRP is a plan."), Vec::<String>::new());
    }

    #[test]
    fn the_statement_must_come_before_the_call_to_action() {
        let rule = format!("{ANYWHERE}required.place = \"before:first-call-to-action\"\n");
        let late = "PRP cures arthritis.\n\n[Book now](#)\n\nPRP is not approved by the FDA.";
        let found = find(&rule, "no status", &article(late));
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].1, "no status before the first call to action");
        assert_eq!(found[0].2, ["the first call to action", "the statement stands here"]);
        let early = "PRP cures arthritis. PRP is not approved by the FDA.\n\n[Book now](#)";
        assert_eq!(check(&rule, &article(early)), Vec::<String>::new());
        let call = "PRP cures arthritis.\n\n[555](tel:555)\n\nPRP is not approved by the FDA.";
        assert_eq!(check(&rule, &article(call)).len(), 1);
        let none = "PRP cures arthritis.\n\nPRP is not approved by the FDA.";
        assert_eq!(check(&rule, &article(none)), Vec::<String>::new());
    }

    #[test]
    fn the_statement_must_stand_in_the_section() {
        let rule = format!("{ANYWHERE}required.place = \"section\"\n");
        let other = "## Care\n\nPRP cures arthritis.\n\n## Status\n\nPRP is not approved by the FDA.";
        assert_eq!(check(&rule, &article(other)), ["cures arthritis"]);
        let below = "## Care\n\nPRP cures arthritis.\n\n### Status\n\nPRP is not approved by the FDA.";
        assert_eq!(check(&rule, &article(below)), Vec::<String>::new());
    }

    #[test]
    fn first_and_last_block() {
        let text = article("## Care\n\nPRP is not approved by the FDA.\n\nPRP cures arthritis.");
        assert_eq!(check(&format!("{ANYWHERE}required.place = \"first-block\"\n"), &text), Vec::<String>::new());
        assert_eq!(check(&format!("{ANYWHERE}required.place = \"last-block\"\n"), &text).len(), 1);
    }

    #[test]
    fn words_and_every_article_can_create_the_duty() {
        let words = "required.when.any = [\"our «clinic»\"]\nrequired.statement = \"status\"\n";
        assert_eq!(check(words, &article("At our clinic.")), ["clinic"]);
        assert_eq!(check(words, &article("At home.")), Vec::<String>::new());
        let about = "required.when.any = [\"our clinic\"]\nrequired.when.about = [\"@therapy\"]\nrequired.statement = \"status\"\n";
        assert_eq!(check(about, &article("At our clinic.")), Vec::<String>::new());
        assert_eq!(check(about, &article("PRP at our clinic.")), ["our clinic"]);
        assert_eq!(check(about, &article("## PRP\n\nAt our clinic.")), ["our clinic"]);
        let always = "required.statement = \"status\"\n";
        assert_eq!(check(always, &article("At home.")), [""]);
    }
}
