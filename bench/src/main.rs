//! What kratos-traits promises about its speed, measured beside its rivals in one run on the same schemas.
//!
//! Run with `cargo run --release` in this folder, or with `-- derives` for that part alone. Prints a line for each promise, and
//! fails when one is broken. A part whose tools are missing is reported as skipped: `cargo-typify` (0.8.0) and `quicktype` have
//! to be on the PATH, and `valgrind` for the part `instructions`, which runs only when it is named.

mod build;
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

/// Its name, and what measures it.
type Part = (&'static str, fn(&mut Report));

fn main() -> ExitCode {
    let parts: [Part; 7] = [
        ("library", library::run),
        ("linear", linear::run),
        ("process", process::run),
        ("rustc", rustc::run),
        ("derives", derives::run),
        ("build", build::run),
        ("instructions", derives::instructions),
    ];
    let asked: Vec<String> = std::env::args().skip(1).collect();
    let mut report = Report::default();
    for (name, run) in parts {
        let by_default = asked.is_empty() && name != "instructions";
        if by_default || asked.iter().any(|one| one == name) {
            run(&mut report);
        }
    }
    report.end()
}
