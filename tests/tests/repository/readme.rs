//! The code that the README shows is code that compiles.

use std::fs;
use std::path::Path;

#[test]
fn the_code_of_the_readme_is_compiled() -> std::io::Result<()> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let readme = fs::read_to_string(root.join("README.md"))?;
    let program = fs::read_to_string(root.join("example/src/bin/readme.rs"))?;
    let shown = readme
        .split("```rust,ignore\n")
        .skip(1)
        .filter_map(|block| block.split("```").next());
    let shown: Vec<&str> = shown.collect();
    assert!(shown.contains(&program.as_str()), "{shown:#?}");
    Ok(())
}
