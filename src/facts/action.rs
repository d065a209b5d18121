//! Calls to action: where an article asks its reader to book, call or buy.

use crate::document::{Document, LinkKind};
use crate::pattern::Matches;
use crate::ruleset::RuleSets;
use crate::source::Span;

use super::References;

/// The list, in any rule set, whose entries are calls to action.
const LIST: &str = "call-to-action";

/// Links that start a call, a message or a booking.
const SCHEMES: [&str; 4] = ["tel:", "sms:", "https://wa.me/", "https://calendly.com/"];

/// The first call to action of the text, its words: an entry of a list `call-to-action`,
/// or a link that starts a call or a booking.
pub(super) fn first(
    document: &Document<'_>,
    rulesets: &RuleSets,
    matches: &Matches,
    references: &References,
) -> Option<Span> {
    let lists = rulesets.lists.iter().filter(|(name, _)| name.rsplit('/').next() == Some(LIST));
    let words = lists.filter_map(|&(_, pattern)| {
        let spans = matches.of(pattern).filter_map(|found| {
            let block = document.block(found.block);
            (!block.is_front_matter()).then(|| block.token_span(found.underlined()))
        });
        spans.filter(|&span| !references.in_list(span)).min()
    });
    let links = document.links.iter().filter(|link| {
        let destination = link.destination.as_str();
        link.kind != LinkKind::Image
            && SCHEMES
                .iter()
                .any(|scheme| destination.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme)))
    });
    words.chain(links.map(|link| link.span).filter(|&span| !references.in_list(span))).min()
}
