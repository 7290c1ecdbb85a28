//! The command line: `kratos-traits generate FILE`.

mod flags;
mod generate;

use std::env;
use std::ffi::OsString;
use std::io::{self, ErrorKind, IsTerminal as _, Write as _};
use std::process::ExitCode;

use clap::{Parser, Subcommand, ValueEnum};
use kratos_traits_codegen::Problem;

/// Typed Rust traits from an Ory Kratos identity schema.
#[derive(Debug, Parser)]
#[command(name = "kratos-traits", version)]
struct Cli {
    #[command(subcommand)]
    command: Command,
    /// How problems are written to stderr: for people, or as one JSON object a line.
    #[arg(
        long,
        global = true,
        value_enum,
        value_name = "FORMAT",
        default_value_t
    )]
    message_format: MessageFormat,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Write Rust for identity schemas, to stdout or to files.
    Generate(Box<generate::Arguments>),
    /// Print the JSON Schema of the settings file `kratos-traits.toml`, for editors.
    ConfigSchema,
}

pub(crate) fn run() -> ExitCode {
    let Cli {
        command,
        message_format,
    } = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) if error.use_stderr() && MessageFormat::is_json_given() => {
            let message = error.to_string();
            let message = message.strip_prefix("error: ").unwrap_or(&message);
            MessageFormat::Json.report(&[Problem::new(message.trim_end())]);
            return ExitCode::from(2);
        }
        Err(error) => error.exit(),
    };
    let done = match command {
        Command::Generate(arguments) => generate::run(&arguments, message_format),
        Command::ConfigSchema => print(&kratos_traits_codegen::settings_schema()),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(problems) => {
            message_format.report(&problems);
            ExitCode::FAILURE
        }
    }
}

fn print(text: &str) -> Result<(), Vec<Problem>> {
    match io::stdout().lock().write_all(text.as_bytes()) {
        // The reader has closed the pipe: not a failure of this command.
        Err(error) if error.kind() != ErrorKind::BrokenPipe => {
            let message = format!("cannot write to stdout ({error})");
            Err(vec![Problem::new(message)])
        }
        _ => Ok(()),
    }
}

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
    pub(super) fn is_json_given() -> bool {
        let words: Vec<_> = env::args_os().collect();
        let is_one = words.iter().any(|word| word == "--message-format=json");
        let two = |pair: &[OsString]| pair[0] == "--message-format" && pair[1] == "json";
        is_one || words.windows(2).any(two)
    }

    #[expect(clippy::print_stderr, reason = "stdout is for the code")]
    pub(super) fn report(self, problems: &[Problem]) {
        let is_colored = has_colors();
        let (between, show): (_, fn(&Problem, bool) -> String) = match self {
            Self::Text => ("\n\n", Problem::annotated),
            Self::Json => ("\n", |problem, _| problem.to_json()),
        };
        let shown: Vec<String> = problems.iter().map(|one| show(one, is_colored)).collect();
        if !shown.is_empty() {
            eprintln!("{}", shown.join(between));
        }
    }
}

/// Whether stderr is a terminal that shows colors, and <https://no-color.org> does not forbid them.
fn has_colors() -> bool {
    let is_set = |name| env::var_os(name).is_some_and(|value| !value.is_empty());
    let is_dumb = env::var_os("TERM").is_none_or(|term| term == "dumb");
    io::stderr().is_terminal() && !is_set("NO_COLOR") && !is_dumb
}
