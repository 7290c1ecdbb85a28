//! The modules of the runtime and of the tests.

use std::fs;
use std::path::{Path, PathBuf};

#[test]
fn no_file_of_tests_is_forgotten() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    for package in ["codegen", "runtime", "tests/ui"] {
        let folder = root.join(package).join("tests");
        let main = fs::read_to_string(folder.join("main.rs")).unwrap();
        let mut seen = 0;
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_stem().unwrap().to_str().unwrap();
            let is_file = path.extension().is_some_and(|end| end == "rs");
            if is_file && name != "main" {
                assert!(
                    main.contains(&format!("mod {name};\n")),
                    "{package}: {name}"
                );
                seen += 1;
            }
        }
        assert!(seen > 2, "{package}");
    }
}

/// The modules of the runtime, as in ARCHITECTURE.md: each imports only those on lines before its own.
const LEVELS: [&[&str]; 12] = [
    &["json"],
    &["problem"],
    &["check"],
    &["traits"],
    &["kratos"],
    &["update"],
    &["http"],
    &["identity"],
    &["session"],
    &["login", "settings", "forecast"],
    &["admin"],
    &["client"],
];

#[test]
fn modules_of_the_runtime_import_only_lower_ones() {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("../runtime/src");
    let mut circles = Vec::new();
    let mut imports = 0;
    for (level, modules) in LEVELS.iter().enumerate() {
        for module in *modules {
            let mut files = Vec::new();
            rust_files(&source.join(module), &mut files);
            files.extend(Some(source.join(format!("{module}.rs"))).filter(|file| file.exists()));
            assert!(!files.is_empty(), "{module}");
            for file in files {
                let text = fs::read_to_string(&file).unwrap();
                // Tests inside of a module may use what is above it; documentation may link to it.
                let code = text.split("#[cfg(test)]").next().unwrap_or_default();
                let code = code
                    .lines()
                    .filter(|line| !line.trim_start().starts_with("//"));
                for line in code {
                    for import in line.split("crate::").skip(1) {
                        let end = import.find(|c: char| !c.is_ascii_lowercase() && c != '_');
                        let name = &import[..end.unwrap_or(import.len())];
                        let of = LEVELS.iter().position(|modules| modules.contains(&name));
                        imports += usize::from(of.is_some());
                        if of.is_some_and(|of| of >= level && name != *module) {
                            circles.push(format!("{}: {name}", file.display()));
                        }
                    }
                }
            }
        }
    }
    assert!(imports > 100, "{imports}");
    assert!(circles.is_empty(), "{circles:#?}");
}

/// The files of a folder that are not tests.
fn rust_files(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).into_iter().flatten() {
        let path = entry.unwrap().path();
        let name = path.to_str().unwrap();
        if path.is_dir() {
            rust_files(&path, files);
        } else if name.ends_with(".rs") && !name.ends_with("tests.rs") {
            files.push(path);
        }
    }
}
