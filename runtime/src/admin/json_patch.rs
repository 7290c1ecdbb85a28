//! JSON Patch (RFC 6902), as Kratos takes it.

use serde::Serialize;
use serde_json::value::RawValue;

use super::edits::Edit;
use crate::traits::path::TraitPath;

#[derive(Serialize)]
struct Operation<'a> {
    op: &'static str,
    path: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    value: Option<&'a RawValue>,
}

/// The body that makes the edits, each behind a `test` of its old value if `tested`.
///
/// An old value is sent in the spelling in which Kratos showed it: its library (`evanphx/json-patch`)
/// compares scalars letter by letter. An absent member is tested for `null`, which that library takes
/// for absent; RFC 6902 has no other way to ask for it.
pub(super) fn body(edits: &[Edit], tested: bool) -> Vec<u8> {
    let mut operations = Vec::new();
    for edit in edits {
        let path = pointer(&edit.path);
        if tested {
            operations.push(Operation {
                op: "test",
                path: path.clone(),
                value: Some(edit.old.as_deref().unwrap_or(RawValue::NULL)),
            });
        }
        operations.push(Operation {
            op: match (&edit.old, &edit.new) {
                (_, None) => "remove",
                (None, Some(_)) => "add",
                (Some(_), Some(_)) => "replace",
            },
            path,
            value: edit.new.as_deref(),
        });
    }
    // Text that was JSON already always has a JSON form.
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

    fn sent(before: &str, after: &str, tested: bool) -> String {
        let read = |text| RawTraits::parse(text).unwrap();
        String::from_utf8(body(&edits(&read(before), &read(after)), tested)).unwrap()
    }

    #[test]
    fn old_values_are_tested_to_the_letter() {
        assert_eq!(
            sent(
                r#"{"a":1.10,"b":"x&y","c":[]}"#,
                r#"{"a":2,"c":[],"d":{}}"#,
                true
            ),
            concat!(
                r#"[{"op":"test","path":"/traits/a","value":1.10},"#,
                r#"{"op":"replace","path":"/traits/a","value":2},"#,
                r#"{"op":"test","path":"/traits/b","value":"x&y"},"#,
                r#"{"op":"remove","path":"/traits/b"},"#,
                r#"{"op":"test","path":"/traits/d","value":null},"#,
                r#"{"op":"add","path":"/traits/d","value":{}}]"#,
            )
        );
    }

    #[test]
    fn names_are_escaped() {
        assert_eq!(
            sent("{}", r#"{"a/b":{"~1":1},"":2,"c.d":3,"-":4,"ü":5}"#, false),
            concat!(
                r#"[{"op":"add","path":"/traits/","value":2},"#,
                r#"{"op":"add","path":"/traits/-","value":4},"#,
                r#"{"op":"add","path":"/traits/a~1b","value":{"~1":1}},"#,
                r#"{"op":"add","path":"/traits/c.d","value":3},"#,
                r#"{"op":"add","path":"/traits/ü","value":5}]"#,
            )
        );
        assert!(
            sent(r#"{"a/b":{"~1":1}}"#, r#"{"a/b":{"~1":2}}"#, false).contains("/traits/a~1b/~01")
        );
    }
}
