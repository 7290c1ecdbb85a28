//! How the command reports problems: as text and as JSON lines, and what it blames.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use crate::common::with_traits;
use tempfile::TempDir;

fn command() -> Command {
    Command::new(env!("CARGO_BIN_EXE_kratos-traits"))
}

fn generate(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = command();
    command.current_dir(folder).arg("generate").args(arguments);
    command.output().expect("the command runs")
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

fn folder(file: &str, schema: &str) -> TempDir {
    let folder = TempDir::new().expect("a temporary folder");
    fs::write(folder.path().join(file), schema).expect("a file in it");
    folder
}

/// The problems that were printed as JSON: file, line, severity, code.
fn json(report: &[u8]) -> Vec<String> {
    let report = text(report);
    let problems = report.lines().map(|line| {
        let problem: serde_json::Value = serde_json::from_str(line).expect("a line is JSON");
        assert!(problem["message"].as_str().is_some_and(|one| one.len() > 5));
        let of = |key: &str| problem[key].to_string().replace('"', "");
        format!(
            "{}:{} {} {}",
            of("file"),
            of("line"),
            of("severity"),
            of("code")
        )
    });
    problems.collect()
}

#[test]
fn problems_as_json_lines() {
    let format = ["--message-format", "json"];
    let schema = with_traits("\"x\": { \"format\": \"phone\" },\n\"a.b\": {}");
    let folder = folder("guest.json", &schema);
    let run = |arguments: &[&str]| generate(folder.path(), &[arguments, &format].concat());
    let warnings = [
        "guest.json:2 warning unknown-format",
        "guest.json:3 warning dotted-trait-name",
    ];
    let output = run(&["guest.json"]);
    assert!(output.status.success());
    assert_eq!(json(&output.stderr), warnings);
    assert!(text(&output.stdout).contains("pub struct GuestTraits {"));

    let output = run(&["guest.json", "--check", "--out", "guest.rs"]);
    assert_eq!(output.status.code(), Some(1));
    let and_file = [&warnings[..], &["guest.rs:1 error null"]].concat();
    assert_eq!(json(&output.stderr), and_file);
    assert_eq!(text(&output.stdout), "");

    let denied = run(&["guest.json", "--deny-warning", "unknown-format"]);
    assert_eq!(denied.status.code(), Some(2));
    let errors = ["guest.json:2 error unknown-format", warnings[1]];
    assert_eq!(json(&denied.stderr), errors);

    let output = run(&["guest.json", "guest.json"]);
    assert_eq!(json(&output.stderr), ["guest.json:1 error null"]);
    fs::copy(
        folder.path().join("guest.json"),
        folder.path().join("b.json"),
    )
    .unwrap();
    let output = run(&["guest.json", "b.json"]);
    let of_no_file = "null:null error null";
    assert_eq!(json(&output.stderr).last().unwrap(), of_no_file);

    // What is wrong with the command line itself.
    let output = run(&["guest.json", "--made-up"]);
    assert_eq!(output.status.code(), Some(2));
    assert_eq!(json(&output.stderr), [of_no_file]);

    // Before the subcommand, too.
    let mut command = command();
    command.current_dir(folder.path()).args(format);
    let output = command.args(["generate", "none.json"]).output().unwrap();
    assert_eq!(json(&output.stderr), ["none.json:1 error null"]);
}

#[test]
fn a_wrong_flag_is_blamed() {
    let schema = with_traits(r#""role": { "$ref": "https://example.org/a.json" }"#);
    let folder = folder("guest.json", &schema);
    for (flags, report) in [
        (
            ["--deny-warning", "unknown-fromat"],
            "error: `--deny-warning`: there is no warning \"unknown-fromat\"; did you mean `unknown-format`?\n",
        ),
        (
            ["--visibility", "public"],
            "error: `--visibility`: the visibility \"public\" is not valid; write `pub`, `pub(crate)`, `pub(super)`, `pub(in crate::PATH)` or `private`\n",
        ),
        (
            ["--debug", "all"],
            "error: `--debug`: the `debug` output \"all\" is not valid; write `redacted` or `values`\n",
        ),
        (
            ["--allow", "rolle"],
            "error: `--allow`: there is no trait `rolle` to allow; did you mean `role`?\n",
        ),
    ] {
        let output = generate(folder.path(), &[&["guest.json"][..], &flags].concat());
        assert_eq!(output.status.code(), Some(2));
        let found = text(&output.stderr);
        assert!(found.starts_with(report), "{found}");
    }
    // A setting of all schemas is wrong once.
    fs::write(folder.path().join("b.json"), &schema).unwrap();
    let flags = ["guest.json", "b.json", "--deny-warning", "x"];
    let output = generate(folder.path(), &flags);
    assert_eq!(
        text(&output.stderr)
            .matches("error: `--deny-warning`")
            .count(),
        1
    );
    let output = generate(folder.path(), &["guest.json"]);
    let found = text(&output.stderr);
    for way in [
        "`--map-ref https://example.org/a.json=FILE`",
        "`.map_ref(NAME, \"https://example.org/a.json\", \"FILE\")`",
        "`refs.\"https://example.org/a.json\" = \"FILE\"`",
    ] {
        assert!(found.contains(way), "{found}");
    }
}
