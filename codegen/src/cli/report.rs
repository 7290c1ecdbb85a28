//! Writes problems to stderr.

use std::env;
use std::ffi::OsString;
use std::io::{IsTerminal as _, stderr};

use clap::ValueEnum;
use kratos_traits_codegen::Problem;

/// How problems are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(super) enum MessageFormat {
    /// In the layout of rustc.
    #[default]
    Text,
    /// One JSON object a line.
    Json,
}

impl MessageFormat {
    /// Whether the command line asks for JSON; also for a command line that clap refuses.
    pub(super) fn is_json_asked() -> bool {
        let words: Vec<_> = env::args_os().collect();
        let is_one = words.iter().any(|word| word == "--message-format=json");
        let two = |pair: &[OsString]| pair[0] == "--message-format" && pair[1] == "json";
        is_one || words.windows(2).any(two)
    }

    #[expect(clippy::print_stderr, reason = "stdout is for the code")]
    pub(super) fn report(self, problems: &[Problem]) {
        let is_colored = has_colors();
        for (index, problem) in problems.iter().enumerate() {
            match self {
                Self::Text if index > 0 => eprintln!("\n{}", problem.annotated(is_colored)),
                Self::Text => eprintln!("{}", problem.annotated(is_colored)),
                Self::Json => eprintln!("{}", problem.to_json()),
            }
        }
    }
}

/// Whether stderr is a terminal that shows colors, and <https://no-color.org> is not asked for.
fn has_colors() -> bool {
    let is_set = |name| env::var_os(name).is_some_and(|value| !value.is_empty());
    let is_dumb = env::var_os("TERM").is_none_or(|term| term == "dumb");
    stderr().is_terminal() && !is_set("NO_COLOR") && !is_dumb
}
