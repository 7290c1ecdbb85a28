//! What a build script tells cargo beside the schema: files that it refers to, and warnings.

use std::process::Command;
use std::{env, fs};

use crate::common::with_traits;
use kratos_traits_codegen::Config;
use tempfile::TempDir;

#[test]
#[ignore = "run by the test below, in a process of its own"]
fn as_a_build_script() {
    let schema = env::var_os("KRATOS_TRAITS_TEST_SCHEMA").expect("the test below sets it");
    Config::new()
        .schema("guest", schema)
        .deny_warning("guest", "misplaced-role")
        .map_ref(
            "guest",
            "https://example.org/a.json",
            env::var_os("KRATOS_TRAITS_TEST_REF").expect("and this"),
        )
        .compile();
}

#[test]
fn other_files_and_warnings_are_lines_for_cargo() {
    let folder = TempDir::new().expect("a temporary folder");
    let [schema, near, far] =
        ["guest.json", "near.json", "far.json"].map(|name| folder.path().join(name));
    let members = r#""x": { "$ref": "near.json" }, "y": { "$ref": "https://example.org/a.json" }"#;
    for (file, text) in [
        (&schema, with_traits(members).as_str()),
        (&near, r#"{ "type": "string", "format": "phone" }"#),
        (&far, r#"{ "type": "boolean" }"#),
    ] {
        fs::write(file, text).expect("a file in it");
    }
    let output = Command::new(env::current_exe().expect("this test binary"))
        .args([
            "--exact",
            "build_script::as_a_build_script",
            "--ignored",
            "--nocapture",
        ])
        .env("KRATOS_TRAITS_TEST_SCHEMA", &schema)
        .env("KRATOS_TRAITS_TEST_REF", &far)
        .env("OUT_DIR", folder.path())
        .output()
        .expect("it runs again");
    let stdout = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{stdout}");
    for line in [
        format!("cargo:rerun-if-changed={}\n", schema.display()),
        format!("cargo:rerun-if-changed={}\n", near.display()),
        format!("cargo:rerun-if-changed={}\n", far.display()),
        format!(
            "cargo:warning={}:1:31: warning: Kratos does not know the format \"phone\" and does not check it; did you mean `tel`? [unknown-format]\n",
            near.display()
        ),
    ] {
        assert!(stdout.contains(&line), "{line}\n{stdout}");
    }
    // A settings file may appear, but OUT_DIR is in the folder of the schema.
    let folder_line =
        |path: &std::path::Path| format!("cargo:rerun-if-changed={}\n", path.display());
    assert!(!stdout.contains(&folder_line(folder.path())), "{stdout}");
    let rust = fs::read_to_string(folder.path().join("guest.rs")).expect("the Rust");
    assert!(rust.contains("    pub y: Option<bool>,"), "{rust}");
}

/// A package with a build script.
struct Package(TempDir);

impl Package {
    /// The schema is in a folder of its own, and has a `$ref` that no trait uses.
    fn new() -> Self {
        let folder = TempDir::new().expect("a temporary folder");
        let package = Self(folder);
        package.write(
            "schemas/guest.json",
            &with_traits(r#""x": {}"#).replacen(
                '{',
                r#"{ "definitions": { "unused": { "$ref": "later.json" } },"#,
                1,
            ),
        );
        package
    }

    fn write(&self, path: &str, text: &str) {
        let path = self.0.path().join(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(path, text).expect("a file in it");
    }

    fn watched(&self) -> Vec<String> {
        let output = Command::new(env::current_exe().expect("this test binary"))
            .args([
                "--exact",
                "build_script::in_a_package",
                "--ignored",
                "--nocapture",
            ])
            .env("CARGO_MANIFEST_DIR", self.0.path())
            .env("OUT_DIR", self.0.path().join("target/out"))
            .output()
            .expect("it runs again");
        let stdout = String::from_utf8_lossy(&output.stdout).into_owned();
        let paths = stdout.lines().filter_map(|line| {
            let path = line.strip_prefix("cargo:rerun-if-changed=")?;
            let base = format!("{}/", self.0.path().display());
            Some(path.strip_prefix(&base).unwrap_or(path).to_owned())
        });
        paths.collect()
    }
}

#[test]
#[ignore = "run by the test below, in a process of its own"]
fn in_a_package() {
    Config::new()
        .schema("guest", "schemas/guest.json")
        .compile();
}

/// Cargo runs a script always while a watched file is absent, so that the folder is watched, until the file is there.
#[test]
fn the_folder_of_a_file_that_may_appear_is_watched() {
    let package = Package::new();
    fs::create_dir_all(package.0.path().join("target/out")).expect("a folder");
    assert_eq!(package.watched(), ["schemas/guest.json", "schemas"]);
    package.write("schemas/later.json", "{}");
    assert!(package.watched().contains(&"schemas/later.json".into()));
    // Without the feature, a settings file is refused.
    if cfg!(feature = "toml") {
        package.write("schemas/kratos-traits.toml", "");
        let watched = package.watched();
        assert!(!watched.contains(&"schemas".into()), "{watched:?}");
        assert!(watched.contains(&"schemas/kratos-traits.toml".into()));
    }
}
