//! What an update changes in a traits document, member by member.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;
use serde_json::value::RawValue;

use super::outcome::AdminConflict;
use crate::traits::path::TraitPath;
use crate::traits::raw::RawTraits;
use crate::traits::splice::Members;

/// One member that becomes another value; `None` where it is absent.
///
/// An array is one value: the place of an item means nothing once somebody adds another.
#[derive(Clone)]
pub(super) struct Edit {
    pub(super) path: TraitPath,
    pub(super) old: Option<Box<RawValue>>,
    pub(super) new: Option<Box<RawValue>>,
}

/// The smallest members in which the documents differ.
pub(super) fn edits(before: &RawTraits, after: &RawTraits) -> Vec<Edit> {
    let mut found = Vec::new();
    compare(
        &TraitPath::ROOT,
        Some(before.raw()),
        Some(after.raw()),
        &mut found,
    );
    found
}

fn compare(
    path: &TraitPath,
    before: Option<&RawValue>,
    after: Option<&RawValue>,
    found: &mut Vec<Edit>,
) {
    // An update leaves the text of whatever it does not change.
    if before.map(RawValue::get) == after.map(RawValue::get) {
        return;
    }
    if let (Some(before), Some(after)) = (
        before.and_then(Members::read),
        after.and_then(Members::read),
    ) {
        let (before, after) = (by_name(&before), by_name(&after));
        let names: BTreeSet<_> = before.keys().chain(after.keys()).collect();
        for name in names {
            let (before, after) = (before.get(name).copied(), after.get(name).copied());
            compare(&path.child(&**name), before, after, found);
        }
        return;
    }
    found.push(Edit {
        path: path.clone(),
        old: before.map(ToOwned::to_owned),
        new: after.map(ToOwned::to_owned),
    });
}

fn by_name<'a>(members: &Members<'a>) -> BTreeMap<Cow<'a, str>, &'a RawValue> {
    members.iter().collect()
}

/// The document with these edits; the error is the path of what has no place for one.
pub(super) fn applied(edits: &[Edit], traits: &RawTraits) -> Result<RawTraits, TraitPath> {
    edits
        .iter()
        .try_fold(traits.clone(), |traits, edit| match &edit.new {
            Some(value) => traits.with(&edit.path, value.clone()),
            None => traits.without(&edit.path),
        })
}

/// The edits that are left to do where somebody else has changed the traits meanwhile, and those
/// that contradict what somebody else did.
pub(super) fn against(edits: Vec<Edit>, current: &RawTraits) -> (Vec<Edit>, Vec<AdminConflict>) {
    let (mut left, mut conflicts) = (Vec::new(), Vec::new());
    for edit in edits {
        let theirs = current.get(&edit.path);
        if same(theirs.as_deref(), edit.new.as_deref()) {
            continue;
        }
        if same(theirs.as_deref(), edit.old.as_deref()) {
            left.push(Edit {
                old: theirs,
                ..edit
            });
        } else {
            conflicts.push(AdminConflict {
                path: edit.path,
                base: edit.old,
                ours: edit.new,
                theirs,
            });
        }
    }
    (left, conflicts)
}

/// Whether both say the same, in whatever spelling.
pub(super) fn same(a: Option<&RawValue>, b: Option<&RawValue>) -> bool {
    let value = |raw: &RawValue| serde_json::from_str::<Value>(raw.get()).ok();
    match (a, b) {
        (None, None) => true,
        (Some(a), Some(b)) => {
            a.get() == b.get() || value(a).is_some_and(|a| value(b).as_ref() == Some(&a))
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(before: &str, after: &str) -> Vec<String> {
        let read = |text| RawTraits::parse(text).unwrap();
        let text = |value: &Option<Box<RawValue>>| {
            let value = value.as_ref();
            value.map_or_else(|| "-".to_owned(), |one| one.get().to_owned())
        };
        edits(&read(before), &read(after))
            .iter()
            .map(|edit| format!("{} {} {}", edit.path, text(&edit.old), text(&edit.new)))
            .collect()
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
    fn what_somebody_else_did_meanwhile() {
        let read = |text| RawTraits::parse(text).unwrap();
        let base = read(r#"{"a":1,"b":1,"c":1,"d":1}"#);
        let ours = read(r#"{"a":2,"b":2,"c":2,"d":1}"#);
        let theirs = read(r#"{"a":1,"b":2,"c":3,"d":4}"#);
        let (left, conflicts) = against(edits(&base, &ours), &theirs);
        let left: Vec<_> = left.iter().map(|edit| edit.path.to_string()).collect();
        let conflicts: Vec<_> = conflicts.iter().map(|one| one.path.to_string()).collect();
        assert_eq!(
            (left, conflicts),
            (vec!["a".to_owned()], vec!["c".to_owned()])
        );
    }
}
