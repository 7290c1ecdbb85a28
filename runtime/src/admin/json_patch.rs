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
/// Without `test`, a member that becomes another is removed and added: Kratos makes an `add` of a
/// `replace` (`jsonx/patch.go` of `ory/x`), and so would bring back what somebody else has removed, but
/// it refuses to remove what is not there.
///
/// An old value is sent in the spelling in which Kratos showed it: its library (`evanphx/json-patch`)
/// compares scalars letter by letter. An absent member is tested for `null`, which that library takes
/// for absent; RFC 6902 has no other way to ask for it.
pub(super) fn body(edits: &[Edit], tested: bool) -> Vec<u8> {
    let mut operations = Vec::new();
    for edit in edits {
        let mut operation = |op, value| {
            let path = pointer(&edit.path);
            operations.push(Operation { op, path, value });
        };
        let (old, new) = (edit.old.as_deref(), edit.new.as_deref());
        if tested {
            operation("test", Some(old.unwrap_or(RawValue::NULL)));
        }
        match (old, new) {
            (_, None) => operation("remove", None),
            (None, _) => operation("add", new),
            (Some(_), _) if tested => operation("replace", new),
            (Some(_), _) => {
                operation("remove", None);
                operation("add", new);
            }
        }
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
    fn without_test_nothing_comes_back() {
        assert_eq!(
            sent(r#"{"a":1,"b":2}"#, r#"{"a":3,"c":4}"#, false),
            concat!(
                r#"[{"op":"remove","path":"/traits/a"},"#,
                r#"{"op":"add","path":"/traits/a","value":3},"#,
                r#"{"op":"remove","path":"/traits/b"},"#,
                r#"{"op":"add","path":"/traits/c","value":4}]"#,
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
