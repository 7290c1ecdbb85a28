//! JSON Patch, as `jsonx/patch.go` of `ory/x` and `evanphx/json-patch` apply it.

use serde::Deserialize;
use serde_json::value::RawValue;

use kratos_traits::RawTraits;
use kratos_traits::TraitPath;

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

const DENIED: [&str; 3] = ["/id", "/stateChangedAt", "/credentials"];

/// Applies the patch; the error is the message of Kratos. Like Kratos it refuses all operations but
/// three, among them `test`.
pub(super) fn apply(patch: &[Operation], document: RawTraits) -> Result<RawTraits, String> {
    for Operation { op, path, .. } in patch {
        if !matches!(op.as_str(), "add" | "remove" | "replace") {
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
        "remove" if there.is_none() => Err(format!(
            "error in remove for path: '{path}': unable to remove nonexistent key: missing value"
        )),
        "remove" => document.without(&place).map_err(wrong),
        // Kratos turns `replace` into `add`.
        _ => document.with(&place, value).map_err(wrong),
    }
}

/// Reads a JSON Pointer.
fn read(pointer: &str) -> Option<TraitPath> {
    let names = pointer.strip_prefix('/')?.split('/');
    Some(TraitPath::new(
        names.map(|name| name.replace("~1", "/").replace("~0", "~")),
    ))
}
