//! What config and flags mean for a run.
//!
//! The layers, each on the ones before: the rules' own levels, the config, its
//! overrides in their order, the flags.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::cli::FailOn;
use crate::diagnostic::Severity;
use crate::error::Error;
use crate::facts::Market;
use crate::linter::{LintOptions, RuleLevel, Target};
use crate::ruleset::RuleSets;
use crate::suggest;

use super::read::advice_on_key;
use super::select::{Switchboard, is_fixed};
use super::{Config, ConfigFault, FaultKind, PathPatterns, Placed, Scoped, Selector};

/// What the command line says about rules.
#[derive(Clone, Debug, Default)]
pub struct Flags {
    /// Only these rules; takes the place of what the config selects and ignores.
    pub select: Vec<String>,
    /// Not these rules; adds to what the config ignores.
    pub ignore: Vec<String>,
    /// Markets of articles that name none; takes the place of the config's.
    pub markets: Vec<Market>,
    /// The threshold; takes the place of the config's.
    pub fail_on: Option<FailOn>,
}

/// What config and flags mean for a run, with nothing left open.
#[derive(Debug)]
pub struct Settings {
    /// The absolute working directory, from which articles' paths are seen.
    pub working: PathBuf,
    /// What holds for all articles, flags not yet counted in.
    base: LintOptions,
    /// What the config sets for all articles.
    all: Layer,
    /// What it sets for some.
    overrides: Vec<(PathPatterns, Layer)>,
    /// Statements that the site adds.
    provides: Vec<Provided>,
    /// What the flags set.
    flags: Layer,
    /// Files and folders that hold no articles.
    pub exclude: PathPatterns,
    /// From which severity on findings fail the run.
    pub fail_on: Option<Severity>,
}

/// What one place of the settings sets, resolved.
#[derive(Debug, Default)]
struct Layer {
    /// Where it is set, as shown to users.
    place: String,
    select: Option<Vec<Target>>,
    ignore: Vec<Target>,
    levels: Vec<(Target, RuleLevel)>,
    markets: Option<Vec<Market>>,
    product_kinds: Option<Vec<String>>,
    audience: Option<String>,
    kind: Option<String>,
    lang: Option<String>,
}

/// A statement that the site adds.
#[derive(Debug)]
struct Provided {
    /// To which articles; to all when `None`.
    paths: Option<PathPatterns>,
    shortcode: Option<String>,
    statement: usize,
}

/// What is wrong with settings.
#[derive(Debug, Default)]
pub struct SettingsFaults {
    /// Faults of the config.
    pub config: Vec<ConfigFault>,
    /// Faults of the command line.
    pub flags: Vec<Error>,
}

impl Settings {
    /// Resolves config and flags against the rules that are loaded.
    ///
    /// # Errors
    ///
    /// Every id that no rule or statement has, and every path pattern that cannot be read.
    pub fn resolve(
        config: Option<&Config>,
        flags: &Flags,
        rulesets: &RuleSets,
        working: &Path,
    ) -> Result<Self, SettingsFaults> {
        let mut resolver = Resolver { selector: Selector::new(rulesets), rulesets, faults: SettingsFaults::default() };
        let mut settings = Self {
            working: working.to_owned(),
            base: LintOptions::new(rulesets),
            all: Layer::default(),
            overrides: Vec::new(),
            provides: Vec::new(),
            flags: resolver.flags(flags),
            exclude: PathPatterns::default(),
            fail_on: flags.fail_on.or(config.and_then(|config| config.fail_on)).unwrap_or(FailOn::Error).threshold(),
        };
        if let Some(config) = config {
            settings.add_config(config, &mut resolver);
        }
        let faults = resolver.faults;
        if faults.config.is_empty() && faults.flags.is_empty() { Ok(settings) } else { Err(faults) }
    }

    fn add_config(&mut self, config: &Config, resolver: &mut Resolver<'_>) {
        self.base.front_matter = config.front_matter.clone();
        self.base.require_reason = config.require_reason;
        self.base.allow.clone_from(&config.allow);
        self.all = resolver.layer(config.source.path().to_owned(), &config.all);
        self.exclude = patterns(&config.folder, &config.exclude);
        for one in &config.overrides {
            let line = config.source.lines().line(one.span.start);
            let place = format!("{}, override on line {line}", config.source.path());
            self.overrides.push((patterns(&config.folder, &one.paths), resolver.layer(place, &one.set)));
        }
        for provides in &config.provides {
            let paths = (!provides.paths.is_empty()).then(|| patterns(&config.folder, &provides.paths));
            if let Some(statement) = resolver.statement(&provides.statement) {
                self.provides.push(Provided { paths, shortcode: provides.shortcode.clone(), statement });
            }
        }
    }

    /// Markets of articles that name none, where no override says otherwise.
    #[must_use]
    pub fn markets(&self) -> Vec<Market> {
        self.make(&[], &[]).markets
    }

    /// Statements that the site adds to some article or other: indices into
    /// [`RuleSets::statements`], in order, each once.
    #[must_use]
    pub fn provided(&self) -> Vec<usize> {
        let all: BTreeSet<usize> = self.provides.iter().map(|one| one.statement).collect();
        all.into_iter().collect()
    }

    /// Which overrides hold for a path: their indices in the config.
    #[must_use]
    pub fn overrides_for(&self, path: &Path) -> Vec<usize> {
        let holds = |(patterns, _): &(PathPatterns, Layer)| patterns.matches(&self.working, path);
        self.overrides.iter().enumerate().filter(|(_, one)| holds(one)).map(|(at, _)| at).collect()
    }

    /// Which statements the site adds to the article at a path: indices into `provides`.
    fn provides_for(&self, path: &Path) -> Vec<usize> {
        let holds = |one: &Provided| one.paths.as_ref().is_none_or(|patterns| patterns.matches(&self.working, path));
        self.provides.iter().enumerate().filter(|(_, one)| holds(one)).map(|(at, _)| at).collect()
    }

    /// The settings of the article at a path.
    #[must_use]
    pub fn options(&self, path: &Path) -> LintOptions {
        self.make(&self.overrides_for(path), &self.provides_for(path))
    }

    /// How the settings of the article at a path come about: after each layer that
    /// holds for it, where the layer is set and what holds then. The first layer is
    /// the rule sets themselves.
    #[must_use]
    pub fn stages(&self, path: &Path) -> Vec<(&str, LintOptions)> {
        let overrides = self.overrides_for(path);
        let provides = self.provides_for(path);
        let layers = self.layers(&overrides);
        let stage = |count: usize| {
            let place = count.checked_sub(1).map_or("the rule sets", |last| layers[last].place.as_str());
            (place, self.apply(&layers[..count], &provides))
        };
        (0..=layers.len()).map(stage).collect()
    }

    fn make(&self, overrides: &[usize], provides: &[usize]) -> LintOptions {
        self.apply(&self.layers(overrides), provides)
    }

    /// The layers that hold under some overrides, in order.
    fn layers(&self, overrides: &[usize]) -> Vec<&Layer> {
        let mut layers = vec![&self.all];
        layers.extend(overrides.iter().map(|&at| &self.overrides[at].1));
        layers.push(&self.flags);
        layers
    }

    /// What some layers make, one on the other.
    fn apply(&self, layers: &[&Layer], provides: &[usize]) -> LintOptions {
        let mut options = self.base.clone();
        for layer in layers {
            layer.apply(&mut options);
        }
        let mut board = Switchboard::new(&mut options);
        for layer in layers {
            layer.switch(&mut board);
        }
        board.restore_fixed();
        for &at in provides {
            let one = &self.provides[at];
            match &one.shortcode {
                Some(shortcode) => options.provides_by_shortcode.push((shortcode.clone(), one.statement)),
                None => options.provides.push(one.statement),
            }
        }
        options
    }
}

/// Makes the settings of articles, each combination of overrides once.
#[derive(Debug)]
pub struct OptionsByPath<'s> {
    settings: &'s Settings,
    made: BTreeMap<(Vec<usize>, Vec<usize>), Arc<LintOptions>>,
}

impl<'s> OptionsByPath<'s> {
    /// For articles of one run.
    #[must_use]
    pub fn new(settings: &'s Settings) -> Self {
        Self { settings, made: BTreeMap::new() }
    }

    /// The settings of the article at a path.
    pub fn get(&mut self, path: &Path) -> Arc<LintOptions> {
        let (overrides, provides) = (self.settings.overrides_for(path), self.settings.provides_for(path));
        let settings = self.settings;
        let made = self.made.entry((overrides, provides));
        Arc::clone(made.or_insert_with_key(|(overrides, provides)| Arc::new(settings.make(overrides, provides))))
    }
}

impl Layer {
    /// Sets what is no matter of rules.
    fn apply(&self, options: &mut LintOptions) {
        fn set<T: Clone>(slot: &mut T, value: Option<&T>) {
            if let Some(value) = value {
                slot.clone_from(value);
            }
        }
        set(&mut options.markets, self.markets.as_ref());
        set(&mut options.product_kinds, self.product_kinds.as_ref());
        set(&mut options.language, self.lang.as_ref());
        options.audience = self.audience.clone().or(options.audience.take());
        options.kind = self.kind.clone().or(options.kind.take());
    }

    /// Switches rules on and off.
    fn switch(&self, board: &mut Switchboard<'_>) {
        for &(target, level) in &self.levels {
            board.level(target, level);
        }
        if let Some(select) = &self.select {
            board.select(select);
        }
        board.ignore(&self.ignore);
    }
}

/// Looks up ids and collects what is wrong with them.
struct Resolver<'a> {
    selector: Selector<'a>,
    rulesets: &'a RuleSets,
    faults: SettingsFaults,
}

impl Resolver<'_> {
    fn flags(&mut self, flags: &Flags) -> Layer {
        let select = self.find_flag("--select", &flags.select);
        Layer {
            place: "the command line".to_owned(),
            select: (!flags.select.is_empty()).then_some(select),
            ignore: self.find_flag("--ignore", &flags.ignore),
            markets: (!flags.markets.is_empty()).then(|| flags.markets.clone()),
            ..Layer::default()
        }
    }

    fn layer(&mut self, place: String, set: &Scoped) -> Layer {
        let mut levels = Vec::new();
        for (rule, level) in &set.levels {
            levels.extend(self.find(rule, true).into_iter().map(|target| (target, *level)));
        }
        Layer {
            place,
            levels,
            select: set.select.as_ref().map(|rules| self.find_all(rules, false)),
            ignore: self.find_all(&set.ignore, true),
            markets: set.markets.clone(),
            product_kinds: set.product_kinds.clone(),
            audience: set.audience.clone(),
            kind: set.kind.clone(),
            lang: set.lang.clone(),
        }
    }

    fn find_all(&mut self, rules: &[Placed<String>], changes: bool) -> Vec<Target> {
        rules.iter().flat_map(|rule| self.find(rule, changes)).collect()
    }

    /// The rules of an entry in the config. `changes` is set where their levels would change.
    fn find(&mut self, rule: &Placed<String>, changes: bool) -> Vec<Target> {
        match lookup(self.selector, &rule.value, changes) {
            Ok(targets) => targets,
            Err(message) => {
                let help = advice_on_key(&rule.value).unwrap_or_else(|| LIST_HELP.to_owned());
                self.faults.config.push(ConfigFault::new(rule.span, message).help(help).kind(FaultKind::UnknownId));
                Vec::new()
            }
        }
    }

    fn find_flag(&mut self, flag: &'static str, rules: &[String]) -> Vec<Target> {
        let mut targets = Vec::new();
        for rule in rules {
            match lookup(self.selector, rule, flag == "--ignore") {
                Ok(found) => targets.extend(found),
                Err(reason) => {
                    let help = Some(format!("{LIST_HELP}. Nothing was checked."));
                    self.faults.flags.push(Error::Flag { flag, reason, help });
                }
            }
        }
        targets
    }

    /// The statement of that id: `ruleset/statement`, or `statement` where it is unique.
    fn statement(&mut self, id: &Placed<String>) -> Option<usize> {
        let statements = &self.rulesets.statements;
        let name = |id: &str| id.split_once('/').map_or(id.to_owned(), |(_, name)| name.to_owned());
        let fits: Vec<usize> = (0..statements.len())
            .filter(|&at| statements[at].id == id.value || name(&statements[at].id) == id.value)
            .collect();
        let exact = fits.iter().copied().find(|&at| statements[at].id == id.value);
        if let Some(at) = exact {
            return Some(at);
        }
        if let [at] = fits[..] {
            return Some(at);
        }
        let ids = || statements.iter().map(|statement| statement.id.as_str());
        let message = if fits.is_empty() {
            format!("no rule set has a statement '{}'{}", id.value, suggest::did_you_mean(&id.value, ids()))
        } else {
            let ids: Vec<&str> = fits.iter().map(|&at| statements[at].id.as_str()).collect();
            format!("'{}' may mean {}; write which", id.value, ids.join(" or "))
        };
        self.faults.config.push(ConfigFault::new(id.span, message).kind(FaultKind::UnknownId));
        None
    }
}

/// Compiled path patterns; bad ones were told when the config was read.
fn patterns(folder: &Path, written: &[Placed<String>]) -> PathPatterns {
    PathPatterns::new(folder, written.iter().map(|pattern| pattern.value.as_str())).0
}

const LIST_HELP: &str = "`caveat rules list` shows all rules";

/// The rules that `written` stands for, those that nothing switches off among
/// them only when they are named one by one for no change.
fn lookup(selector: Selector<'_>, written: &str, changes: bool) -> Result<Vec<Target>, String> {
    let mut targets = selector.find(written)?;
    if changes {
        if let [target] = targets[..]
            && is_fixed(target)
        {
            return Err(format!("'{written}' cannot be changed: a file that was not checked is always told"));
        }
        targets.retain(|&target| !is_fixed(target));
    }
    Ok(targets)
}
