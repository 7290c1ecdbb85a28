//! What kratos-traits promises of its speed, measured beside its rivals in one run on the same schemas.
//!
//! Run with `cargo run --release` in this folder. Prints a line for each promise, and fails when one is broken. What is not
//! installed is left out loudly: `cargo-typify` (0.8.0) and `quicktype` have to be on the PATH.

mod derives;
mod library;
mod linear;
mod measure;
mod process;
mod rustc;
mod schemas;
mod typify;

use std::process::ExitCode;

use measure::Report;

fn main() -> ExitCode {
    let mut report = Report::default();
    library::run(&mut report);
    linear::run(&mut report);
    process::run(&mut report);
    rustc::run(&mut report);
    derives::run(&mut report);
    report.end()
}
