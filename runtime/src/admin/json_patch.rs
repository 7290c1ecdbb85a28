//! JSON Patch (RFC 6902), in the subset that Kratos accepts: `add`, `remove` and `replace`.

use serde::Serialize;
use serde_json::value::RawValue;

use super::edits::Edit;
use crate::json::path::TraitPath;

#[derive(Serialize)]
struct Operation<'a> {
    op: &'static str,
    path: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    value: Option<&'a RawValue>,
}

/// The request body that makes the edits.
///
/// A member that gets another value is removed and added. Kratos turns `replace` into `add`
/// (`jsonx/patch.go` of `ory/x`), which would restore a member that another client has removed since it
/// was read; it refuses to `remove` a member that does not exist.
pub(super) fn body(edits: &[Edit]) -> Vec<u8> {
    let mut operations = Vec::new();
    for edit in edits {
        let mut operation = |op, value| {
            let path = pointer(&edit.path);
            operations.push(Operation { op, path, value });
        };
        if edit.old.is_some() {
            operation("remove", None);
        }
        if let Some(new) = edit.new.as_deref() {
            operation("add", Some(new));
        }
    }
    // Serializing strings and raw JSON cannot fail.
    serde_json::to_vec(&operations).unwrap_or_default()
}

/// The JSON Pointer (RFC 6901) of a trait in an identity.
fn pointer(path: &TraitPath) -> String {
    let mut pointer = "/traits".to_owned();
    for segment in path.segments() {
        pointer.push('/');
        pointer.push_str(&segment.replace('~', "~0").replace('/', "~1"));
    }
    pointer
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::admin::edits::edits;
    use crate::traits::raw::RawTraits;

    fn sent(before: &str, after: &str) -> String {
        let read = |text| RawTraits::parse(text).unwrap();
        String::from_utf8(body(&edits(&read(before), &read(after)))).unwrap()
    }

    #[test]
    fn a_replaced_member_is_removed_first() {
        assert_eq!(
            sent(
                r#"{"a":1.10,"b":2,"e":[]}"#,
                r#"{"a":3.20,"c":{},"d":"x&y","e":[]}"#
            ),
            concat!(
                r#"[{"op":"remove","path":"/traits/a"},"#,
                r#"{"op":"add","path":"/traits/a","value":3.20},"#,
                r#"{"op":"remove","path":"/traits/b"},"#,
                r#"{"op":"add","path":"/traits/c","value":{}},"#,
                r#"{"op":"add","path":"/traits/d","value":"x&y"}]"#,
            )
        );
    }

    #[test]
    fn names_are_escaped() {
        assert_eq!(
            sent("{}", r#"{"a/b":{"~1":1},"":2,"c.d":3,"-":4,"ü":5}"#),
            concat!(
                r#"[{"op":"add","path":"/traits/","value":2},"#,
                r#"{"op":"add","path":"/traits/-","value":4},"#,
                r#"{"op":"add","path":"/traits/a~1b","value":{"~1":1}},"#,
                r#"{"op":"add","path":"/traits/c.d","value":3},"#,
                r#"{"op":"add","path":"/traits/ü","value":5}]"#,
            )
        );
        assert!(sent(r#"{"a/b":{"~1":1}}"#, r#"{"a/b":{"~1":2}}"#).contains("/traits/a~1b/~01"));
    }
}
