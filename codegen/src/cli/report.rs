//! Problems on stderr.

use clap::ValueEnum;
use kratos_traits_codegen::Problem;

/// How problems are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(super) enum MessageFormat {
    /// As rustc shows them.
    #[default]
    Text,
    /// One JSON object a line.
    Json,
}

impl MessageFormat {
    #[expect(clippy::print_stderr, reason = "stdout is for the code")]
    pub(super) fn report(self, problems: &[Problem]) {
        for (index, problem) in problems.iter().enumerate() {
            match self {
                Self::Text if index > 0 => eprintln!("\n{}", problem.rendered()),
                Self::Text => eprintln!("{}", problem.rendered()),
                Self::Json => eprintln!("{}", problem.to_json()),
            }
        }
    }
}
