//! What each feature of `kratos-traits` brings into the tree of an application, and what it must not.

use std::collections::BTreeSet;
use std::process::Command;

/// What speaks HTTP, or helps to.
const HTTP: [&str; 8] = [
    "http",
    "http-body",
    "httparse",
    "hyper",
    "reqwest",
    "rustls",
    "ureq",
    "url",
];
/// What runs futures, or waits for sockets on their behalf.
const ASYNC: [&str; 9] = [
    "async-io",
    "async-std",
    "futures-core",
    "futures-util",
    "hyper",
    "mio",
    "reqwest",
    "smol",
    "tokio",
];

/// The names of the packages that an application with these features compiles.
fn packages(features: &str) -> BTreeSet<String> {
    let tree = Command::new(env!("CARGO"))
        .args(["tree", "--locked", "--offline", "-p", "kratos-traits"])
        .args([
            "-e",
            "normal",
            "--no-default-features",
            "--features",
            features,
        ])
        .args(["--prefix", "none", "--format", "{p}"])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&tree.stderr);
    assert!(tree.status.success(), "{said}");
    let tree = String::from_utf8(tree.stdout).unwrap();
    let names = tree
        .lines()
        .filter_map(|line| line.split_whitespace().next());
    let names: BTreeSet<String> = names.map(str::to_owned).collect();
    assert!(names.contains("kratos-traits-macros"), "{names:?}");
    names
}

fn none_of(unwanted: &[&str], features: &str) {
    let packages = packages(features);
    let found: Vec<&&str> = unwanted
        .iter()
        .filter(|name| packages.contains(**name))
        .collect();
    assert!(found.is_empty(), "{features:?} brings {found:?}");
}

#[test]
fn types_and_derive_have_no_http() {
    none_of(&HTTP, "");
    none_of(&ASYNC, "");
}

#[test]
fn the_feature_client_has_no_http_client() {
    let client = ["hyper", "reqwest", "rustls", "ureq", "httparse"];
    none_of(&client, "client,tracing");
    none_of(&ASYNC, "client,tracing");
}

#[test]
fn the_blocking_client_has_no_async_runtime() {
    none_of(&ASYNC, "blocking");
}

#[test]
fn each_client_brings_only_its_own_packages() {
    none_of(&["ureq"], "reqwest");
    none_of(&["reqwest"], "blocking");
    // The checks above look for what is there when it is asked for.
    let both = packages("reqwest,blocking");
    assert!(
        ["reqwest", "ureq", "tokio", "hyper", "http"]
            .iter()
            .all(|name| both.contains(*name))
    );
}

/// Two providers in one tree would be built for nothing, and rustls could not choose between them by itself.
#[test]
fn every_tree_has_one_tls_provider() {
    for features in ["reqwest", "blocking", "reqwest,blocking"] {
        let packages = packages(features);
        let providers = ["aws-lc-rs", "ring", "openssl", "native-tls"];
        let found: Vec<&str> = providers
            .into_iter()
            .filter(|name| packages.contains(*name))
            .collect();
        assert_eq!(found, ["aws-lc-rs"], "{features}");
    }
}
