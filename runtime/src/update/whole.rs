//! The patch of a generated struct that is used as an update.

use std::collections::BTreeSet;

#[cfg(feature = "client")]
use super::keep::Stored;
#[cfg(feature = "client")]
use super::patch::Entry;
use super::patch::{Action, Patch};
use crate::json::path::TraitPath;
use crate::json::{Json, Members};
use crate::traits::facts::{TraitFacts, TraitsObject};
use crate::traits::marker::Privileged;
use crate::traits::typed::{Survey, written};

impl<T: TraitsObject> Patch<T, Privileged> {
    /// Sets every member that the object has, and removes the members that it does not have.
    ///
    /// Denied members and members that the type does not name are kept. A type with a flattened map names all members, so
    /// stored members without an entry in the map are removed too. An entry with the name of a trait sets that trait if
    /// the trait's own field is `None`.
    pub(crate) fn whole(object: &T) -> Self {
        let mut patch = Self::privileged();
        let text = written(object);
        match text.as_deref().map(Json::read) {
            Some(whole) if whole.members().is_some() => {
                patch.set_members(&whole, &TraitPath::ROOT, Some(&whole));
            }
            _ => patch.push(TraitPath::ROOT, Action::Unwritable),
        }
        patch
    }

    /// Sets and removes the members of the object at `path`. A member that holds a denied trait is changed member by
    /// member, any other member as a whole.
    fn set_members(&mut self, whole: &Json<'_>, path: &TraitPath, object: Option<&Json<'_>>) {
        let mut named = BTreeSet::new();
        for facts in T::TRAITS {
            let Some((name, holder)) = facts.path.split_last() else {
                continue;
            };
            if holder != path.segments() {
                continue;
            }
            named.insert(*name);
            let value = object.and_then(|object| object.get(name));
            if !facts.editable {
                continue;
            }
            if holds_denied(facts, T::TRAITS) {
                let inner = value.filter(|value| value.members().is_some());
                self.set_members(whole, &facts.path(), inner);
                continue;
            }
            self.push(facts.path(), value.map_or(Action::Remove, setting));
        }
        let mut but = BTreeSet::new();
        let members = object.and_then(Json::members);
        for (name, value) in members.into_iter().flat_map(Members::sorted) {
            if !named.contains(name) {
                self.push(path.hidden_child(name), setting(value));
                but.insert(name.to_owned());
            }
        }
        if has_flattened_map::<T>(whole, path) {
            self.push(path.clone(), Action::RemoveOthers { but });
        }
    }
}

fn setting(value: &Json<'_>) -> Action {
    Action::Set(value.to_raw())
}

/// Whether the type of an object has a map of unnamed members: it then reads a member that no schema has.
fn has_flattened_map<T: TraitsObject>(whole: &Json<'_>, object: &TraitPath) -> bool {
    let other = object.child("\u{0}");
    let mut with_other = whole.clone();
    with_other.set(other.segments(), Json::null()).is_ok()
        && !Survey::at::<T>(&with_other, other.segments()).ignores(other.segments())
}

#[cfg(feature = "client")]
impl<T: TraitsObject, A> Patch<T, A> {
    /// The same changes for this document, with one removal for each member that a whole object does not have.
    pub(crate) fn made_on(&self, current: &Json<'_>) -> Self {
        let stored = Stored::<T>::of(current);
        let mut entries = Vec::with_capacity(self.entries.len());
        for entry in &self.entries {
            match &entry.action {
                Action::RemoveOthers { but } => {
                    let others = stored.others(&entry.path, but).into_iter();
                    entries.extend(others.map(|path| Entry {
                        path,
                        action: Action::Remove,
                        updater: entry.updater,
                    }));
                }
                _ => entries.push(entry.clone()),
            }
        }
        Self::of(entries)
    }
}

/// Whether a trait inside it is denied.
fn holds_denied(facts: &TraitFacts, all: &[TraitFacts]) -> bool {
    let mut inside = all
        .iter()
        .filter(|one| one.path.len() > facts.path.len() && one.path.starts_with(facts.path));
    inside.any(|one| !one.editable)
}
