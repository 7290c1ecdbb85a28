//! Crates whose tests are one binary list each file of them.

use std::fs;
use std::path::Path;

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
