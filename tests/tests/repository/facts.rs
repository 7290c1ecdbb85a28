//! The ids of facts about Kratos, `K-login-1`, which comments name and `docs/kratos.md` explains.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

/// The ids in a text.
fn ids(text: &str) -> impl Iterator<Item = &str> {
    text.match_indices("K-").filter_map(|(at, _)| {
        let rest = &text[at + 2..];
        let topic = rest.find(|c: char| !c.is_ascii_lowercase())?;
        let number = rest[topic..].strip_prefix('-')?;
        let digits = number
            .find(|c: char| !c.is_ascii_digit())
            .unwrap_or(number.len());
        let end = at + 2 + topic + 1 + digits;
        (topic > 0 && digits > 0).then(|| &text[at..end])
    })
}

#[test]
fn named_facts_exist_and_each_id_is_used_once() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let facts = fs::read_to_string(root.join("docs/kratos.md")).unwrap();
    let mut known = BTreeSet::new();
    for line in facts.lines() {
        let anchor = line.strip_prefix("- <a id=\"");
        if let Some((anchor, rest)) = anchor.and_then(|line| line.split_once("\">")) {
            let id = rest.split('<').next().unwrap_or_default();
            assert_eq!(id.to_lowercase(), anchor, "{line}");
            assert!(known.insert(id), "{id} twice");
        }
    }
    let mut named = 0;
    let mut folders = ["codegen", "macros", "runtime", "tests"]
        .map(|name| root.join(name))
        .to_vec();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|end| end == "rs") {
                let text = fs::read_to_string(&path).unwrap();
                for id in ids(&text) {
                    assert!(known.contains(id), "{}: {id}", path.display());
                    named += 1;
                }
            }
        }
    }
    assert!(named > 20, "{named}");
    for id in ids(&facts) {
        assert!(known.contains(id), "docs/kratos.md: {id}");
    }
}
