//! What the tests of the generator share.

#![allow(dead_code, reason = "no test file uses all of it")]

use kratos_traits_codegen::{Options, generate};

/// The Rust for `schema`, under the name `guest`.
#[track_caller]
pub(crate) fn written(schema: &str) -> String {
    match generate("guest", "guest.json", schema, &Options::new()) {
        Ok(rust) => rust,
        Err(errors) => {
            assert_eq!(errors.to_string(), "", "the schema is refused");
            String::new()
        }
    }
}

/// The lines that are said about `schema`.
#[track_caller]
pub(crate) fn said(schema: &str) -> String {
    generate("guest", "guest.json", schema, &Options::new())
        .expect_err("the schema should be refused")
        .to_string()
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
