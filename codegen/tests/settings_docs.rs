//! The documents that come from the struct of the settings: the JSON Schema of the settings file, and the table in README.md.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use kratos_traits_codegen::settings_schema;
use serde_json::Value;

/// Compares a file of the package with `new`, or writes it.
#[track_caller]
fn is_committed(file: &str, new: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(file);
    if std::env::var_os("KRATOS_TRAITS_BLESS").is_some() {
        fs::write(&path, new).expect("the file is written");
    }
    let old = fs::read_to_string(&path).unwrap_or_default();
    assert!(
        old == new,
        "{file} is out of date; if the change is intended, run this test with KRATOS_TRAITS_BLESS=1"
    );
}

#[test]
fn the_schema_of_the_settings_file_is_committed() {
    is_committed("kratos-traits.schema.json", &settings_schema());
}

#[test]
fn the_readme_lists_the_settings() {
    const START: &str = "<!-- settings -->\n";
    const END: &str = "<!-- end of settings -->\n";
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md");
    let readme = fs::read_to_string(path).expect("the README");
    let (before, rest) = readme.split_once(START).expect("the start of the table");
    let (_, after) = rest.split_once(END).expect("the end of the table");
    let table = table(&serde_json::from_str(&settings_schema()).expect("JSON"));
    is_committed("README.md", &format!("{before}{START}{table}{END}{after}"));
}

fn table(schema: &Value) -> String {
    let mut table = String::from("| setting | meaning |\n|---|---|\n");
    let mut rows = |of: &Value, prefix: &str| {
        let settings = of["properties"].as_object().expect("a table");
        for (key, setting) in settings {
            let text = setting["description"].as_str().expect("a description");
            let text = text.replace('\n', " ").replace('|', "\\|");
            if !matches!(&**key, "schemas" | "traits") {
                let _ = writeln!(table, "| `{prefix}{key}` | {text} |");
            }
        }
    };
    let definitions = &schema["$defs"];
    rows(schema, "");
    rows(&definitions["TraitSettings"], "traits.PATH.");
    table
}
