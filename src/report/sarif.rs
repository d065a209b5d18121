//! `sarif`: SARIF 2.1.0, with the types that serde-sarif makes from the published schema.
//!
//! Results are written as they are made; the tool with its rules comes last, since
//! only the rules that found something are listed. Columns count Unicode scalar
//! values, as `columnKind` says.

use std::collections::BTreeMap;
use std::io::{self, Write};

use serde::Serialize;
use serde_sarif::sarif;

use crate::diagnostic::{Authority, Diagnostic, Fix, Label, Severity};
use crate::source::{SourceFile, Span};

use super::{FileCounts, Reporter, RuleEntry, RunHeader};

/// Where the schema is published.
const SCHEMA: &str = "https://json.schemastore.org/sarif-2.1.0.json";

/// The key of our fingerprint among `partialFingerprints`.
const FINGERPRINT: &str = "caveat/v1";

/// Writes SARIF.
pub(super) struct Sarif<'a, W> {
    out: W,
    run: &'a RunHeader,
    started: bool,
    written: usize,
    /// Rules that found something, and their index in the tool's `rules`.
    indices: BTreeMap<String, usize>,
    rules: Vec<sarif::ReportingDescriptor>,
}

impl<'a, W: Write> Sarif<'a, W> {
    pub(super) fn new(out: W, run: &'a RunHeader) -> Self {
        Self { out, run, started: false, written: 0, indices: BTreeMap::new(), rules: Vec::new() }
    }

    /// Writes what comes before the results, once.
    fn head(&mut self) -> io::Result<()> {
        if !std::mem::replace(&mut self.started, true) {
            write!(self.out, "{{\"$schema\":\"{SCHEMA}\",\n\"version\":\"2.1.0\",\n")?;
            write!(self.out, "\"runs\":[{{\"columnKind\":\"unicodeCodePoints\",\n\"results\":[")?;
        }
        Ok(())
    }

    /// The index of a rule in the tool's `rules`, where it is listed when first met.
    fn rule_index(&mut self, diagnostic: &Diagnostic) -> usize {
        if let Some(index) = self.indices.get(&diagnostic.rule) {
            return *index;
        }
        let index = self.rules.len();
        let entry = self.run.rule(&diagnostic.rule);
        self.rules.push(
            entry.map_or_else(|| sarif::ReportingDescriptor::builder().id(diagnostic.rule.clone()).build(), descriptor),
        );
        self.indices.insert(diagnostic.rule.clone(), index);
        index
    }

    fn tool(&mut self) -> sarif::Tool {
        let driver = sarif::ToolComponent::builder()
            .name(env!("CARGO_PKG_NAME"))
            .version(env!("CARGO_PKG_VERSION"))
            .semantic_version(env!("CARGO_PKG_VERSION"))
            .short_description(text(env!("CARGO_PKG_DESCRIPTION")))
            .rules(std::mem::take(&mut self.rules))
            .build();
        sarif::Tool::builder().driver(driver).build()
    }

    /// What the run was made with, under keys of our own.
    fn properties(&self, files: FileCounts) -> io::Result<sarif::PropertyBag> {
        let run = self.run;
        let markets: Vec<&str> = run.markets.iter().map(|market| market.name()).collect();
        Ok(bag([
            ("asOf", serde_json::to_value(run.as_of.to_string())?),
            ("markets", serde_json::to_value(markets)?),
            ("rulesets", serde_json::to_value(&run.rulesets)?),
            ("inputs", serde_json::to_value(&run.inputs)?),
            ("files", serde_json::to_value(files)?),
        ]))
    }
}

impl<W: Write> Reporter for Sarif<'_, W> {
    fn article(&mut self, source: Option<&SourceFile>, diagnostics: &[Diagnostic]) -> io::Result<()> {
        self.head()?;
        let files: Vec<&SourceFile> = source.into_iter().chain(&self.run.sources).collect();
        for diagnostic in diagnostics {
            let index = self.rule_index(diagnostic);
            let result = result(diagnostic, index, &files);
            let comma = if self.written == 0 { "" } else { "," };
            write!(self.out, "{comma}\n{}", line(&result)?)?;
            self.written += 1;
        }
        Ok(())
    }

    fn finish(&mut self, files: FileCounts) -> io::Result<()> {
        self.head()?;
        let (tool, properties) = (line(&self.tool())?, line(&self.properties(files)?)?);
        write!(self.out, "],\n\"tool\":{tool},\n\"properties\":{properties}}}]}}\n")?;
        self.out.flush()
    }
}

fn line(value: &impl Serialize) -> io::Result<String> {
    Ok(serde_json::to_string(value)?)
}

fn text(text: impl Into<String>) -> sarif::MultiformatMessageString {
    sarif::MultiformatMessageString::builder().text(text).build()
}

fn message(text: impl Into<String>) -> sarif::Message {
    sarif::Message::builder().text(text.into()).build()
}

fn bag(values: impl IntoIterator<Item = (&'static str, serde_json::Value)>) -> sarif::PropertyBag {
    let values: BTreeMap<String, serde_json::Value> =
        values.into_iter().map(|(key, value)| (key.to_owned(), value)).collect();
    sarif::PropertyBag::builder().additional_properties(values).build()
}

/// What SARIF tells about a rule once.
fn descriptor(rule: &RuleEntry) -> sarif::ReportingDescriptor {
    let why = rule.why.clone().unwrap_or_else(|| rule.message.clone());
    let help = rule.help.clone().unwrap_or_else(|| why.clone());
    let cited: Vec<String> = rule.authority.iter().map(cite).collect();
    let markdown = if cited.is_empty() { help.clone() } else { format!("{help}\n\n- {}\n", cited.join("\n- ")) };
    let mut descriptor = sarif::ReportingDescriptor::builder()
        .id(rule.id.clone())
        .short_description(text(rule.message.clone()))
        .full_description(text(why))
        .help(sarif::MultiformatMessageString::builder().text(help).markdown(markdown).build())
        .default_configuration(sarif::ReportingConfiguration::builder().level(rule.level.name()).build())
        .properties(sarif::PropertyBag::builder().tags(vec![rule.category.name().to_owned()]).build())
        .build();
    descriptor.help_uri = rule.authority.iter().find_map(|authority| authority.url.clone());
    descriptor
}

fn cite(authority: &Authority) -> String {
    let Authority { citation, url, .. } = authority;
    url.as_ref().map_or_else(|| citation.clone(), |url| format!("[{citation}]({url})"))
}

fn result(diagnostic: &Diagnostic, rule_index: usize, files: &[&SourceFile]) -> sarif::Result {
    let level = match diagnostic.severity {
        Severity::Error => sarif::ResultLevel::Error,
        Severity::Warning => sarif::ResultLevel::Warning,
        Severity::Note => sarif::ResultLevel::Note,
    };
    let fingerprints = BTreeMap::from([(FINGERPRINT.to_owned(), diagnostic.fingerprint.clone())]);
    let mut result = sarif::Result::builder()
        .rule_id(diagnostic.rule.clone())
        .rule_index(to_i64(rule_index))
        .level(level)
        .message(message(diagnostic.message.clone()))
        .locations(vec![location(&diagnostic.path, diagnostic.span, files)])
        .partial_fingerprints(fingerprints)
        .build();
    let related: Vec<sarif::Location> =
        diagnostic.labels.iter().enumerate().map(|(id, label)| related(id, label, files)).collect();
    result.related_locations = (!related.is_empty()).then_some(related);
    let fixes: Vec<sarif::Fix> = diagnostic.fixes.iter().map(|fixed| fix(&diagnostic.path, fixed, files)).collect();
    result.fixes = (!fixes.is_empty()).then_some(fixes);
    if let (false, Ok(also)) = (diagnostic.also.is_empty(), serde_json::to_value(&diagnostic.also)) {
        result.properties = Some(bag([("also", also)]));
    }
    result
}

/// Where a span is. For the file as a whole it is the first line: code scanning on GitHub
/// shows no result without a line.
fn location(path: &str, span: Span, files: &[&SourceFile]) -> sarif::Location {
    let mut physical = sarif::PhysicalLocation::builder().artifact_location(artifact(path)).build();
    let file = files.iter().find(|file| file.path() == path && file.contains(span));
    physical.region = match file {
        _ if span == Span::default() => Some(sarif::Region::builder().start_line(1_i64).build()),
        file => file.map(|file| region(file, span)),
    };
    sarif::Location::builder().physical_location(physical).build()
}

fn related(id: usize, label: &Label, files: &[&SourceFile]) -> sarif::Location {
    let mut location = location(&label.path, label.span, files);
    location.id = Some(to_i64(id));
    location.message = Some(message(label.message.clone()));
    location
}

fn fix(path: &str, fix: &Fix, files: &[&SourceFile]) -> sarif::Fix {
    let file = files.iter().find(|file| file.path() == path);
    let replacements: Vec<sarif::Replacement> = fix
        .edits
        .iter()
        .filter_map(|edit| {
            let region = file.filter(|file| file.contains(edit.span)).map(|file| region(file, edit.span))?;
            let content = sarif::ArtifactContent::builder().text(edit.text.clone()).build();
            Some(sarif::Replacement::builder().deleted_region(region).inserted_content(content).build())
        })
        .collect();
    let change = sarif::ArtifactChange::builder().artifact_location(artifact(path)).replacements(replacements).build();
    sarif::Fix::builder().description(message(fix.message.clone())).artifact_changes(vec![change]).build()
}

/// The place of a span, in bytes and in lines and columns.
fn region(file: &SourceFile, span: Span) -> sarif::Region {
    let (start, end) = (file.position(span.start), file.position(span.end));
    sarif::Region::builder()
        .byte_offset(to_i64(span.start))
        .byte_length(to_i64(span.len()))
        .start_line(to_i64(start.line))
        .start_column(to_i64(start.column))
        .end_line(to_i64(end.line))
        .end_column(to_i64(end.column))
        .build()
}

fn to_i64(number: usize) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

/// Where a file is: relative paths to the root of the sources, absolute ones on their own.
fn artifact(path: &str) -> sarif::ArtifactLocation {
    let path = path.strip_prefix("./").unwrap_or(path);
    if let Some(("", rest)) = path.split_once('/') {
        return sarif::ArtifactLocation::builder().uri(format!("file:///{}", encode(rest))).build();
    }
    // On Windows an absolute path leads with its drive.
    if let Some((drive, rest)) = path.split_once(":/") {
        return sarif::ArtifactLocation::builder().uri(format!("file:///{drive}:/{}", encode(rest))).build();
    }
    sarif::ArtifactLocation::builder().uri(encode(path)).uri_base_id("%SRCROOT%").build()
}

/// Percent-encodes what may not stand in the path of an address (RFC 3986, section 3.3).
fn encode(path: &str) -> String {
    use std::fmt::Write;
    path.bytes().fold(String::with_capacity(path.len()), |mut text, byte| {
        match byte {
            b'A'..=b'Z'
            | b'a'..=b'z'
            | b'0'..=b'9'
            | b'-'
            | b'.'
            | b'_'
            | b'~'
            | b'/'
            | b':'
            | b'@'
            | b'!'
            | b'$'
            | b'&'
            | b'\''
            | b'('
            | b')'
            | b'*'
            | b'+'
            | b','
            | b';'
            | b'=' => text.push(char::from(byte)),
            _ => {
                let _ = write!(text, "%{byte:02X}");
            }
        }
        text
    })
}
