//! Helpers for the tests of the generator.

#![allow(dead_code, reason = "no test file uses all of it")]

pub(crate) mod oracle;
pub(crate) mod trial;

use kratos_traits_codegen::{Options, Severity, generate};

/// The Rust for `schema`, under the name `guest`.
#[track_caller]
pub(crate) fn rust_of(schema: &str) -> String {
    match generate("guest", "guest.json", schema, &Options::new()) {
        Ok(generated) => generated.rust,
        Err(errors) => {
            assert_eq!(errors.to_string(), "", "the schema is refused");
            String::new()
        }
    }
}

/// The row of the table for the trait at `path`, without the path.
#[track_caller]
pub(crate) fn row(rust: &str, path: &str) -> String {
    let start = format!("\n    {path}: ");
    let (_, table) = rust.split_once("::schema! {").expect("there is a table");
    let (_, after) = table.split_once(&start).expect("there is a row");
    let (row, _) = after.split_once(";\n").expect("the row ends");
    String::from(row)
}

/// The roles in the row for the trait at `path`.
#[track_caller]
pub(crate) fn roles_of(rust: &str, path: &str) -> String {
    let row = row(rust, path);
    let (_, facts) = row.split_once(" as ").expect("the row has a type");
    let mut depth = 0;
    let facts = facts.split(|character| {
        match character {
            '(' | '<' => depth += 1,
            ')' | '>' => depth -= 1,
            _ => {}
        }
        character == ',' && depth == 0
    });
    let facts = facts.skip(1).map(str::trim);
    let facts = facts.filter(|fact| !fact.starts_with("only(") && !fact.starts_with("at "));
    let facts: Vec<&str> = facts.collect();
    facts.join(", ")
}

/// The errors in `schema`, a line each.
#[track_caller]
pub(crate) fn errors_of(schema: &str) -> String {
    let errors = generate("guest", "guest.json", schema, &Options::new())
        .expect_err("the schema should be refused");
    let errors = errors.into_iter().filter(|one| one.code.is_none());
    let lines: Vec<String> = errors.map(|one| one.to_string()).collect();
    lines.join("\n")
}

/// The warnings about an accepted schema, a line each.
#[track_caller]
pub(crate) fn warnings_of(schema: &str) -> Vec<String> {
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
    assert_eq!(errors_of(&with_traits(members)), lines.join("\n"));
}

/// Traits for the tests of settings: a name that is not Rust, a format, an enum, and objects in an array.
pub(crate) const MEMBERS: &str = r#""e-mail": { "type": "string", "format": "email" },
"born": { "type": "string", "format": "date" },
"plan": { "enum": ["free", "in-trial"] },
"homes": { "type": "array", "items": { "type": "object", "properties": { "city": { "enum": ["B"] } }, "additionalProperties": false } }"#;

/// The Rust for [`MEMBERS`] with these settings, or the errors, a line each.
pub(crate) fn with(options: &Options) -> Result<String, String> {
    let schema = with_traits(MEMBERS);
    let generated = generate("guest", "guest.json", &schema, options);
    match generated {
        Ok(generated) => Ok(generated.rust),
        Err(errors) => {
            let errors = errors.problems().iter();
            let errors = errors.filter(|problem| problem.severity == Severity::Error);
            let said: Vec<String> = errors.map(ToString::to_string).collect();
            Err(said.join("\n"))
        }
    }
}

/// With these settings, the Rust for [`MEMBERS`] contains each of the texts.
#[track_caller]
pub(crate) fn has(options: &Options, texts: &[&str]) {
    let rust = with(options).expect("the settings are taken");
    for text in texts {
        assert!(rust.contains(text), "{text}\n{rust}");
    }
}
