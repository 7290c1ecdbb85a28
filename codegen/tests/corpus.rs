//! Real identity schemas, and the results of real servers. They are not part of this repository: without the folder, these tests print
//! a note and check nothing.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::{env, fs};

use crate::common::trial::Trial;
use kratos_traits_codegen::{Options, generate};
use serde_json::Value;

/// `KRATOS_TRAITS_CORPUS`, or the folder `shared/corpus` beside the repository.
#[expect(clippy::print_stderr, reason = "a check that did not run says so")]
fn corpus() -> Option<PathBuf> {
    let folder = env::var_os("KRATOS_TRAITS_CORPUS").map_or_else(
        || Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/corpus"),
        PathBuf::from,
    );
    if folder.join("TRUTH.tsv").is_file() {
        return Some(folder);
    }
    eprintln!(
        "NOT CHECKED: there is no corpus at {}; name one with KRATOS_TRAITS_CORPUS",
        folder.display()
    );
    None
}

/// What the servers did, by file: one word a version, and the reason.
fn truth(folder: &Path) -> BTreeMap<String, Vec<String>> {
    let table = fs::read_to_string(folder.join("TRUTH.tsv")).expect("the table is text");
    let rows = table.lines().skip(1).map(|line| {
        let mut columns = line.split('\t').map(String::from);
        (columns.next().unwrap_or_default(), columns.collect())
    });
    rows.collect()
}

#[expect(clippy::print_stderr, reason = "the numbers are worth a look")]
#[test]
fn schemas_are_accepted_and_refused_as_by_real_servers() {
    let Some(folder) = corpus() else { return };
    let mut wrong = Vec::new();
    let (mut accepted, mut refused, mut warnings) = (0, 0, BTreeMap::new());
    for (file, columns) in truth(&folder) {
        let schema = fs::read_to_string(folder.join(&file)).expect("the file is text");
        let runs = columns
            .iter()
            .take(3)
            .any(|did| did.starts_with("works") || did.starts_with("boots, compiles"));
        match generate("corpus", &file, &schema, &Options::new()) {
            Ok(generated) => {
                accepted += 1;
                for warning in &generated.warnings {
                    *warnings
                        .entry(warning.code.unwrap_or_default())
                        .or_insert(0) += 1;
                }
                if !runs {
                    wrong.push(format!("{file}: accepted, but {columns:?}"));
                }
            }
            Err(errors) => {
                refused += 1;
                if runs {
                    wrong.push(format!("{file}: refused, but {columns:?}\n{errors}"));
                }
            }
        }
    }
    eprintln!("{accepted} accepted, {refused} refused; warnings: {warnings:?}");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The documents beside a schema that are valid.
fn documents(folder: &Path, file: &str) -> Vec<String> {
    let stem = file.trim_end_matches(".json");
    let Ok(text) = fs::read_to_string(folder.join(format!("{stem}.traits.json"))) else {
        return Vec::new();
    };
    let all: Value = serde_json::from_str(&text).expect("documents are JSON");
    let all = all["documents"].as_array().cloned().unwrap_or_default();
    let valid = all
        .iter()
        .filter(|document| document["valid"] == Value::Bool(true));
    valid
        .map(|document| document["traits"].to_string())
        .collect()
}

#[expect(clippy::print_stderr, reason = "the numbers are worth a look")]
#[test]
fn all_generated_code_compiles_and_valid_documents_round_trip() {
    let Some(folder) = corpus() else { return };
    if env::var_os("KRATOS_TRAITS_COMPILE").is_none() {
        eprintln!("NOT CHECKED: this takes a minute; ask for it with KRATOS_TRAITS_COMPILE=1");
        return;
    }
    let mut trial = Trial::default();
    for file in truth(&folder).into_keys() {
        let schema = fs::read_to_string(folder.join(&file)).expect("the file is text");
        if let Ok(generated) = generate("trial", &file, &schema, &Options::new()) {
            let module = trial.module(&file, generated.rust);
            for document in documents(&folder, &file) {
                trial.document(module, document);
            }
        }
    }
    eprintln!("{:?} schemas and documents", trial.len());
    trial.passes("corpus");
}
