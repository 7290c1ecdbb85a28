//! The members of a traits document that an update changes.

use serde::Serialize;
use serde_json::value::RawValue;

use crate::json::path::{PathSet, TraitPath};
use crate::json::{Json, names};
use crate::traits::facts::IdentityTraits;
use crate::traits::raw::RawTraits;
use crate::update::difference::{Difference, differing};

/// One member whose value changes; `None` where it is absent.
///
/// An array is one value: the index of an item is meaningless once another client adds an item.
#[derive(Clone)]
pub(super) struct Edit {
    pub(super) path: TraitPath,
    pub(super) old: Option<Box<RawValue>>,
    pub(super) new: Option<Box<RawValue>>,
}

/// The smallest members in which the two documents differ.
pub(super) fn edits(before: &Json<'_>, after: &Json<'_>) -> Vec<Edit> {
    let mut found = Vec::new();
    compare(&TraitPath::ROOT, Some(before), Some(after), &mut found);
    found
}

/// The same edits, with each member of a new object as an edit of its own. Kratos creates the object
/// around a member if it is missing (K-admin-4: `EnsurePathExistsOnAdd` in `jsonx/patch.go` of `ory/x`), so that
/// members which another client has added to it meanwhile are kept.
pub(super) fn member_by_member(edits: Vec<Edit>) -> Vec<Edit> {
    let mut found = Vec::new();
    for edit in edits {
        match (&edit.old, &edit.new) {
            (None, Some(new)) => members_of(&edit.path, &Json::read(new), &mut found),
            _ => found.push(edit),
        }
    }
    found
}

fn members_of(path: &TraitPath, new: &Json<'_>, found: &mut Vec<Edit>) {
    // For a name like a number, or `-`, Kratos would create an array.
    let is_position =
        |name: &str| name.starts_with(|c: char| c.is_ascii_digit() || "+-".contains(c));
    match new.members() {
        Some(members)
            if !members.is_empty() && !members.sorted().any(|(name, _)| is_position(name)) =>
        {
            for (name, member) in members.sorted() {
                members_of(&path.child(name), member, found);
            }
        }
        _ => found.push(Edit {
            path: path.clone(),
            old: None,
            new: Some(new.to_raw()),
        }),
    }
}

fn compare(
    path: &TraitPath,
    before: Option<&Json<'_>>,
    after: Option<&Json<'_>>,
    found: &mut Vec<Edit>,
) {
    // An update keeps the text of everything that it does not change.
    if before.map(Json::text) == after.map(Json::text) {
        return;
    }
    if let Some(names) = names(before, after) {
        for name in names {
            let [before, after] = [before, after].map(|one| one.and_then(|one| one.get(name)));
            compare(&path.child(name), before, after, found);
        }
        return;
    }
    found.push(Edit {
        path: path.clone(),
        old: before.map(Json::to_raw),
        new: after.map(Json::to_raw),
    });
}

/// The differences between the sent and the stored traits, among the members of the edits. The other
/// members are not sent: another value there is a change of another client.
pub(super) fn differing_in<T: IdentityTraits>(
    edits: &[Edit],
    sent: &RawTraits,
    stored: &RawTraits,
) -> Vec<Difference> {
    let edited = PathSet::of(edits.iter().map(|edit| edit.path.segments()));
    let is_edited = |one: &Difference| {
        let path = one.path.segments();
        edited.covers(path) || edited.reaches_into(path)
    };
    let mut found = differing::<T>(sent, stored);
    found.retain(is_edited);
    found
}

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
/// (K-admin-4: `jsonx/patch.go` of `ory/x`), which would restore a member that another client has removed since it
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
    use proptest::prelude::prop_assert_eq;

    use super::*;
    use crate::json::random_tests::{any_object, each};

    fn found(before: &str, after: &str) -> Vec<String> {
        let read = |text| RawTraits::parse(text).unwrap();
        let text = |value: &Option<Box<RawValue>>| {
            let value = value.as_ref();
            value.map_or_else(|| "-".to_owned(), |one| one.get().to_owned())
        };
        edits(&read(before).json(), &read(after).json())
            .iter()
            .map(|edit| format!("{} {} {}", edit.path, text(&edit.old), text(&edit.new)))
            .collect()
    }

    #[test]
    fn a_new_object_member_by_member() {
        let paths = |after| {
            let read = |text| RawTraits::parse(text).unwrap();
            let edits = edits(&read(r#"{"z":{"y":1}}"#).json(), &read(after).json());
            let edits = member_by_member(edits);
            let paths = edits.iter().map(|edit| edit.path.to_string());
            paths.collect::<Vec<_>>()
        };
        assert_eq!(
            paths(r#"{"z":{"y":2},"a":{"b":{"d":1},"c":[{"e":1}],"f":{}}}"#),
            ["a.b.d", "a.c", "a.f", "z.y"]
        );
        // Where Kratos would create an array, and where a value is replaced.
        assert_eq!(
            paths(r#"{"z":{"y":{"x":1}},"a":{"0":1,"b":2},"c":{"-":1},"d":{"+1":1}}"#),
            ["a", "c", "d", "z.y"]
        );
    }

    #[test]
    fn only_the_smallest_members() {
        assert_eq!(
            found(
                r#"{"a":{"b":1.10,"c":[1,2],"e":null},"x":true}"#,
                r#"{"a":{"b":1.10,"c":[1,3],"d":{}},"x":true,"":0}"#,
            ),
            [" - 0", "a.c [1,2] [1,3]", "a.d - {}", "a.e null -"]
        );
        assert_eq!(found(r#"{"a":1,"b":2}"#, r#"{"b":2,"a":1}"#), [""; 0]);
        assert_eq!(
            found(r#"{"a":"x"}"#, r#"{"a":{"b":1}}"#),
            ["a \"x\" {\"b\":1}"]
        );
    }

    #[test]
    fn the_edits_of_random_documents_turn_one_into_the_other() {
        each(&(any_object(), any_object()), |(before, after)| {
            let [before, after] = [before, after].map(|one| RawTraits::parse(&one.text()).unwrap());
            for edits in [
                edits(&before.json(), &after.json()),
                member_by_member(edits(&before.json(), &after.json())),
            ] {
                let made = edits.into_iter().fold(before.clone(), |made, edit| {
                    let made = match edit.new {
                        Some(new) => made.with(&edit.path, new),
                        None => made.without(&edit.path),
                    };
                    made.unwrap()
                });
                let value =
                    |of: &RawTraits| serde_json::from_str::<serde_json::Value>(of.as_str()).ok();
                prop_assert_eq!(value(&made), value(&after));
            }
            Ok(())
        });
    }
}

#[cfg(test)]
mod json_patch_tests {
    use super::*;
    use crate::admin::edits::edits;
    use crate::traits::raw::RawTraits;

    fn sent(before: &str, after: &str) -> String {
        let read = |text| RawTraits::parse(text).unwrap();
        String::from_utf8(body(&edits(&read(before).json(), &read(after).json()))).unwrap()
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
