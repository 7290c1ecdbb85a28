//! `Config`, the front end for build scripts.

use std::path::Path;
use std::process::{Command, Output};
use std::time::{Duration, SystemTime};
use std::{env, fs};

use crate::common::with_traits;
use kratos_traits_codegen::Config;
use tempfile::TempDir;

fn folder_with(files: &[(&str, &str)]) -> TempDir {
    let folder = TempDir::new().expect("a temporary folder");
    for (name, text) in files {
        fs::write(folder.path().join(name), text).expect("a file in it");
    }
    folder
}

fn entries(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(folder)
        .expect("a folder")
        .map(|entry| {
            entry
                .expect("an entry")
                .file_name()
                .to_string_lossy()
                .into_owned()
        })
        .collect();
    names.sort();
    names
}

#[test]
fn writes_a_file_for_each_schema() {
    let schema = with_traits(r#""x": {}"#);
    let folder = folder_with(&[("a.json", &schema), ("b.json", &schema)]);
    let out = TempDir::new().unwrap();
    let config = Config::new()
        .schema("guest", folder.path().join("a.json"))
        .schema("big-guest", folder.path().join("b.json"))
        .out_dir(out.path())
        .runtime_path("::kt");
    let written = config.try_compile().unwrap();
    assert_eq!(
        written,
        [out.path().join("guest.rs"), out.path().join("big-guest.rs")]
    );
    assert_eq!(entries(out.path()), ["big-guest.rs", "guest.rs"]);
    let rust = fs::read_to_string(&written[1]).unwrap();
    assert!(
        rust.contains("::kt::schema! {\n    format 1: BigGuestTraits;\n"),
        "{rust}"
    );
}

#[test]
fn settings_of_one_schema_win_over_those_of_all() {
    let folder = folder_with(&[("a.json", &with_traits(r#""x": {}"#))]);
    let config = Config::new()
        .base(folder.path())
        .runtime_path("::wide")
        .schema("one", "a.json")
        .schema("other", "a.json")
        .options("one", |options| options.runtime_path("::narrow"));
    let outputs = config.generate().unwrap();
    for (output, runtime) in outputs.iter().zip(["::narrow", "::wide"]) {
        let text = format!("use {runtime}::generated::*;");
        assert!(output.rust.contains(&text), "{}", output.rust);
    }
}

#[test]
fn paths_are_relative_to_the_package_and_emitted_without_what_is_above() {
    let out = TempDir::new().unwrap();
    for path in [
        Path::new("../schemas/customer.schema.json").to_path_buf(),
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../schemas/customer.schema.json"),
    ] {
        let config = Config::new().schema("customer", path).out_dir(out.path());
        let written = config.try_compile().unwrap();
        let rust = fs::read_to_string(&written[0]).unwrap();
        assert!(
            rust.contains("    pub CustomerTraits from \"customer.schema.json\";\n"),
            "{rust}"
        );
    }
}

#[test]
fn a_file_that_is_right_is_left_alone() {
    let folder = folder_with(&[("a.json", &with_traits(r#""x": {}"#))]);
    let config = || {
        Config::new()
            .schema("guest", folder.path().join("a.json"))
            .out_dir(folder.path())
    };
    let written = config().try_compile().unwrap();
    let old = SystemTime::now() - Duration::from_secs(3600);
    let file = fs::File::options().append(true).open(&written[0]).unwrap();
    file.set_modified(old).unwrap();
    drop(file);
    let modified = || fs::metadata(&written[0]).unwrap().modified().unwrap();
    let before = modified();
    config().try_compile().unwrap();
    assert_eq!(modified(), before);
    fs::write(folder.path().join("a.json"), with_traits(r#""y": {}"#)).unwrap();
    config().try_compile().unwrap();
    assert!(modified() > before);
}

#[test]
fn all_problems_of_all_files_and_nothing_written() {
    let folder = folder_with(&[
        ("good.json", &with_traits(r#""x": {}"#)),
        ("bad.json", "{}"),
        ("worse.json", "x"),
        ("bom.json", "\u{feff}{}"),
    ]);
    fs::write(
        folder.path().join("latin.json"),
        b"{ \"title\": \"Gr\xf6\xdfe\" }",
    )
    .unwrap();
    let out = TempDir::new().unwrap();
    let mut config = Config::new().out_dir(out.path());
    for name in ["good", "bad", "worse", "none", "bom", "latin"] {
        config = config.schema(name, folder.path().join(format!("{name}.json")));
    }
    config = config.schema("good", folder.path().join("good.json"));
    let errors = config.try_compile().unwrap_err().to_string();
    let errors = errors.replace(&format!("{}/", folder.path().display()), "");
    let not_found = fs::read("/no such file").unwrap_err();
    let expected = [
        "bad.json:1:1: `properties.traits`, the schema of the traits, is missing; write `\"traits\": { \"type\": \"object\", \"properties\": { … } }` inside `\"properties\"`",
        "worse.json:1:1: not JSON: expected value; write the identity schema as one JSON object",
        &format!("none.json:1:1: cannot read this file ({not_found}); check its path"),
        "bom.json:1:1: the file starts with a byte order mark, which Kratos does not read; save it as UTF-8 without one",
        "latin.json:1:1: not UTF-8 (the first 14 bytes are); save the file as UTF-8",
        "good.json:1:1: the name \"good\" is taken by good.json; write another name",
    ];
    let taken = errors.replace(
        &format!("taken by {}/", folder.path().display()),
        "taken by ",
    );
    assert_eq!(taken, expected.join("\n"));
    assert!(entries(out.path()).is_empty());
}

#[test]
fn a_folder_that_is_not_there() {
    let folder = folder_with(&[("a.json", &with_traits(r#""x": {}"#))]);
    let out = folder.path().join("none");
    let config = Config::new()
        .schema("guest", folder.path().join("a.json"))
        .out_dir(&out);
    let errors = config.try_compile().unwrap_err();
    let problem = &errors.problems()[0];
    assert_eq!(problem.file, out.join("guest.rs").to_string_lossy());
    assert!(
        problem.message.starts_with("cannot write this file ("),
        "{errors}"
    );
    assert!(
        problem.message.ends_with("); name a folder that exists"),
        "{errors}"
    );
}

/// What `compile` prints and how it ends: this test binary runs itself, because a build script ends its process.
fn compiled(schema: &Path, out_dir: Option<&Path>) -> Output {
    let mut child = Command::new(env::current_exe().expect("this test binary"));
    child
        .args([
            "--exact",
            "config::as_a_build_script",
            "--ignored",
            "--nocapture",
        ])
        .env("KRATOS_TRAITS_TEST_SCHEMA", schema)
        .env_remove("OUT_DIR");
    if let Some(out_dir) = out_dir {
        child.env("OUT_DIR", out_dir);
    }
    child.output().expect("it runs again")
}

#[test]
#[ignore = "run by the tests below, in a process of its own"]
fn as_a_build_script() {
    let schema = env::var_os("KRATOS_TRAITS_TEST_SCHEMA").unwrap();
    Config::new().schema("guest", schema).compile();
}

#[test]
fn a_build_script_writes_to_out_dir_and_tells_cargo() {
    let folder = folder_with(&[("a.json", &with_traits(r#""x": {}"#))]);
    let schema = folder.path().join("a.json");
    let output = compiled(&schema, Some(folder.path()));
    let stdout = String::from_utf8(output.stdout).unwrap();
    assert!(output.status.success(), "{stdout}");
    assert!(
        stdout.contains(&format!("cargo:rerun-if-changed={}\n", schema.display())),
        "{stdout}"
    );
    assert_eq!(entries(folder.path()), ["a.json", "guest.rs"]);
}

#[test]
fn a_build_script_fails_with_status_1_and_the_lines_on_stderr() {
    let folder = folder_with(&[("a.json", "{")]);
    let schema = folder.path().join("a.json");
    let output = compiled(&schema, Some(folder.path()));
    assert_eq!(output.status.code(), Some(1));
    let stdout = String::from_utf8(output.stdout).unwrap();
    assert!(
        stdout.contains(&format!("cargo:rerun-if-changed={}\n", schema.display())),
        "{stdout}"
    );
    assert_eq!(
        String::from_utf8(output.stderr).unwrap(),
        format!(
            "error: not JSON: EOF while parsing an object; write the identity schema as one JSON object\n --> {}:1:1\n  |\n1 | {{\n  | ^\n",
            schema.display()
        )
    );
    assert_eq!(entries(folder.path()), ["a.json"]);
}

#[test]
fn without_out_dir() {
    let folder = folder_with(&[("a.json", &with_traits(r#""x": {}"#))]);
    let output = compiled(&folder.path().join("a.json"), None);
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(
        String::from_utf8(output.stderr).unwrap(),
        "error: the variable `OUT_DIR` is not set; call this in a build script, or write `.out_dir(…)`\n--> build.rs\n"
    );
}
