//! The command `kratos-traits`.

use std::fs;
use std::io::{Read as _, Write as _};
use std::path::Path;
use std::process::{Command, Output, Stdio};

use crate::common::with_traits;
use tempfile::TempDir;

fn command() -> Command {
    Command::new(env!("CARGO_BIN_EXE_kratos-traits"))
}

fn generate(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = command();
    command.current_dir(folder).arg("generate").args(arguments);
    command.output().expect("the command runs")
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

fn folder(file: &str, schema: &str) -> TempDir {
    let folder = TempDir::new().expect("a temporary folder");
    fs::write(folder.path().join(file), schema).expect("a file in it");
    folder
}

#[test]
fn writes_to_stdout_what_is_committed() {
    let repository = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    for name in ["customer", "member", "subscriber"] {
        let output = generate(&repository, &[&format!("schemas/{name}.schema.json")]);
        assert!(output.status.success());
        let report = text(&output.stderr);
        assert_eq!(
            report.contains("warning["),
            matches!(name, "member" | "subscriber"),
            "{report}"
        );
        assert!(!report.contains("error"), "{report}");
        let committed = fs::read_to_string(repository.join(format!("schemas/{name}.rs"))).unwrap();
        assert!(text(&output.stdout) == committed, "{name}");
    }
}

#[test]
fn writes_to_a_file() {
    let folder = folder("guest.schema.json", &with_traits(r#""x": {}"#));
    let output = generate(
        folder.path(),
        &["guest.schema.json", "--name", "host", "--out", "host.rs"],
    );
    assert!(output.status.success(), "{}", text(&output.stderr));
    assert_eq!(text(&output.stdout), "");
    let rust = fs::read_to_string(folder.path().join("host.rs")).unwrap();
    assert!(rust.contains("pub struct HostTraits {"), "{rust}");
}

#[test]
fn the_name_comes_from_the_file() {
    let schema = with_traits(r#""x": {}"#);
    for (file, root) in [
        ("guest.schema.json", "GuestTraits"),
        ("b2b-guest.identity.schema.json", "B2bGuestTraits"),
        ("identity.schema.json", "IdentityTraits"),
        ("v2.guest.json", "V2GuestTraits"),
    ] {
        let folder = folder(file, &schema);
        let output = generate(folder.path(), &[file]);
        assert!(
            text(&output.stdout).contains(&format!("pub struct {root} {{")),
            "{file}"
        );
    }
    let folder = folder("2fa.json", &schema);
    let output = generate(folder.path(), &["2fa.json"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(text(&output.stderr).starts_with("error: invalid schema name \"2fa\"; "));
}

#[test]
fn a_refused_schema_ends_with_status_2_and_writes_nothing() {
    let folder = folder(
        "guest.json",
        "{ \"properties\": {\n  \"traits\": 1, \"traits\": 2 } }",
    );
    for arguments in [&["guest.json"][..], &["guest.json", "--out", "guest.rs"]] {
        let output = generate(folder.path(), arguments);
        assert_eq!(output.status.code(), Some(2));
        assert_eq!(text(&output.stdout), "");
        assert_eq!(
            text(&output.stderr),
            "warning[duplicate-key]: duplicate key \"traits\", and Kratos uses the last one; keep one of them\n \
             --> guest.json:2:3\n  |\n2 |   \"traits\": 1, \"traits\": 2 } }\n  |   ^^^^^^^^\n\n\
             error: `traits` is a number; write a schema, which is an object\n \
             --> guest.json:2:26\n  |\n2 |   \"traits\": 1, \"traits\": 2 } }\n  |                          ^\n"
        );
        assert!(!folder.path().join("guest.rs").exists());
    }
}

#[test]
fn what_was_not_generated_is_not_overwritten() {
    let schema = with_traits(r#""x": {}"#);
    let folder = folder("guest.json", &schema);
    let output = generate(folder.path(), &["guest.json", "--out", "guest.json"]);
    assert_eq!(output.status.code(), Some(2));
    assert_eq!(
        text(&output.stderr),
        "error: this file was not generated, so it is not overwritten; remove it, or give another path\n--> guest.json\n"
    );
    let kept = fs::read_to_string(folder.path().join("guest.json")).unwrap();
    assert_eq!(kept, schema);
    for _ in 0..2 {
        let output = generate(folder.path(), &["guest.json", "--out", "guest.rs"]);
        assert_eq!(output.status.code(), Some(0));
    }
}

#[test]
fn files_that_cannot_be_read_or_written() {
    let folder = folder("guest.json", &with_traits(r#""x": {}"#));
    let output = generate(folder.path(), &["none.json"]);
    assert_eq!(output.status.code(), Some(2));
    let not_found = fs::read("/no such file").unwrap_err();
    assert_eq!(
        text(&output.stderr),
        format!("error: cannot read this file ({not_found}); check its path\n--> none.json\n")
    );
    let output = generate(folder.path(), &["guest.json", "--out", "none/guest.rs"]);
    assert_eq!(output.status.code(), Some(2));
    assert_eq!(
        text(&output.stderr),
        format!(
            "error: cannot write this file ({not_found}); name a folder that exists\n--> none/guest.rs\n"
        )
    );
}

#[test]
fn a_reader_that_has_enough_is_no_failure() {
    // More than a pipe holds, so that the command must notice.
    let members: Vec<String> = (0..500)
        .map(|index| format!("\"x{index}\": {{}}"))
        .collect();
    let folder = folder("guest.json", &with_traits(&members.join(",\n")));
    let mut child = command()
        .current_dir(folder.path())
        .args(["generate", "guest.json"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdout = child.stdout.take().unwrap();
    stdout.read_exact(&mut [0; 16]).unwrap();
    drop(stdout);
    let output = child.wait_with_output().unwrap();
    assert_eq!(text(&output.stderr), "");
    assert!(output.status.success());
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_a_failure() {
    let folder = folder("guest.json", &with_traits(r#""x": {}"#));
    let full = fs::File::options().write(true).open("/dev/full").unwrap();
    let output = command()
        .current_dir(folder.path())
        .args(["generate", "guest.json"])
        .stdout(full)
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(
        text(&output.stderr).starts_with("error: cannot write to stdout ("),
        "{}",
        text(&output.stderr)
    );
}

#[test]
fn help_and_version() {
    let output = command().arg("--version").output().unwrap();
    assert_eq!(
        text(&output.stdout),
        format!("kratos-traits {}\n", env!("CARGO_PKG_VERSION"))
    );
    let output = command().args(["generate", "--help"]).output().unwrap();
    for word in ["--name", "--out", "[FILE]", "--check"] {
        assert!(text(&output.stdout).contains(word), "{word}");
    }
    assert_eq!(command().output().unwrap().status.code(), Some(2));
}

#[test]
fn several_files_go_to_a_folder() {
    let schema = with_traits(r#""x": {}"#);
    let folder = folder("a.json", &schema);
    fs::write(folder.path().join("b.schema.json"), &schema).unwrap();
    let output = generate(folder.path(), &["a.json", "b.schema.json"]);
    assert_eq!(
        text(&output.stderr),
        "error: several schemas need several files; give their folder with `--out-dir`\n"
    );
    let output = generate(folder.path(), &["a.json", "b.schema.json", "--name", "x"]);
    assert!(text(&output.stderr).starts_with("error: `--name` is for one schema"));
    let output = generate(
        folder.path(),
        &["a.json", "b.schema.json", "--out-dir", "."],
    );
    assert!(output.status.success(), "{}", text(&output.stderr));
    for (file, ty) in [("a.rs", "ATraits"), ("b.rs", "BTraits")] {
        let rust = fs::read_to_string(folder.path().join(file)).unwrap();
        assert!(rust.contains(&format!("pub struct {ty} {{")), "{rust}");
    }
}

/// 0: no difference; 1: a difference; 2: an error.
#[test]
fn check_compares_and_writes_nothing() {
    let folder = folder("a.json", &with_traits(r#""x": {}, "z": {}"#));
    let run = |arguments: &[&str]| {
        let output = generate(folder.path(), arguments);
        (output.status.code(), text(&output.stderr))
    };
    let absent =
        "error: this file does not exist; run the same command without `--check`\n--> a.rs\n";
    assert_eq!(
        run(&["a.json", "--check", "--out", "a.rs"]),
        (Some(1), absent.into())
    );
    assert!(!folder.path().join("a.rs").exists());
    assert_eq!(run(&["a.json", "--out", "a.rs"]), (Some(0), String::new()));
    assert_eq!(
        run(&["a.json", "--check", "--out-dir", "."]),
        (Some(0), String::new())
    );
    let rust = fs::read_to_string(folder.path().join("a.rs")).unwrap();
    let changed = rust
        .replace("pub x:", "pub y:")
        .replace("    z: any", "    w: any");
    fs::write(folder.path().join("a.rs"), changed).unwrap();
    let (status, report) = run(&["a.json", "--check", "--out", "a.rs"]);
    assert_eq!(status, Some(1));
    let start = "error: this file is out of date; run the same command without `--check`\n--> a.rs:13:1\n--- the file\n+++ generated\n@@ -10,7 +10,7 @@\n";
    assert!(report.starts_with(start), "{report}");
    for lines in [
        "-    pub y: Option<JsonValue>,\n+    pub x: Option<JsonValue>,\n",
        "-    w: any as JsonValue;\n+    z: any as JsonValue;\n",
    ] {
        assert!(report.contains(lines), "{report}");
    }
    let (_, colored) = run(&["a.json", "--check", "--out", "a.rs", "--color", "always"]);
    assert!(
        colored.contains("\u{1b}[32m+    pub x: Option<JsonValue>,\u{1b}[0m\n"),
        "{colored}"
    );
    for (arguments, start) in [
        (
            &["a.json", "--check"][..],
            "error: `--check` compares with a file; give",
        ),
        (
            &["a.json", "--check", "--out", "."],
            "error: `--check` compares with a file, and this",
        ),
    ] {
        let (status, report) = run(arguments);
        assert_eq!(status, Some(2));
        assert!(report.starts_with(start), "{report}");
    }
}

#[test]
fn a_schema_comes_from_stdin() {
    let folder = folder("near.json", r#"{ "type": "boolean" }"#);
    let run = |arguments: &[&str], schema: &[u8]| {
        let mut child = command()
            .current_dir(folder.path())
            .args([&["generate", "-"], arguments].concat())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        // A command that refuses its arguments reads nothing.
        let _ = child.stdin.take().unwrap().write_all(schema);
        child.wait_with_output().unwrap()
    };
    let schema = with_traits(r#""x": { "$ref": "near.json" }"#);
    let output = run(&["--name", "guest", "--out", "-"], schema.as_bytes());
    let rust = text(&output.stdout);
    assert!(output.status.success(), "{}", text(&output.stderr));
    assert!(rust.contains("    pub x: Option<bool>,\n"), "{rust}");
    for (arguments, schema, start) in [
        (
            &[][..],
            &*schema,
            "error: a schema on stdin has no file name; give `--name`",
        ),
        (
            &["--name", "a"],
            "{",
            "error: not JSON: EOF while parsing an object; ",
        ),
    ] {
        let output = run(arguments, schema.as_bytes());
        assert_eq!(output.status.code(), Some(2));
        let report = text(&output.stderr);
        assert!(report.starts_with(start), "{report}");
    }
    let report = text(&run(&["--name", "a"], b"\xff").stderr);
    assert!(
        report.contains("not UTF-8") && report.contains("--> stdin"),
        "{report}"
    );
}

#[test]
fn completions_for_a_shell() {
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let output = command().args(["completions", shell]).output().unwrap();
        assert!(output.status.success(), "{}", text(&output.stderr));
        let script = text(&output.stdout);
        assert!(script.contains("kratos-config"), "{shell}: {script}");
    }
}

/// Pipes and devices are written to, without waiting for what nobody sends or reads.
#[cfg(unix)]
#[test]
fn the_output_is_a_pipe_or_a_device() {
    let folder = folder("a.json", &with_traits(r#""x": {}"#));
    let made = Command::new("mkfifo")
        .arg(folder.path().join("pipe"))
        .status();
    assert!(made.unwrap().success());
    let output = generate(folder.path(), &["a.json", "--out", "pipe"]);
    assert_eq!(output.status.code(), Some(2));
    let report = text(&output.stderr);
    assert!(
        report.starts_with("error: cannot write this file (the pipe has no reader"),
        "{report}"
    );
    let mut reader = Command::new("cat")
        .arg(folder.path().join("pipe"))
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    // Until `cat` has opened the pipe, it has no reader.
    while !generate(folder.path(), &["a.json", "--out", "pipe"])
        .status
        .success()
    {}
    let mut rust = String::new();
    reader
        .stdout
        .take()
        .unwrap()
        .read_to_string(&mut rust)
        .unwrap();
    assert!(rust.contains("pub struct ATraits {"), "{rust}");
    assert!(reader.wait().unwrap().success());
    let output = generate(folder.path(), &["a.json", "--out", "/dev/null"]);
    assert!(output.status.success(), "{}", text(&output.stderr));
    let output = generate(folder.path(), &["a.json", "--check", "--out", "pipe"]);
    assert_eq!(output.status.code(), Some(2));
}

#[cfg(unix)]
#[test]
fn a_dangling_link_is_followed() {
    let folder = folder("a.json", &with_traits(r#""x": {}"#));
    let at = |name: &str| folder.path().join(name);
    std::os::unix::fs::symlink("later.rs", at("link.rs")).unwrap();
    std::os::unix::fs::symlink("none/later.rs", at("lost.rs")).unwrap();
    let output = generate(folder.path(), &["a.json", "--out", "link.rs"]);
    assert!(output.status.success(), "{}", text(&output.stderr));
    assert!(at("link.rs").is_symlink() && at("later.rs").is_file());
    let output = generate(folder.path(), &["a.json", "--out", "lost.rs"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(at("lost.rs").is_symlink());
}

/// A device may have no end, and a pipe may have no writer.
#[cfg(unix)]
#[test]
fn no_reference_to_a_pipe_or_a_device() {
    let members = r#""x": { "$ref": "pipe" }, "y": { "$ref": "/dev/zero" }"#;
    let folder = folder("a.json", &with_traits(members));
    let made = Command::new("mkfifo")
        .arg(folder.path().join("pipe"))
        .status();
    assert!(made.unwrap().success());
    let output = generate(folder.path(), &["a.json"]);
    assert_eq!(output.status.code(), Some(2));
    let report = text(&output.stderr);
    for file in ["pipe", "/dev/zero"] {
        let message = format!("`$ref` leads to the file {file:?}, which cannot be read");
        assert!(report.contains(&message), "{report}");
    }
}

#[test]
fn settings_come_from_the_file_beside_and_flags_go_before() {
    let folder = folder("guest.json", &with_traits(r#""x": {}"#));
    let settings =
        "visibility = \"pub(crate)\"\nmodule = \"m\"\n[schemas.guest]\nfile = \"guest.json\"\n";
    fs::write(folder.path().join("kratos-traits.toml"), settings).unwrap();
    let flags = [
        "--visibility",
        "pub(super)",
        "--runtime-path",
        "::kt",
        "--deny",
        "x",
    ];
    // Without a FILE it is the file of settings that names it.
    for arguments in [&["guest.json"][..], &[]] {
        let output = generate(folder.path(), &[arguments, &flags].concat());
        let rust = text(&output.stdout);
        assert!(
            rust.contains("pub(super) mod m {"),
            "{}",
            text(&output.stderr)
        );
        assert!(rust.contains("::kt::schema! {"), "{rust}");
        assert!(rust.contains(", denied;\n"), "{rust}");
    }
    fs::write(folder.path().join("other.toml"), "module = \"n\"").unwrap();
    let output = generate(folder.path(), &["guest.json", "--settings", "other.toml"]);
    assert!(text(&output.stdout).contains("pub mod n {"));
}

#[test]
fn references_and_denied_warnings() {
    let member = r#""x": { "$ref": "https://example.org/a.json?v=1" }"#;
    let folder = folder("guest.json", &with_traits(member));
    fs::write(
        folder.path().join("far.json"),
        r#"{ "type": "string", "format": "phone" }"#,
    )
    .unwrap();
    let refs = [
        "guest.json",
        "--map-ref",
        "https://example.org/a.json?v=1=far.json",
    ];
    let output = generate(folder.path(), &refs);
    let report = text(&output.stderr);
    assert!(output.status.success(), "{report}");
    assert!(report.starts_with("warning[unknown-format]: "), "{report}");
    assert!(report.contains("--> far.json:1:31\n"), "{report}");
    assert!(text(&output.stdout).contains("pub x: Option<String>"));
    let deny = ["--deny-warning", "unknown-format"];
    let output = generate(folder.path(), &[&refs[..], &deny].concat());
    assert_eq!(output.status.code(), Some(2));
    assert!(text(&output.stderr).starts_with("error[unknown-format]: "));
    let output = generate(folder.path(), &["guest.json", "--map-ref", "x"]);
    assert!(text(&output.stderr).contains("write the URL, `=`, and the path of the file"));
}

#[test]
fn the_schemas_of_a_kratos_configuration() {
    let folder = folder("guest.json", &with_traits(r#""x": {}"#));
    let config = "identity: { schemas: [{ id: guest, url: 'file:///etc/config/guest.json' }] }";
    fs::write(folder.path().join("kratos.yml"), config).unwrap();
    let output = generate(
        folder.path(),
        &["--kratos-config", "kratos.yml", "--name", "any"],
    );
    let rust = text(&output.stdout);
    assert!(
        rust.contains("pub enum AnyTraits {"),
        "{}",
        text(&output.stderr)
    );
}

#[test]
fn config_schema_prints_the_json_schema_of_the_settings_file() {
    let output = command().arg("config-schema").output().unwrap();
    assert_eq!(
        text(&output.stdout),
        kratos_traits_codegen::settings_schema()
    );
}
