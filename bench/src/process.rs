//! The command as a whole process, beside cargo-typify's and quicktype's.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::{env, fs};

use crate::measure::{Report, medians, ratio};
use crate::schemas;

pub(crate) fn run(report: &mut Report) {
    let ours = build();
    let rivals = [("cargo-typify", 10.0, 31), ("quicktype", 100.0, 7)];
    for (rival, least, rounds) in rivals {
        let Some(theirs) = find(rival) else {
            report.skip(&format!("command beside {rival}"), "it is not on the PATH");
            continue;
        };
        for name in schemas::EXAMPLES {
            let schema = schemas::path(name);
            let [mine, others] = medians(
                rounds,
                [
                    &mut || quietly(Command::new(&ours).arg("generate").arg(&schema)),
                    &mut || quietly(&mut command(rival, &theirs, &schema)),
                ],
            );
            let what = format!("command beside {rival}, {name}");
            let detail = format!("{mine:.1?} and {others:.1?}");
            report.at_least(&what, ratio(others, mine), least, &detail);
        }
    }
}

fn command(rival: &str, program: &Path, schema: &Path) -> Command {
    let mut command = Command::new(program);
    if rival == "quicktype" {
        command
            .args(["--src-lang", "schema", "--lang", "rust"])
            .arg(schema);
    } else {
        command
            .args(["typify", "--no-builder", "--output", "-"])
            .arg(schema);
    }
    command
}

fn quietly(command: &mut Command) {
    let status = command.stdout(Stdio::null()).stderr(Stdio::null()).status();
    assert!(status.expect("it starts").success(), "{command:?} fails");
}

/// Our command, built as it is released.
fn build() -> PathBuf {
    let folder = crate::rustc::folder().join("command");
    let mut cargo = Command::new(env!("CARGO"));
    cargo
        .args([
            "build",
            "--release",
            "--quiet",
            "--features",
            "cli",
            "--manifest-path",
        ])
        .arg(schemas::repository().join("codegen/Cargo.toml"))
        .arg("--target-dir")
        .arg(&folder);
    assert!(
        cargo.status().expect("cargo starts").success(),
        "the command builds"
    );
    folder.join("release/kratos-traits")
}

pub(crate) fn find(program: &str) -> Option<PathBuf> {
    let paths = env::var_os("PATH")?;
    let found = env::split_paths(&paths).map(|folder| folder.join(program));
    found
        .into_iter()
        .find(|file| fs::metadata(file).is_ok_and(|file| file.is_file()))
}
