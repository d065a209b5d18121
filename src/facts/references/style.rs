//! Which marks are markers: decided by the article's own habit.

use crate::document::Document;

use super::References;
use super::marker::{Marker, MarkerStyle, Target};

/// Drops the marks that are no markers in this article, and tells the style it cites in.
pub(super) fn settle(
    document: &Document<'_>,
    references: &References,
    markers: &mut Vec<Marker>,
) -> Option<MarkerStyle> {
    let numbered = references.lists.iter().any(|list| !list.entries.is_empty());
    let main = main_style(markers, numbered);
    markers.retain_mut(|marker| keep(marker, main, numbered));
    let _ = document;
    main
}

/// The style of most resolved markers; brackets and footnotes are preferred where numbers are equal.
fn main_style(markers: &[Marker], numbered: bool) -> Option<MarkerStyle> {
    let count = |style: MarkerStyle| {
        let resolved = markers.iter().filter(|marker| marker.style == style && marker.sure && marker.any_resolved());
        // Small numbers in brackets and raised ones are common outside citing: distinct numbers count.
        let mut targets: Vec<&Target> =
            resolved.flat_map(|marker| marker.cites.iter().map(|cite| &cite.target)).collect();
        targets.sort_unstable_by_key(|target| match target {
            Target::Number(number) => (*number, ""),
            Target::Label(text) | Target::Key(text) => (0, text.as_str()),
            Target::Work { author, .. } => (0, author.as_str()),
        });
        targets.dedup();
        targets.len()
    };
    let styles = [
        MarkerStyle::Brackets,
        MarkerStyle::Footnote,
        MarkerStyle::Key,
        MarkerStyle::AuthorYear,
        MarkerStyle::LinkLabel,
        MarkerStyle::Superscript,
        MarkerStyle::Parentheses,
    ];
    let mut best = None;
    for style in styles {
        if !numbered && matches!(style, MarkerStyle::Superscript | MarkerStyle::Parentheses) {
            continue;
        }
        let count = count(style);
        if count > best.map_or(0, |(_, most)| most) {
            best = Some((style, count));
        }
    }
    best.map(|(style, _)| style)
}

/// Whether a mark is a marker here. Sets how sure that is.
fn keep(marker: &mut Marker, main: Option<MarkerStyle>, numbered: bool) -> bool {
    let own = main == Some(marker.style);
    match marker.style {
        _ if marker.mention => marker.resolved(),
        // Brackets with numbers are markers wherever something is cited or listed.
        MarkerStyle::Brackets => {
            marker.sure = numbered || main.is_some();
            true
        }
        MarkerStyle::Parentheses if own => marker.sure || marker.any_resolved(),
        // Elsewhere a number in round brackets is a marker only if it ends a clause and is listed.
        MarkerStyle::Parentheses => marker.sure && marker.resolved(),
        MarkerStyle::Superscript => own || marker.resolved(),
        _ => true,
    }
}
