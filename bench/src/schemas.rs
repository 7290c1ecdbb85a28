//! The schemas that everything is measured on.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

/// The example schemas of the repository.
pub(crate) const EXAMPLES: [&str; 3] = ["customer", "member", "subscriber"];

pub(crate) fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

pub(crate) fn path(name: &str) -> PathBuf {
    repository().join(format!("schemas/{name}.schema.json"))
}

pub(crate) fn text(name: &str) -> String {
    fs::read_to_string(path(name)).expect("a schema of the repository")
}

/// A schema with this many properties: objects of ten, and in each object a string with rules, a number and so on.
pub(crate) fn wide(properties: usize) -> String {
    let mut members = String::new();
    for object in 0..properties / 10 {
        let comma = if object == 0 { "" } else { "," };
        let _ = write!(
            members,
            "{comma}\"group{object}\": {{ \"title\": \"Group {object}\", \"type\": \"object\", \"additionalProperties\": false, \"properties\": {{"
        );
        for member in 0..9 {
            let comma = if member == 0 { "" } else { "," };
            let schema = [
                "\"string\", \"maxLength\": 40",
                "\"integer\"",
                "\"boolean\"",
            ][member % 3];
            let _ = write!(
                members,
                "{comma}\"member{member}\": {{ \"type\": {schema} }}"
            );
        }
        members.push_str("}}");
    }
    format!(
        "{{ \"title\": \"Wide\", \"type\": \"object\", \"properties\": {{ \"traits\": {{ \"type\": \"object\", \"additionalProperties\": false, \"properties\": {{ {members} }} }} }} }}"
    )
}

/// A schema with this many properties in one object, all of them strings.
pub(crate) fn flat(properties: usize) -> String {
    let members: Vec<String> = (0..properties)
        .map(|member| format!("\"member{member}\": {{ \"type\": \"string\" }}"))
        .collect();
    format!(
        "{{ \"properties\": {{ \"traits\": {{ \"type\": \"object\", \"additionalProperties\": false, \"properties\": {{ {} }} }} }} }}",
        members.join(", ")
    )
}
