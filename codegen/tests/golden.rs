//! The example schemas and the Rust that is committed beside them.
//!
//! `KRATOS_TRAITS_BLESS=1 cargo test -p kratos-traits-codegen golden` writes the Rust anew.

use std::path::{Path, PathBuf};
use std::{env, fs};

use kratos_traits_codegen::{Options, generate, generate_file};

const EXAMPLES: [&str; 3] = ["customer", "member", "subscriber"];

fn schemas() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../schemas")
}

#[test]
fn the_committed_rust_is_up_to_date() {
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
            "{} is out of date; if the change is intended, run this test with KRATOS_TRAITS_BLESS=1",
            committed.display()
        );
    }
}

/// The Rust without the embedded schema.
fn code(schema: &str) -> String {
    let generated = generate("customer", "customer.schema.json", schema, &Options::new());
    let rust = generated.expect("the schema is taken").rust;
    let (code, _) = rust.split_once("    = r").expect("there is a schema");
    code.into()
}

#[test]
fn the_layout_of_a_schema_changes_only_the_embedded_schema() {
    let schema = fs::read_to_string(schemas().join("customer.schema.json")).unwrap();
    let indented = schema.replace("  ", "\t").replace(": ", ":\n");
    assert_eq!(code(&schema), code(&indented));
}

#[test]
fn a_new_trait_changes_only_its_own_lines() {
    let schema = fs::read_to_string(schemas().join("subscriber.schema.json")).unwrap();
    let more = schema.replacen(
        "\"email\": {",
        "\"added\": { \"type\": \"string\" },\n        \"email\": {",
        1,
    );
    let (before, after) = (code(&schema), code(&more));
    let mut old = before.lines().peekable();
    let mut added = Vec::new();
    for line in after.lines() {
        if old.next_if_eq(&line).is_none() {
            added.push(line);
        }
    }
    assert_eq!(old.next(), None, "a line is gone or changed");
    assert_eq!(
        added,
        [
            "    /// The member `added`.",
            "    #[serde(default, skip_serializing_if = \"Option::is_none\")]",
            "    pub added: Option<String>,",
            "    added: string as String;",
        ]
    );
}

#[test]
fn no_path_of_the_machine_is_generated() {
    let folder = schemas().canonicalize().unwrap();
    let generated = generate_file(
        "customer",
        folder.join("customer.schema.json"),
        &Options::new(),
    );
    let rust = generated.unwrap().rust;
    assert!(rust.contains("    pub CustomerTraits from \"customer.schema.json\";\n"));
    assert!(!rust.contains(folder.to_str().unwrap()));
}
