//! The example schemas and the Rust that is committed beside them.
//!
//! `KRATOS_TRAITS_BLESS=1 cargo test -p kratos-traits-codegen --test golden` writes the Rust anew.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

use kratos_traits_codegen::{Options, generate, generate_file};

const EXAMPLES: [&str; 3] = ["customer", "member", "subscriber"];

fn schemas() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../schemas")
}

#[test]
fn the_committed_rust_is_what_is_emitted() {
    for name in EXAMPLES {
        let file = format!("schemas/{name}.schema.json");
        let schema = fs::read_to_string(schemas().join(format!("{name}.schema.json"))).unwrap();
        let rust = generate(name, &file, &schema, &Options::new())
            .unwrap()
            .rust;
        let committed = schemas().join(format!("{name}.rs"));
        if env::var_os("KRATOS_TRAITS_BLESS").is_some() {
            fs::write(&committed, &rust).unwrap();
        }
        let old = fs::read_to_string(&committed).unwrap_or_default();
        assert!(
            old == rust,
            "{} is not what is emitted now; if that is meant, run this test with KRATOS_TRAITS_BLESS=1",
            committed.display()
        );
    }
}

#[test]
fn the_committed_rust_is_in_the_layout_of_rustfmt() {
    let committed = EXAMPLES.map(|name| schemas().join(format!("{name}.rs")));
    rustfmt_changes_nothing(&committed);
}

/// As after a `cargo fmt` of the crate that the file lies in: `--check` must not be surprised.
#[test]
fn rustfmt_leaves_a_module_alone() {
    let folder = tempfile::TempDir::new().unwrap();
    let files = EXAMPLES.map(|name| {
        let schema = schemas().join(format!("{name}.schema.json"));
        let options = Options::new().module(name);
        let generated = generate_file(name, schema, &options).unwrap();
        let file = folder.path().join(format!("{name}.rs"));
        fs::write(&file, generated.rust).unwrap();
        file
    });
    rustfmt_changes_nothing(&files);
}

#[expect(clippy::print_stderr, reason = "a check that did not run says so")]
#[track_caller]
fn rustfmt_changes_nothing(files: &[PathBuf]) {
    for edition in ["2021", "2024"] {
        let mut rustfmt = Command::new("rustfmt");
        rustfmt.args(["--check", "--edition", edition]).args(files);
        match rustfmt.output() {
            Err(error) => eprintln!("not checked: rustfmt does not run here ({error})"),
            Ok(output) if String::from_utf8_lossy(&output.stderr).contains("is not installed") => {
                eprintln!("not checked: rustfmt is not installed here");
            }
            Ok(output) => assert!(
                output.status.success(),
                "edition {edition}: {}{}",
                String::from_utf8_lossy(&output.stdout),
                String::from_utf8_lossy(&output.stderr)
            ),
        }
    }
}
