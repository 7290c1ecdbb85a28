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
    let rust = fs::read_to_string(folder.path().join("guest.rs")).expect("the Rust");
    assert!(rust.contains("    pub y: Option<bool>,"), "{rust}");
}
