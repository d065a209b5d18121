//! `caveat test --labels`: how well the rules do on labelled units.

use std::fmt::Write;
use std::path::PathBuf;

use serde_json::{Value, json};

use crate::cli::{ListFormat, TestArgs};
use crate::error::Error;
use crate::exit_status::ExitStatus;
use crate::labels::{self, Unit, Verdict};
use crate::linter::LintOptions;
use crate::ruleset::RuleSets;
use crate::runner::read_limited;
use crate::score::{self, Counts, Scored};
use crate::walk::display;

use super::{Terminal, text};

/// Characters of a unit that are shown.
const SHOWN: usize = 240;

/// Checks all labelled units and prints how the rules do on them.
pub(super) fn test(
    args: &TestArgs,
    rulesets: &RuleSets,
    options: &LintOptions,
    terminal: Terminal,
) -> Result<ExitStatus, Error> {
    let units = read(&args.labels)?;
    let scored = score::score(rulesets, options, &units);
    let text = match args.format {
        ListFormat::Text => as_text(&scored, args.errors),
        ListFormat::Json => format!("{:#}\n", as_json(&scored)),
    };
    text::print(&text, terminal)?;
    let reached = Counts::of(&scored).f1().unwrap_or(0.0);
    Ok(if args.at_least.is_some_and(|least| reached < least) { ExitStatus::Findings } else { ExitStatus::Clean })
}

/// The units of all files.
fn read(paths: &[PathBuf]) -> Result<Vec<Unit>, Error> {
    let mut units = Vec::new();
    for path in paths {
        let unreadable = |source| Error::Unreadable { what: "the labels", path: path.clone(), source };
        let bytes = std::fs::File::open(path).and_then(read_limited).map_err(unreadable)?;
        let text = String::from_utf8(bytes)
            .map_err(|error| unreadable(std::io::Error::new(std::io::ErrorKind::InvalidData, error)))?;
        let read = labels::read(&text).map_err(|(line, reason)| Error::Labels {
            place: format!("{}:{line}", display(path)),
            reason: reason.to_string(),
        })?;
        units.extend(read);
    }
    Ok(units)
}

/// The score for people: measures, then what helps to raise them.
fn as_text(scored: &[Scored<'_>], errors: usize) -> String {
    let mut out = String::new();
    let counts = Counts::of(scored);
    let used = counts.hits + counts.alarms + counts.misses + counts.quiet;
    let _ = writeln!(out, "{} units, {} left out by their label", scored.len(), scored.len() - used);
    let _ = writeln!(out, "all             {}", measures(counts));
    for name in strata(scored) {
        let counts = Counts::of(scored.iter().filter(|one| one.unit.stratum == name));
        let _ = writeln!(out, "{name:15} {}", measures(counts));
    }
    for (name, quiet, all) in score::quiet_by_hedge(scored) {
        let _ = writeln!(out, "left alone, {name}: {quiet} of {all}");
    }
    let confusion = score::confusion(scored);
    if !confusion.is_empty() {
        out.push_str("\nlabel        found as     units\n");
        for ((label, category), count) in confusion {
            let _ = writeln!(out, "{label:12} {category:12} {count}");
        }
    }
    let rules = score::by_rule(scored);
    let width = rules.keys().map(|id| id.len()).max().unwrap_or(4);
    if !rules.is_empty() {
        let _ = writeln!(out, "\n{:width$}  right  alone  wrong  alone", "rule");
        for (id, rule) in rules {
            let (a, b, c, d) = (rule.hits, rule.alone, rule.alarms, rule.alarms_alone);
            let _ = writeln!(out, "{id:width$}  {a:>5}  {b:>5}  {c:>5}  {d:>5}");
        }
    }
    list_errors(&mut out, scored, errors);
    out
}

/// The samples that the units were drawn in, when they name any.
fn strata<'s>(scored: &'s [Scored<'_>]) -> Vec<&'s str> {
    let mut names: Vec<&str> =
        scored.iter().map(|one| one.unit.stratum.as_str()).filter(|name| !name.is_empty()).collect();
    names.sort_unstable();
    names.dedup();
    names
}

fn measures(counts: Counts) -> String {
    let percent = |measure: Option<f64>| measure.map_or_else(|| "  -  ".to_owned(), |measure| format!("{measure:.3}"));
    format!(
        "precision {}  recall {}  F1 {}  (right {}, wrong {}, missed {}, left alone {})",
        percent(counts.precision()),
        percent(counts.recall()),
        percent(counts.f1()),
        counts.hits,
        counts.alarms,
        counts.misses,
        counts.quiet
    )
}

/// Up to `errors` units that were missed, and as many that were flagged wrongly.
fn list_errors(out: &mut String, scored: &[Scored<'_>], errors: usize) {
    for (title, verdict, flagged) in [("missed", Verdict::Flag, false), ("flagged wrongly", Verdict::Quiet, true)] {
        let wrong = scored.iter().filter(|one| one.verdict == verdict && one.flagged() == flagged).take(errors);
        for (at, one) in wrong.enumerate() {
            if at == 0 {
                let _ = writeln!(out, "\n{title}");
            }
            let unit = one.unit;
            let shown: String = unit.text.chars().take(SHOWN).collect();
            let _ = writeln!(out, "  {} {}/{}: {shown}", unit.id, unit.claim, unit.hedge);
            for hit in &one.hits {
                let _ = writeln!(out, "    {}: {}", hit.rule, hit.text.replace('\n', " "));
            }
        }
    }
}

fn as_json(scored: &[Scored<'_>]) -> Value {
    let counts = Counts::of(scored);
    let measured = |counts: Counts| {
        json!({
            "hits": counts.hits, "alarms": counts.alarms, "misses": counts.misses, "quiet": counts.quiet,
            "precision": counts.precision(), "recall": counts.recall(), "f1": counts.f1(),
        })
    };
    let units: Vec<Value> = scored
        .iter()
        .map(|one| {
            let hits: Vec<Value> = one
                .hits
                .iter()
                .map(|hit| json!({ "rule": hit.rule, "category": hit.category, "text": hit.text }))
                .collect();
            let wanted = match one.verdict {
                Verdict::Flag => json!(true),
                Verdict::Quiet => json!(false),
                Verdict::LeftOut => Value::Null,
            };
            json!({ "id": one.unit.id, "flag": wanted, "flagged": one.flagged(), "hits": hits })
        })
        .collect();
    let rules: Vec<Value> = score::by_rule(scored)
        .into_iter()
        .map(|(id, rule)| {
            json!({
                "rule": id, "hits": rule.hits, "hits_alone": rule.alone,
                "alarms": rule.alarms, "alarms_alone": rule.alarms_alone,
            })
        })
        .collect();
    let hedges: Vec<Value> = score::quiet_by_hedge(scored)
        .into_iter()
        .map(|(name, quiet, all)| json!({ "hedge": name, "quiet": quiet, "units": all }))
        .collect();
    let categories: Vec<Value> = score::confusion(scored)
        .into_iter()
        .map(|((label, found), count)| json!({ "label": label, "found": found, "units": count }))
        .collect();
    let strata: Vec<Value> = strata(scored)
        .into_iter()
        .map(|name| {
            let counts = Counts::of(scored.iter().filter(|one| one.unit.stratum == name));
            json!({ "stratum": name, "counts": measured(counts) })
        })
        .collect();
    json!({
        "version": 1, "units": units, "all": measured(counts), "strata": strata,
        "hedges": hedges, "categories": categories, "rules": rules,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Category;
    use crate::score::Hit;

    #[test]
    fn scores_are_shown_with_errors() {
        let units: Vec<Unit> = labels::read(concat!(
            r#"{"id": "a", "stratum": "random", "text": "PRP heals.", "claim": "efficacy", "hedge": "unhedged", "subject": "promoted"}"#,
            "\n\n",
            r#"{"id": "b", "text": "PRP cures.", "claim": "efficacy", "hedge": "unhedged", "subject": "promoted"}"#,
            "\n",
            r#"{"id": "c", "text": "PRP may heal.", "claim": "efficacy", "hedge": "modal", "subject": "promoted"}"#,
            "\n",
            r#"{"id": "d", "text": "Rest heals.", "claim": "efficacy", "hedge": "unhedged", "subject": "standard"}"#,
        ))
        .expect("units");
        let hit =
            |text: &str| Hit { rule: "claims/heal".to_owned(), category: Category::Efficacy, text: text.to_owned() };
        let hits = [vec![hit("heals")], Vec::new(), vec![hit("may heal")], Vec::new()];
        let scored: Vec<Scored<'_>> =
            units.iter().zip(hits).map(|(unit, hits)| Scored { unit, verdict: unit.verdict(), hits }).collect();
        insta::assert_snapshot!(as_text(&scored, 5));
        insta::assert_snapshot!(format!("{:#}", as_json(&scored)));
    }
}
