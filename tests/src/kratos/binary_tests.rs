use std::thread;

use tempfile::TempDir;

use super::*;

// Stands for Go: says which C compiler it uses, counts builds, and writes what it was asked to write.
const GO: &str = r#"
case "$1" in
env) echo "@CC@" ;;
build) echo built >> builds; while [ "$1" != -o ]; do shift; done; echo server > "$2" ;;
esac"#;

fn with_go(script: &str) -> (TempDir, Build) {
    let dir = tempfile::tempdir().unwrap();
    for (name, text) in [
        ("go.mod", "module x"),
        ("go.sum", ""),
        ("main.go", "package main"),
        ("go", script),
    ] {
        fs::write(dir.path().join(name), text).unwrap();
    }
    // Through sh: a file that was just written cannot always be executed while other threads start processes.
    let go = vec!["sh".into(), dir.path().join("go").into()];
    let build = Build {
        module: dir.path().to_owned(),
        cache: dir.path().join("cache"),
        go,
        announce: |_| (),
    };
    (dir, build)
}

fn builds(dir: &TempDir) -> usize {
    fs::read_to_string(dir.path().join("builds"))
        .unwrap_or_default()
        .lines()
        .count()
}

fn both_ways_are_named(error: &Failure) -> bool {
    let text = error.to_string();
    text.contains("install Go 1.23 or newer and gcc") && text.contains("set KRATOS_BIN")
}

#[test]
fn a_named_server_must_be_a_file() {
    let dir = tempfile::tempdir().unwrap();
    let error = named(dir.path().to_owned()).unwrap_err().to_string();
    assert_eq!(
        error,
        format!(
            "KRATOS_BIN is {}, and that is not a file",
            dir.path().display()
        )
    );

    let file = dir.path().join("kratos");
    fs::write(&file, "").unwrap();
    assert_eq!(named(file.clone()).unwrap(), file);
}

#[test]
fn builds_once_for_all_who_ask_at_the_same_time() {
    let (dir, build) = with_go(&GO.replace("@CC@", "true"));
    let found: Vec<PathBuf> = thread::scope(|scope| {
        let asking: Vec<_> = (0..8)
            .map(|_| scope.spawn(|| build.cached().unwrap()))
            .collect();
        asking.into_iter().map(|one| one.join().unwrap()).collect()
    });
    assert!(
        found
            .iter()
            .all(|path| fs::read_to_string(path).unwrap() == "server\n"),
        "{found:?}"
    );
    assert_eq!(builds(&dir), 1);
}

#[test]
fn a_changed_module_is_another_build() {
    let (dir, build) = with_go(&GO.replace("@CC@", "true"));
    let first = build.cached().unwrap();
    fs::write(dir.path().join("go.sum"), "x").unwrap();
    assert_ne!(build.cached().unwrap(), first);
    assert_eq!(builds(&dir), 2);
}

#[test]
fn a_cached_server_needs_no_go() {
    let (_dir, mut build) = with_go(&GO.replace("@CC@", "true"));
    let first = build.cached().unwrap();
    build.go = vec!["/nowhere/go".into()];
    assert_eq!(build.cached().unwrap(), first);
}

#[test]
fn says_that_go_is_missing() {
    let (_dir, mut build) = with_go("");
    build.go = vec!["/nowhere/go".into()];
    let error = build.cached().unwrap_err();
    assert!(
        error
            .to_string()
            .starts_with("no Kratos server: Go is not installed."),
        "{error}"
    );
    assert!(both_ways_are_named(&error), "{error}");
}

#[test]
fn says_that_the_c_compiler_is_missing() {
    let (dir, build) = with_go(&GO.replace("@CC@", "/nowhere/gcc -O1"));
    let error = build.cached().unwrap_err();
    assert!(
        error
            .to_string()
            .contains("needs a C compiler, and /nowhere/gcc is not installed."),
        "{error}"
    );
    assert!(both_ways_are_named(&error), "{error}");
    assert_eq!(builds(&dir), 0);
}

#[test]
fn a_failed_build_shows_what_go_said_and_leaves_no_server() {
    let broken = "echo 'go: downloading x' >&2; echo 'no network' >&2; exit 1 ;;";
    let script = GO
        .replace("@CC@", "true")
        .replace(";;\nesac", &format!("; {broken} esac"));
    let (_dir, build) = with_go(&script);
    for _ in 0..2 {
        let error = build.cached().unwrap_err();
        assert!(
            error.to_string().contains("failed:\nno network\n"),
            "{error}"
        );
        assert!(both_ways_are_named(&error), "{error}");
    }
}

#[test]
fn the_committed_module_is_there() {
    let build = Build::of_this_machine().unwrap();
    assert!(build.key().is_ok());
    assert!(!build.cache.starts_with(&build.module));
}
