//! The command `kratos-traits`.

mod cli;

use std::process::ExitCode;

fn main() -> ExitCode {
    cli::run()
}
