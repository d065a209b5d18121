//! From what a user writes for a rule to the rules it stands for.

use crate::diagnostic::{Category, Notice};
use crate::linter::{LintOptions, RuleLevel, Target};
use crate::ruleset::RuleSets;
use crate::suggest;

/// Looks up rules by what a user writes: `ruleset/rule`, `rule` where it is
/// unique, or `ruleset/*` for all of a set. `caveat/*` are caveat's own notices.
#[derive(Clone, Copy, Debug)]
pub struct Selector<'a> {
    rulesets: &'a RuleSets,
}

impl<'a> Selector<'a> {
    /// A selector among the rules of these sets.
    #[must_use]
    pub fn new(rulesets: &'a RuleSets) -> Self {
        Self { rulesets }
    }

    /// All ids with their targets: rules first, then notices.
    fn ids(self) -> impl Iterator<Item = (&'a str, Target)> {
        let rules = self.rulesets.rules.iter().enumerate().map(|(at, rule)| (rule.id.as_str(), Target::Rule(at)));
        rules.chain(Notice::ALL.iter().enumerate().map(|(at, notice)| (notice.id, Target::Notice(at))))
    }

    /// The rules that `written` stands for; never none.
    ///
    /// # Errors
    ///
    /// A sentence that says why it stands for none, with a suggestion.
    pub fn find(self, written: &str) -> Result<Vec<Target>, String> {
        if let Some(set) = written.strip_suffix("/*") {
            let targets: Vec<Target> = self.ids().filter(|(id, _)| in_set(id, set)).map(|(_, target)| target).collect();
            return if targets.is_empty() { Err(self.no_set(set)) } else { Ok(targets) };
        }
        if let Some((_, target)) = self.ids().find(|(id, _)| id.eq_ignore_ascii_case(written)) {
            return Ok(vec![target]);
        }
        let short: Vec<(&str, Target)> = self.ids().filter(|(id, _)| name(id).eq_ignore_ascii_case(written)).collect();
        match short.as_slice() {
            [(_, target)] => Ok(vec![*target]),
            [] => Err(self.no_rule(written)),
            several => {
                let ids: Vec<&str> = several.iter().map(|(id, _)| *id).collect();
                Err(format!("'{written}' may mean {}; write which", ids.join(" or ")))
            }
        }
    }

    fn no_set(self, set: &str) -> String {
        let sets = self.rulesets.sets.iter().map(|set| set.id.as_str()).chain(["caveat"]);
        format!("no rule set is called '{set}'{}", suggest::did_you_mean(set, sets))
    }

    fn no_rule(self, written: &str) -> String {
        if self.ids().any(|(id, _)| in_set(id, written)) {
            return format!("'{written}' is a rule set; write '{written}/*' for all of its rules");
        }
        let hint = if written.contains('/') {
            suggest::did_you_mean(written, self.ids().map(|(id, _)| id))
        } else {
            suggest::did_you_mean(written, self.ids().map(|(id, _)| name(id)))
        };
        format!("no rule is called '{written}'{hint}")
    }
}

/// Whether the rule of that id belongs to that set.
fn in_set(id: &str, set: &str) -> bool {
    id.split_once('/').is_some_and(|(own, _)| own.eq_ignore_ascii_case(set))
}

/// The rule's name within its set.
fn name(id: &str) -> &str {
    id.split_once('/').map_or(id, |(_, name)| name)
}

/// Which rules are at work, as layers of settings decide one after the other.
#[derive(Debug)]
pub(super) struct Switchboard<'o> {
    options: &'o mut LintOptions,
    /// The levels that switched-off rules would have.
    own: LintOptions,
}

impl<'o> Switchboard<'o> {
    pub(super) fn new(options: &'o mut LintOptions) -> Self {
        let own = options.clone();
        Self { options, own }
    }

    /// Leaves on only these.
    pub(super) fn select(&mut self, targets: &[Target]) {
        self.options.rules.fill(RuleLevel::Off);
        self.options.notices.fill(RuleLevel::Off);
        for &target in targets {
            *slot(self.options, target) = *slot(&mut self.own, target);
        }
    }

    /// Switches these off.
    pub(super) fn ignore(&mut self, targets: &[Target]) {
        for &target in targets {
            *slot(self.options, target) = RuleLevel::Off;
        }
    }

    /// Gives one rule another level; one that is switched off stays so.
    pub(super) fn level(&mut self, target: Target, level: RuleLevel) {
        if level != RuleLevel::Off {
            *slot(&mut self.own, target) = level;
        }
        let now = slot(self.options, target);
        if *now != RuleLevel::Off {
            *now = level;
        }
    }

    /// Switches on what nothing switches off.
    pub(super) fn restore_fixed(&mut self) {
        for target in (0..Notice::ALL.len()).map(Target::Notice).filter(|&target| is_fixed(target)) {
            *slot(self.options, target) = *slot(&mut self.own, target);
        }
    }
}

/// Where the level of a target is kept.
fn slot(options: &mut LintOptions, target: Target) -> &mut RuleLevel {
    match target {
        Target::Rule(at) => &mut options.rules[at],
        Target::Notice(at) => &mut options.notices[at],
    }
}

/// Whether the target tells of files that could not be checked, which nothing switches off.
pub(super) fn is_fixed(target: Target) -> bool {
    matches!(target, Target::Notice(at) if Notice::ALL[at].category == Category::File)
}
