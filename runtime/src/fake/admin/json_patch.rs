//! JSON Patch, as `jsonx/patch.go` of `ory/x` and `evanphx/json-patch` apply it.

use serde::Deserialize;
use serde_json::Value;
use serde_json::value::RawValue;

use crate::traits::path::TraitPath;
use crate::traits::raw::RawTraits;

/// One operation of a patch.
#[derive(Deserialize)]
pub(super) struct Operation {
    #[serde(default)]
    op: String,
    #[serde(default)]
    path: String,
    #[serde(default)]
    value: Option<Box<RawValue>>,
}

/// Whether the server takes the operation `test`.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(in crate::fake) enum Tests {
    /// As v1.3.1 does.
    Refused,
    /// As RFC 6902 says.
    Taken,
}

const DENIED: [&str; 3] = ["/id", "/stateChangedAt", "/credentials"];

/// The document that the patch makes; the error is what Kratos says.
pub(super) fn apply(
    patch: &[Operation],
    document: RawTraits,
    tests: Tests,
) -> Result<RawTraits, String> {
    for Operation { op, path, .. } in patch {
        let known = matches!(op.as_str(), "add" | "remove" | "replace");
        let known = known || op == "test" && tests == Tests::Taken;
        if !known {
            return Err(format!("unsupported operation: {op}"));
        }
        if DENIED.contains(&path.as_str()) {
            return Err(format!("patch includes denied path: {path}"));
        }
    }
    patch.iter().try_fold(document, operate)
}

fn operate(document: RawTraits, operation: &Operation) -> Result<RawTraits, String> {
    let Operation { op, path, value } = operation;
    let place = read(path)
        .ok_or_else(|| format!("{op} operation does not apply: doc is missing path: {path}"))?;
    let there = document.get(&place);
    let wrong = |_| format!("{op} operation does not apply: doc is missing path: \"{path}\"");
    let value = value.clone().unwrap_or_else(|| RawValue::NULL.to_owned());
    match op.as_str() {
        "test" if same(there.as_deref().unwrap_or(RawValue::NULL), &value) => Ok(document),
        "test" => Err(format!("testing value {path} failed: test failed")),
        "remove" if there.is_none() => Err(format!(
            "error in remove for path: '{path}': unable to remove nonexistent key: missing value"
        )),
        "remove" => document.without(&place).map_err(wrong),
        _ => document.with(&place, value).map_err(wrong),
    }
}

fn same(a: &RawValue, b: &RawValue) -> bool {
    let value = |raw: &RawValue| serde_json::from_str::<Value>(raw.get()).ok();
    value(a) == value(b)
}

/// Reads a JSON Pointer.
fn read(pointer: &str) -> Option<TraitPath> {
    let names = pointer.strip_prefix('/')?.split('/');
    Some(TraitPath::new(
        names.map(|name| name.replace("~1", "/").replace("~0", "~")),
    ))
}
