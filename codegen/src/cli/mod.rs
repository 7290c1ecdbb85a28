//! The command line: `kratos-traits generate FILE`. The status is 0 if all is well, 1 if `--check` finds a difference, 2 after an error.

mod flags;
mod generate;

use std::env;
use std::ffi::OsString;
use std::io::{self, ErrorKind, IsTerminal as _, Write as _};
use std::process::ExitCode;

use clap::{CommandFactory as _, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;
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
    /// When problems on stderr have colors; `auto`: on a terminal, unless NO_COLOR is set.
    #[arg(long, global = true, value_enum, value_name = "WHEN", default_value_t)]
    color: Color,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Write Rust for identity schemas, to stdout or to files.
    Generate(Box<generate::Arguments>),
    /// Print the JSON Schema of the settings file `kratos-traits.toml`, for editors.
    ConfigSchema,
    /// Print the completions for a shell.
    Completions {
        /// The shell.
        shell: Shell,
    },
}

/// The status if `--check` finds a difference.
const DIFFERS: u8 = 1;

/// The status after an error, as that of clap.
const FAILED: u8 = 2;

pub(crate) fn run() -> ExitCode {
    let Cli {
        command,
        message_format,
        color,
    } = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) if error.use_stderr() && MessageFormat::is_json_given() => {
            let message = error.to_string();
            let message = message.strip_prefix("error: ").unwrap_or(&message);
            report(
                &[Problem::new(message.trim_end())],
                MessageFormat::Json,
                Color::Never,
            );
            return ExitCode::from(FAILED);
        }
        Err(error) => error.exit(),
    };
    let report = |problems: &[Problem]| report(problems, message_format, color);
    let done = match command {
        Command::Generate(arguments) => generate::run(&arguments, report),
        Command::ConfigSchema => {
            print(&kratos_traits_codegen::settings_schema()).map(|()| Vec::new())
        }
        Command::Completions { shell } => print(&completions(shell)).map(|()| Vec::new()),
    };
    match done {
        Ok(differences) if differences.is_empty() => ExitCode::SUCCESS,
        Ok(differences) => {
            report(&differences);
            ExitCode::from(DIFFERS)
        }
        Err(problems) => {
            report(&problems);
            ExitCode::from(FAILED)
        }
    }
}

fn completions(shell: Shell) -> String {
    let mut command = Cli::command();
    let name = command.get_name().to_owned();
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut command, name, &mut script);
    String::from_utf8_lossy(&script).into_owned()
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
}

/// When problems have colors.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
enum Color {
    #[default]
    Auto,
    Always,
    Never,
}

impl Color {
    /// Whether stderr gets colors: <https://no-color.org> is about `auto`.
    fn is_on(self) -> bool {
        let is_set = |name| env::var_os(name).is_some_and(|value| !value.is_empty());
        let is_dumb = env::var_os("TERM").is_none_or(|term| term == "dumb");
        match self {
            Self::Always => true,
            Self::Never => false,
            Self::Auto => io::stderr().is_terminal() && !is_set("NO_COLOR") && !is_dumb,
        }
    }
}

#[expect(clippy::print_stderr, reason = "stdout is for the code")]
fn report(problems: &[Problem], format: MessageFormat, color: Color) {
    let is_colored = color.is_on();
    let (between, show): (_, fn(&Problem, bool) -> String) = match format {
        MessageFormat::Text => ("\n\n", Problem::annotated),
        MessageFormat::Json => ("\n", |problem, _| problem.to_json()),
    };
    let shown: Vec<String> = problems.iter().map(|one| show(one, is_colored)).collect();
    if !shown.is_empty() {
        eprintln!("{}", shown.join(between));
    }
}
