//! What the generated module costs rustc: `cargo check` without incremental compilation, less that of an empty crate.

use std::fmt::Write as _;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::SystemTime;

use crate::library::ours;
use crate::measure::{Report, each, least, unit};
use crate::{schemas, typify};

/// The cost of one module is lost in the noise, so this many copies are compiled together.
const COPIES: usize = 20;
const ROUNDS: usize = 7;

pub(crate) fn run(report: &mut Report) {
    let subject = Subject::new();
    let empty = subject.file("empty", "");
    for name in schemas::EXAMPLES {
        let text = schemas::text(name);
        let their_module = typify::generate(&text);
        let (mut our_file, mut their_file) = (String::new(), String::new());
        for copy in 0..COPIES {
            let our_module = ours(&format!("{name}{copy}"), &text);
            let _ = writeln!(our_file, "pub mod m{copy} {{\n{our_module}\n}}");
            let _ = writeln!(their_file, "pub mod m{copy} {{\n{their_module}\n}}");
        }
        let our_file = subject.file("ours", &our_file);
        let their_file = subject.file("theirs", &their_file);
        let [empty, ours, theirs] = least(
            ROUNDS,
            [
                &mut || subject.check(&empty),
                &mut || subject.check(&our_file),
                &mut || subject.check(&their_file),
            ],
        );
        let [ours, theirs] = [ours, theirs].map(|time| each(time, empty, COPIES));
        report.at_most(
            &format!("rustc beside typify's module, {name}"),
            ours / theirs,
            0.8,
            &format!("{ours:.1} ms and {theirs:.1} ms {}", unit()),
        );
    }
    for width in [100, 1_000] {
        wide_object(report, &subject, &empty, width);
    }
}

/// The module of one wide object, beside a struct with the same members and serde's derives. Nothing is promised of it: the
/// derives are the bulk of the cost, and the widest of 223 real schemas has 17 traits.
fn wide_object(report: &mut Report, subject: &Subject, empty: &Path, width: usize) {
    let ours = subject.file(
        &format!("wide_ours_{width}"),
        &ours("wide", &schemas::flat(width)),
    );
    let serde = subject.file(&format!("wide_serde_{width}"), &by_hand(width));
    let [empty, ours, serde] = least(
        3,
        [
            &mut || subject.check(empty),
            &mut || subject.check(&ours),
            &mut || subject.check(&serde),
        ],
    );
    let [ours, serde] = [ours, serde].map(|time| each(time, empty, width));
    report.show(
        &format!("rustc beside serde's derives, an object of {width}"),
        ours / serde,
        &format!("{ours:.2} ms and {serde:.2} ms a trait {}", unit()),
    );
}

/// What one would write by hand for [`schemas::flat`].
fn by_hand(width: usize) -> String {
    let mut rust = "#[derive(Clone, Debug, Default, PartialEq, ::serde::Serialize, ::serde::Deserialize)]\npub struct Wide {\n".to_owned();
    for member in 0..width {
        let _ = writeln!(
            rust,
            "    #[serde(default, skip_serializing_if = \"Option::is_none\")]\n    pub member{member}: Option<String>,"
        );
    }
    rust.push_str("}\n");
    rust
}

/// The crate that rustc is measured on.
pub(crate) struct Subject(PathBuf);

impl Subject {
    /// Builds its dependencies.
    pub(crate) fn new() -> Self {
        let folder = folder().join("subject");
        fs::create_dir_all(&folder).expect("a folder");
        let subject = Self(folder);
        subject.check(&subject.file("empty", ""));
        subject
    }

    pub(crate) fn file(&self, name: &str, rust: &str) -> PathBuf {
        let file = self.0.join(format!("{name}.rs"));
        fs::write(&file, rust).expect("a file");
        file
    }

    /// Checks the crate with this file as its only content.
    pub(crate) fn check(&self, file: &Path) {
        output(&mut self.cargo_check(file), file);
    }

    /// The instructions that rustc needs to check the crate, counted by valgrind.
    pub(crate) fn instructions(&self, file: &Path) -> u64 {
        let cargo = self.cargo_check(file);
        let mut valgrind = Command::new("valgrind");
        valgrind
            .args(["--tool=cachegrind", "--cache-sim=no"])
            .args(["--cachegrind-out-file=/dev/null", "--trace-children=yes"])
            .arg(cargo.get_program())
            .args(cargo.get_args());
        for (name, value) in cargo.get_envs() {
            valgrind.env(name, value.expect("nothing is unset"));
        }
        // Each process writes its command and its count, and starts a line with its id.
        let said = output(&mut valgrind, file);
        let mut commands = said.lines().filter_map(|line| line.split_once("Command: "));
        let (id, _) = commands
            .find(|(_, command)| command.contains("--crate-name subject"))
            .expect("cargo starts rustc");
        let mut counts = said
            .lines()
            .filter_map(|line| line.strip_prefix(id)?.split_once("refs:"));
        let (_, count) = counts.next_back().expect("valgrind counts instructions");
        count.trim().replace(',', "").parse().expect("a number")
    }

    fn cargo_check(&self, file: &Path) -> Command {
        // Cargo would do nothing for a file that it checked last.
        let touched = File::options().append(true).open(file);
        let touched = touched.and_then(|file| file.set_modified(SystemTime::now()));
        touched.expect("a file of ours");
        let mut cargo = Command::new(env!("CARGO"));
        cargo
            .args([
                "check",
                "--quiet",
                "--package",
                "subject",
                "--manifest-path",
            ])
            .arg(concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.toml"))
            .arg("--target-dir")
            .arg(&self.0)
            .env("CARGO_INCREMENTAL", "0")
            .env("KRATOS_TRAITS_BENCH_SUBJECT", file);
        cargo
    }
}

/// Runs the command, and returns what it wrote to stderr.
fn output(command: &mut Command, file: &Path) -> String {
    let output = command.output().expect("it starts");
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(
        output.status.success(),
        "{} does not compile:\n{said}",
        file.display()
    );
    said
}

/// Where this benchmark puts what it builds.
pub(crate) fn folder() -> PathBuf {
    let program = std::env::current_exe().expect("this program");
    program.parent().expect("its folder").join("bench")
}
