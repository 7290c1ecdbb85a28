//! The door for people: `kratos-traits generate FILE`.

use std::fs;
use std::io::{self, ErrorKind, Write as _};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Parser, Subcommand};
use kratos_traits_codegen::{Options, generate_file};

/// Typed Rust traits from an Ory Kratos identity schema.
#[derive(Debug, Parser)]
#[command(name = "kratos-traits", version)]
pub(crate) struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Write Rust for an identity schema, to stdout or to a file.
    Generate {
        /// The identity schema, such as schemas/customer.schema.json.
        file: PathBuf,
        /// The name that the types begin with; from the file name if not given.
        #[arg(long)]
        name: Option<String>,
        /// The file to write instead of stdout.
        #[arg(long, value_name = "PATH")]
        out: Option<PathBuf>,
    },
}

pub(crate) fn run() -> ExitCode {
    let Command::Generate { file, name, out } = Cli::parse().command;
    let name = name.unwrap_or_else(|| name_of(&file));
    let rust = match generate_file(&name, &file, &Options::new()) {
        Ok(generated) => {
            for warning in &generated.warnings {
                say(&format!("{}\n", warning.rendered()));
            }
            generated.rust
        }
        Err(errors) => return failure(&errors.rendered()),
    };
    match out {
        Some(path) => match fs::write(&path, rust) {
            Ok(()) => ExitCode::SUCCESS,
            Err(error) => failure(&format!(
                "{}:1:1: cannot write this file ({error}); name a folder that exists",
                path.display()
            )),
        },
        None => match io::stdout().lock().write_all(rust.as_bytes()) {
            // Whoever reads has enough: no failure of ours.
            Err(error) if error.kind() != ErrorKind::BrokenPipe => {
                failure(&format!("cannot write to stdout ({error})"))
            }
            _ => ExitCode::SUCCESS,
        },
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

/// `schemas/customer.schema.json` → `customer`.
fn name_of(file: &Path) -> String {
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    let mut stem = name.rsplit_once('.').map_or(&*name, |(stem, _)| stem);
    while let Some((rest, kind)) = stem.rsplit_once('.')
        && matches!(kind, "schema" | "identity" | "traits" | "kratos")
    {
        stem = rest;
    }
    stem.chars()
        .map(|c| {
            if c.is_ascii_alphanumeric() || c == '-' {
                c
            } else {
                '_'
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::name_of;
    use std::path::Path;

    #[test]
    fn names_from_files() {
        for (file, name) in [
            ("schemas/customer.schema.json", "customer"),
            ("customer.identity.schema.json", "customer"),
            ("identity.schema.json", "identity"),
            ("v1.customer.json", "v1_customer"),
            ("b2b-customer.json", "b2b-customer"),
            ("customer", "customer"),
        ] {
            assert_eq!(name_of(Path::new(file)), name, "{file}");
        }
    }
}
