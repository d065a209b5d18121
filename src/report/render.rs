//! The look of everything that points into a file, article or TOML alike.

use std::io::Write;

use codespan_reporting::diagnostic as codespan;
use codespan_reporting::term::{self, Styles, StylesWriter, termcolor};

use crate::diagnostic::{Label, Severity};
use crate::source::{SourceFile, Span};

use super::excerpt::{Excerpt, Excerpts};

/// A finding or a fault, ready to be shown.
#[derive(Clone, Debug)]
pub struct Problem<'a> {
    /// How grave it is.
    pub severity: Severity,
    /// The rule's id, if there is a rule.
    pub code: Option<&'a str>,
    /// One sentence that makes sense alone.
    pub message: &'a str,
    /// The file it stands in.
    pub path: &'a str,
    /// The words to underline; `None` for the file as a whole.
    pub span: Option<Span>,
    /// What stands under the words.
    pub label: &'a str,
    /// Other places that help.
    pub labels: &'a [Label],
    /// Lines below: help, authority.
    pub notes: Vec<String>,
}

/// Shows a problem with the lines it points at, which are looked up in `files` by path.
/// Ends in an empty line.
///
/// A place in a file that is not among `files` is told in words.
#[must_use]
pub fn render(files: &[&SourceFile], problem: &Problem<'_>, color: bool) -> String {
    let mut shown = codespan::Diagnostic::new(match problem.severity {
        Severity::Error => codespan::Severity::Error,
        Severity::Warning => codespan::Severity::Warning,
        Severity::Note => codespan::Severity::Note,
    });
    shown.message = one_line(problem.message);
    shown.code = problem.code.map(one_line);
    let mut places: Vec<Place<'_>> = Vec::new();
    let mut notes: Vec<String> = Vec::new();
    match (problem.span, files.iter().find(|file| file.path() == problem.path)) {
        (Some(span), Some(file)) if file.contains(span) => {
            places.push(Place { file, span, primary: true, message: problem.label });
        }
        _ => notes.push(format!("in {}", problem.path)),
    }
    for label in problem.labels {
        match files.iter().find(|file| file.path() == label.path && file.contains(label.span)) {
            Some(file) => places.push(Place { file, span: label.span, primary: false, message: &label.message }),
            None => notes.push(format!("{} ({})", label.message, label.path)),
        }
    }
    let excerpts = excerpts(&places);
    for place in &places {
        shown.labels.extend(place.labels(&excerpts));
    }
    notes.extend(problem.notes.iter().cloned());
    shown.notes = notes.iter().map(|note| note.chars().map(visible).collect()).collect();
    write(&excerpts, &shown, color)
}

/// A place to mark.
struct Place<'a> {
    file: &'a SourceFile,
    span: Span,
    primary: bool,
    message: &'a str,
}

impl Place<'_> {
    /// One label per line; the last one says what the place is.
    fn labels(&self, excerpts: &Excerpts<'_>) -> Vec<codespan::Label<usize>> {
        let Some(id) = excerpts.0.iter().position(|excerpt| excerpt.is_of(self.file)) else { return Vec::new() };
        let style = if self.primary { codespan::LabelStyle::Primary } else { codespan::LabelStyle::Secondary };
        let ranges = excerpts.0[id].ranges(self.span);
        let last = ranges.len().saturating_sub(1);
        let labels = ranges.into_iter().enumerate().map(|(at, range)| {
            let message = if at == last { one_line(self.message) } else { String::new() };
            codespan::Label::new(style, id, range).with_message(message)
        });
        labels.collect()
    }
}

/// One excerpt per file, in the order in which the files are first named.
fn excerpts<'a>(places: &[Place<'a>]) -> Excerpts<'a> {
    let mut files: Vec<(&'a SourceFile, Vec<Span>)> = Vec::new();
    for place in places {
        match files.iter_mut().find(|(file, _)| std::ptr::eq(*file, place.file)) {
            Some((_, spans)) => spans.push(place.span),
            None => files.push((place.file, vec![place.span])),
        }
    }
    Excerpts(files.into_iter().map(|(file, spans)| Excerpt::new(file, &spans)).collect())
}

fn write(excerpts: &Excerpts<'_>, shown: &codespan::Diagnostic<usize>, color: bool) -> String {
    let mut buffer = Vec::new();
    let config = term::Config::default();
    let result = if color {
        let styles = Styles::default();
        let mut writer = StylesWriter::new(termcolor::Ansi::new(&mut buffer), &styles);
        term::emit_to_write_style(&mut writer, &config, excerpts, shown)
    } else {
        term::emit_to_io_write(&mut buffer, &config, excerpts, shown)
    };
    if result.is_err() {
        // Every place was checked against its file, so this is a fault of this module;
        // the message must reach the reader all the same.
        debug_assert!(false, "cannot render {shown:?}: {result:?}");
        buffer.clear();
        let _ = writeln!(buffer, "{}\n", shown.message);
    }
    String::from_utf8_lossy(&buffer).lines().map(str::trim_end).fold(String::new(), |text, line| text + line + "\n")
}

/// Text for one line of a terminal: no line ends, no control characters.
pub(super) fn one_line(text: &str) -> String {
    text.split(['\n', '\r'])
        .map(str::trim)
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
        .chars()
        .map(visible)
        .collect()
}

/// The character, or a sign in the place of one that steers a terminal.
fn visible(c: char) -> char {
    match c {
        '\n' | '\t' => c,
        _ if c.is_control() => '\u{fffd}',
        '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => '\u{fffd}',
        _ => c,
    }
}
