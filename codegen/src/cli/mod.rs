//! The command line: `kratos-traits generate FILE`.

mod diff;
mod flags;
mod generate;
mod name;
mod report;

use std::io::{self, ErrorKind, Write as _};
use std::process::ExitCode;

use clap::{Parser, Subcommand};
use kratos_traits_codegen::Problem;

use self::report::MessageFormat;

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
        Err(error) if error.use_stderr() && MessageFormat::is_json_asked() => {
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
