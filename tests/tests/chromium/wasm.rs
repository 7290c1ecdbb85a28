//! Builds the page's WebAssembly and the JavaScript around it.

use std::fs;
use std::path::Path;
use std::process::Command;

use wasm_bindgen_cli_support::Bindgen;

/// The files of the page.
#[derive(Clone)]
pub(crate) struct Page {
    pub(crate) script: Vec<u8>,
    pub(crate) wasm: Vec<u8>,
}

/// Builds the page; once built, a matter of seconds.
///
/// `wasm-bindgen` and the library used here must be of one version. Cargo sees to that: both ask for
/// the same `wasm-bindgen-shared`.
pub(crate) fn build() -> Page {
    // Not the target directory itself, so as not to wait for another build there.
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).join("browser");
    let status = Command::new(env!("CARGO"))
        .args(["build", "-p", "kratos-traits-browser-page", "--locked"])
        .args(["--target", "wasm32-unknown-unknown", "--target-dir"])
        .arg(&target)
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .status()
        .unwrap();
    assert!(
        status.success(),
        "the page does not build (is there `rustup target add wasm32-unknown-unknown`?)"
    );
    let built = target.join("wasm32-unknown-unknown/debug/kratos_traits_browser_page.wasm");
    let out = tempfile::tempdir().unwrap();
    let mut bindgen = Bindgen::new();
    bindgen.input_path(built).out_name("page").typescript(false);
    bindgen.web(true).unwrap().generate(out.path()).unwrap();
    Page {
        script: fs::read(out.path().join("page.js")).unwrap(),
        wasm: fs::read(out.path().join("page_bg.wasm")).unwrap(),
    }
}
