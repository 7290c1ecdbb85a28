//! The door for people: `kratos-traits generate FILE`.

mod diff;
mod generate;
mod name;

use std::io::{self, ErrorKind, Write as _};
use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// Typed Rust traits from an Ory Kratos identity schema.
#[derive(Debug, Parser)]
#[command(name = "kratos-traits", version)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Write Rust for identity schemas, to stdout or to files.
    Generate(Box<generate::Arguments>),
    /// Print the JSON Schema of the settings file `kratos-traits.toml`, for editors.
    ConfigSchema,
}

pub(crate) fn run() -> ExitCode {
    match Cli::parse().command {
        Command::Generate(arguments) => generate::run(&arguments),
        Command::ConfigSchema => print(&kratos_traits_codegen::settings_schema()),
    }
}

fn print(text: &str) -> ExitCode {
    match io::stdout().lock().write_all(text.as_bytes()) {
        // Whoever reads has enough: no failure of ours.
        Err(error) if error.kind() != ErrorKind::BrokenPipe => {
            failure(&format!("cannot write to stdout ({error})"))
        }
        _ => ExitCode::SUCCESS,
    }
}

fn failure(message: &str) -> ExitCode {
    say(message);
    ExitCode::FAILURE
}

#[expect(clippy::print_stderr, reason = "a command talks to people on stderr")]
fn say(message: &str) {
    eprintln!("{message}");
}
