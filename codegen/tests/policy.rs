//! Traits that the settings deny to updaters, or allow.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use crate::common::with_traits;
use kratos_traits_codegen::{Config, Options, generate};

/// Nothing to warn of: a report has all problems.
const PLAIN_TRAITS: &str = r#""role": { "type": "string" }"#;
const TRAITS: &str = r#"
    "role": { "type": "string" },
    "name": { "type": "object", "properties": { "first": { "type": "string" }, "last": { "type": "string" } } },
    "a.b": { "type": "string" }
"#;

/// The paths that the emitted table says updaters may not change.
fn denied(options: &Options) -> Vec<String> {
    let rust = generate("guest", "guest.json", &with_traits(TRAITS), options)
        .unwrap()
        .rust;
    let rows = rust.lines().filter(|row| row.contains(", denied"));
    let path_of = |row: &str| String::from(row.trim().split_once(": ").unwrap().0);
    rows.map(path_of).collect()
}

#[test]
fn denied_paths_are_marked_in_the_table() {
    let options = Options::new().deny("role").deny("name.last").deny(r"a\.b");
    assert_eq!(denied(&options), ["role", "name.last", "\"a.b\""]);
    assert_eq!(denied(&Options::new()), [""; 0]);
}

#[test]
fn traits_that_are_not_allowed_are_denied() {
    let options = Options::new().allow("name.first");
    assert_eq!(denied(&options), ["role", "name.last", "\"a.b\""]);
    let options = Options::new().allow("name").deny("name.last");
    assert_eq!(denied(&options), ["role", "name.last", "\"a.b\""]);
}

#[test]
fn an_unknown_path_is_an_error() {
    let options = Options::new().deny("rolle").allow("name.middle");
    let schema = with_traits(PLAIN_TRAITS);
    let errors = generate("guest", "guest.json", &schema, &options).unwrap_err();
    assert_eq!(
        errors.to_string(),
        "`Options::deny`: there is no trait `rolle` to deny; did you mean `role`?\n\
         `Options::allow`: there is no trait `name.middle` to allow; write the path of a trait, such as `name.first`"
    );
}

#[test]
fn problems_of_a_build_script_name_its_call() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("guest.json"), with_traits(PLAIN_TRAITS)).unwrap();
    let config = Config::new()
        .base(folder.path())
        .schema("guest", "guest.json");
    let errors = config.deny("guest", "rolle").generate().unwrap_err();
    assert_eq!(
        errors.rendered(),
        "error: `.deny(…)`: there is no trait `rolle` to deny; did you mean `role`?\n--> build.rs"
    );
}

#[test]
fn a_policy_for_an_unknown_schema_is_an_error() {
    let folder = tempfile::tempdir().unwrap();
    let config = Config::new().deny("guest", "role").out_dir(folder.path());
    let errors = config.try_compile().unwrap_err();
    assert_eq!(
        errors.to_string(),
        "build.rs:1:1: there is no schema \"guest\" to configure; call `.schema(\"guest\", …)` first"
    );
}
