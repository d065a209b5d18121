//! Standard output and standard error, with their colours.

use std::io::{self, BufWriter, IsTerminal, StderrLock, StdoutLock, Write};

use miette::{GraphicalReportHandler, GraphicalTheme};

use crate::cli::ColorChoice;
use crate::error::Error;
use crate::report::{Problem, render};
use crate::source::SourceFile;

/// The two streams of the process.
#[derive(Clone, Copy, Debug)]
pub struct Terminal {
    color_stdout: bool,
    color_stderr: bool,
}

impl Terminal {
    /// Decides on colours once: the flag, then `NO_COLOR`, then whether a terminal listens.
    #[must_use]
    pub fn new(choice: ColorChoice) -> Self {
        let color = |is_terminal: bool| match choice {
            ColorChoice::Always => true,
            ColorChoice::Never => false,
            ColorChoice::Auto => {
                is_terminal
                    && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty())
                    && std::env::var_os("TERM").is_none_or(|value| value != "dumb")
            }
        };
        Self { color_stdout: color(io::stdout().is_terminal()), color_stderr: color(io::stderr().is_terminal()) }
    }

    /// Whether findings on standard output are coloured.
    #[must_use]
    pub fn color_stdout(self) -> bool {
        self.color_stdout
    }

    /// Whether messages on standard error are coloured.
    #[must_use]
    pub fn color_stderr(self) -> bool {
        self.color_stderr
    }

    /// Standard output, buffered. When its reader goes away, the rest is dropped
    /// without an error, so that the exit status still tells what was found.
    pub fn stdout(self) -> impl Write + use<> {
        Forgiving::Open(BufWriter::with_capacity(1 << 16, io::stdout().lock()))
    }

    /// Standard error.
    pub fn stderr(self) -> StderrLock<'static> {
        io::stderr().lock()
    }

    /// Prints one line to standard error.
    pub fn note(self, line: &str) {
        // Nobody is left to tell when standard error is closed.
        let _ = writeln!(self.stderr(), "{line}");
    }

    /// Prints a fault of a config or rule set with the lines it points at, which are
    /// looked up in `files` by path.
    pub fn problem(self, files: &[&SourceFile], problem: &Problem<'_>) {
        let _ = self.stderr().write_all(render(files, problem, self.color_stderr).as_bytes());
    }

    /// Prints what ended the run.
    pub fn fatal(self, error: &Error) {
        let theme = if self.color_stderr { GraphicalTheme::unicode() } else { GraphicalTheme::unicode_nocolor() };
        let mut text = String::new();
        let handler = GraphicalReportHandler::new_themed(theme).with_links(false).with_wrap_lines(false);
        let _ = match handler.render_report(&mut text, error) {
            Ok(()) => write!(self.stderr(), "{text}"),
            Err(_) => writeln!(self.stderr(), "error: {error}"),
        };
    }
}

/// A writer that goes silent when its reader is gone.
enum Forgiving {
    Open(BufWriter<StdoutLock<'static>>),
    Closed,
}

impl Forgiving {
    /// Turns a broken pipe into silence.
    fn forgive<T>(&mut self, result: io::Result<T>, silent: T) -> io::Result<T> {
        match result {
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => {
                if let Self::Open(writer) = std::mem::replace(self, Self::Closed) {
                    // Its buffer must not be written when it is dropped.
                    let _ = writer.into_parts();
                }
                Ok(silent)
            }
            other => other,
        }
    }
}

impl Write for Forgiving {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Self::Open(writer) => {
                let result = writer.write(bytes);
                self.forgive(result, bytes.len())
            }
            Self::Closed => Ok(bytes.len()),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            Self::Open(writer) => {
                let result = writer.flush();
                self.forgive(result, ())
            }
            Self::Closed => Ok(()),
        }
    }
}
