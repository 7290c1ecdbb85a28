//! What the tests of the generator share.

#![allow(dead_code, reason = "no test file uses all of it")]

pub(crate) mod oracle;
pub(crate) mod trial;

use kratos_traits_codegen::{Options, generate};

/// The Rust for `schema`, under the name `guest`.
#[track_caller]
pub(crate) fn written(schema: &str) -> String {
    match generate("guest", "guest.json", schema, &Options::new()) {
        Ok(generated) => generated.rust,
        Err(errors) => {
            assert_eq!(errors.to_string(), "", "the schema is refused");
            String::new()
        }
    }
}

/// The row of the table for the trait at `path`, as it is written there, without the path.
#[track_caller]
pub(crate) fn row(rust: &str, path: &str) -> String {
    let start = format!("\n    {path}: ");
    let (_, table) = rust.split_once("::schema! {").expect("there is a table");
    let (_, after) = table.split_once(&start).expect("there is a row");
    let (row, _) = after.split_once(";\n").expect("the row ends");
    String::from(row)
}

/// The errors in `schema`, a line each.
#[track_caller]
pub(crate) fn said(schema: &str) -> String {
    let errors = generate("guest", "guest.json", schema, &Options::new())
        .expect_err("the schema should be refused");
    let errors = errors.into_iter().filter(|one| one.code.is_none());
    let lines: Vec<String> = errors.map(|one| one.to_string()).collect();
    lines.join("\n")
}

/// The warnings about a schema that is taken, a line each.
#[track_caller]
pub(crate) fn warned(schema: &str) -> Vec<String> {
    match generate("guest", "guest.json", schema, &Options::new()) {
        Ok(generated) => generated.warnings.iter().map(ToString::to_string).collect(),
        Err(errors) => {
            assert_eq!(errors.to_string(), "", "the schema is refused");
            Vec::new()
        }
    }
}

/// A schema whose traits are `members`, which begin in line 2, column 1.
pub(crate) fn with_traits(members: &str) -> String {
    format!(
        "{{ \"properties\": {{ \"traits\": {{ \"type\": \"object\", \"properties\": {{\n{members}\n}}, \"additionalProperties\": false }} }} }}"
    )
}

/// The schema with these members is refused with exactly these lines.
#[track_caller]
pub(crate) fn refuses(members: &str, lines: &[&str]) {
    assert_eq!(said(&with_traits(members)), lines.join("\n"));
}
