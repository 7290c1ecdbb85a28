//! rustc's time for the emitted module, beside that for typify's: `cargo check` without incremental compilation, less that of an empty crate.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use kratos_traits_codegen::{Options, generate};

use crate::measure::{Report, medians};
use crate::{schemas, typify};

/// So many copies of a module are timed together: one is lost in the noise.
const COPIES: usize = 20;

pub(crate) fn run(report: &mut Report) {
    let subject = Subject::new();
    let empty = subject.file("empty", "");
    for name in schemas::EXAMPLES {
        let text = schemas::text(name);
        let their_module = typify::generate(&text);
        let (mut ours, mut theirs) = (String::new(), String::new());
        for copy in 0..COPIES {
            let name = format!("{name}{copy}");
            let generated = generate(&name, "x.json", &text, &Options::new());
            let module = generated.expect("it is taken").rust;
            let _ = writeln!(ours, "pub mod m{copy} {{\n{module}\n}}");
            let _ = writeln!(theirs, "pub mod m{copy} {{\n{their_module}\n}}");
        }
        let ours = subject.file("ours", &ours);
        let theirs = subject.file("theirs", &theirs);
        let [empty, ours, theirs] = medians(
            7,
            [
                &mut || subject.check(&empty),
                &mut || subject.check(&ours),
                &mut || subject.check(&theirs),
            ],
        );
        let each = |time: Duration| time.saturating_sub(empty).as_secs_f64() * 1e3 / COPIES as f64;
        let (ours, theirs) = (each(ours), each(theirs));
        let what = format!("rustc beside typify's module, {name}");
        let detail = format!("{ours:.1} ms and {theirs:.1} ms");
        report.at_most(&what, ours / theirs, 0.5, &detail);
    }
    wide_objects(report, &subject, &empty);
}

/// What a trait costs in a wide object, beside one in an object of a tenth of the width.
fn wide_objects(report: &mut Report, subject: &Subject, empty: &Path) {
    let [narrow, wide] = [100, 1_000].map(|width| {
        let generated = generate("wide", "x.json", &schemas::flat(width), &Options::new());
        let rust = generated.expect("it is taken").rust;
        subject.file(&format!("flat{width}"), &rust)
    });
    let [empty, narrow, wide] = medians(
        7,
        [
            &mut || subject.check(empty),
            &mut || subject.check(&narrow),
            &mut || subject.check(&wide),
        ],
    );
    let each = |time: Duration, width: f64| time.saturating_sub(empty).as_secs_f64() * 1e3 / width;
    let (narrow, wide) = (each(narrow, 100.0), each(wide, 1_000.0));
    // Quadratic time would make this 10.
    report.at_most(
        "rustc for a trait of an object of 1,000 beside one of 100",
        wide / narrow,
        2.0,
        &format!("{wide:.2} ms and {narrow:.2} ms"),
    );
}

/// The crate that rustc is timed on.
pub(crate) struct Subject(PathBuf);

impl Subject {
    /// Builds what it depends on.
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

    pub(crate) fn check(&self, file: &Path) {
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
        let output = cargo.output().expect("cargo starts");
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(
            output.status.success(),
            "{} is refused:\n{said}",
            file.display()
        );
    }
}

/// Where this benchmark puts what it builds.
pub(crate) fn folder() -> PathBuf {
    let program = std::env::current_exe().expect("this program");
    program.parent().expect("its folder").join("bench")
}
