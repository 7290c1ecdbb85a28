//! A crate of its own for emitted code: does it compile without a warning, and do documents come back as they were?

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::{env, fs};

/// Code to compile, and documents to read and write again.
#[derive(Default)]
pub(crate) struct Trial {
    modules: Vec<(String, String)>,
    documents: Vec<(usize, String)>,
}

const MAIN: &str = r#"//! Reads each document as traits and writes it again.
#![deny(warnings, unused, missing_docs)]

use kratos_traits::IdentityTraits;
use kratos_traits::__private::serde::{Serialize, de::DeserializeOwned};
use serde_json::Value;

#[allow(dead_code, reason = "there may be no document")]
fn check<T: IdentityTraits + Serialize + DeserializeOwned>(what: &str, document: &str) -> bool {
    let _: Value = serde_json::from_str(T::schema().json).expect("the schema is JSON");
    let before: Value = serde_json::from_str(document).expect("the document is JSON");
    let traits: T = match serde_json::from_value(before.clone()) {
        Ok(traits) => traits,
        Err(error) => {
            eprintln!("{what}: {document} is not read: {error}");
            return false;
        }
    };
    let after = serde_json::to_value(&traits).expect("traits are JSON");
    if !same(&before, &after) {
        eprintln!("{what}: {before} is written as {after}");
        return false;
    }
    true
}

/// As JSON Schema has it: `1` and `1.0` are one number.
#[allow(dead_code, reason = "there may be no document")]
fn same(a: &Value, b: &Value) -> bool {
    match (a, b) {
        (Value::Number(a), Value::Number(b)) => {
            a == b || (a.is_f64() || b.is_f64()) && a.as_f64() == b.as_f64()
        }
        (Value::Array(a), Value::Array(b)) => {
            a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same(a, b))
        }
        (Value::Object(a), Value::Object(b)) => {
            a.len() == b.len() && a.iter().all(|(k, a)| b.get(k).is_some_and(|b| same(a, b)))
        }
        _ => a == b,
    }
}

"#;

impl Trial {
    /// Adds the code of a schema under the name `trial`; `what` is how the output calls it.
    pub(crate) fn module(&mut self, what: &str, rust: String) -> usize {
        self.modules.push((String::from(what), rust));
        self.modules.len() - 1
    }

    /// Adds a document that the schema of that module allows.
    pub(crate) fn document(&mut self, module: usize, json: String) {
        self.documents.push((module, json));
    }

    pub(crate) fn len(&self) -> (usize, usize) {
        (self.modules.len(), self.documents.len())
    }

    /// Compiles all in the folder `name`, and runs the documents.
    #[track_caller]
    pub(crate) fn passes(&self, name: &str) {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
        self.write(&folder);
        let output = cargo(&folder);
        assert!(
            output.status.success(),
            "{}",
            String::from_utf8_lossy(&output.stderr)
        );
    }

    fn write(&self, folder: &Path) {
        let source = folder.join("src");
        let _ = fs::remove_dir_all(&source);
        fs::create_dir_all(&source).expect("a folder for the crate");
        let repository = repository();
        let write = |path: PathBuf, text: &str| fs::write(path, text).expect("a file of the crate");
        let manifest = format!(
            "[package]\nname = \"trial\"\nversion = \"0.0.0\"\nedition = \"2024\"\npublish = false\n\n[dependencies]\nkratos-traits = {{ path = {:?} }}\nserde_json = \"1\"\n\n[workspace]\n",
            repository.join("runtime")
        );
        write(folder.join("Cargo.toml"), &manifest);
        // The versions in the lock file, without the network.
        let _ = fs::copy(repository.join("Cargo.lock"), folder.join("Cargo.lock"));
        let mut main = String::from(MAIN);
        for (index, (_, rust)) in self.modules.iter().enumerate() {
            let _ = writeln!(main, "/// A schema.\npub mod s{index};");
            write(source.join(format!("s{index}.rs")), rust);
        }
        main.push_str("\nfn main() {\n    let passes: &[bool] = &[\n");
        for (module, document) in &self.documents {
            let what = &self.modules[*module].0;
            let _ = writeln!(
                main,
                "        check::<s{module}::TrialTraits>({what:?}, {document:?}),"
            );
        }
        main.push_str("    ];\n    assert!(passes.iter().all(|one| *one), \"not every document came back\");\n}\n");
        write(source.join("main.rs"), &main);
    }
}

fn cargo(folder: &Path) -> Output {
    Command::new(env!("CARGO"))
        .args(["run", "--offline", "--quiet"])
        .current_dir(folder)
        .env("CARGO_TARGET_DIR", folder.with_file_name("trial-target"))
        .env_remove("RUSTFLAGS")
        .output()
        .expect("cargo runs")
}

pub(crate) fn repository() -> PathBuf {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    folder.canonicalize().expect("the repository is there")
}
