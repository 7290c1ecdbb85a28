//! The patch of a generated struct that is used as an update.

use std::borrow::Cow;
use std::collections::BTreeSet;

use serde_json::value::RawValue;

use super::keep::Stored;
use super::patch::{Action, Entry, Patch};
use crate::json::path::TraitPath;
use crate::traits::facts::{TraitFacts, TraitsObject};
use crate::traits::marker::Privileged;
use crate::traits::raw::RawTraits;
use crate::traits::tree::Tree;
use crate::traits::typed::{Survey, written};

impl<T: TraitsObject> Patch<T, Privileged> {
    /// Sets every member that the object has, and removes the members that it does not have.
    ///
    /// Denied members and members that the type does not name are kept. A type with a flattened map names all members, so
    /// stored members without an entry in the map are removed too. An entry with the name of a trait sets that trait if
    /// the trait's own field is `None`.
    pub(crate) fn whole(object: &T) -> Self {
        let mut patch = Self::privileged();
        match written(object).filter(|text| text.get().starts_with('{')) {
            Some(text) => patch.members(&text, &TraitPath::ROOT, Some(&Tree::read(&text))),
            None => patch.push(TraitPath::ROOT, Action::Unwritable),
        }
        patch
    }

    /// Sets and removes the members of the object at `holder`. A member that holds a denied trait is changed member by
    /// member, any other member as a whole.
    fn members(&mut self, whole: &RawValue, holder: &TraitPath, object: Option<&Tree<'_>>) {
        let mut named = BTreeSet::new();
        for facts in T::TRAITS {
            let Some((name, above)) = facts.path.split_last() else {
                continue;
            };
            if above != holder.segments() {
                continue;
            }
            named.insert(*name);
            let value = object.and_then(|object| object.get(name));
            if !facts.editable {
                continue;
            }
            if holds_denied(facts, T::TRAITS) {
                let inner = value.filter(|value| value.members().is_some());
                self.members(whole, &facts.path(), inner);
                continue;
            }
            self.push(facts.path(), value.map_or(Action::Remove, setting));
        }
        let members = object.and_then(Tree::members).into_iter().flatten();
        let others = members.filter(|(name, _)| !named.contains(&***name));
        let mut but = BTreeSet::new();
        for (name, (_, value)) in others {
            self.push(holder.hidden_child(&**name), setting(value));
            but.insert((**name).to_owned());
        }
        if has_flattened_map::<T>(whole, holder) {
            self.push(holder.clone(), Action::RemoveOthers { but });
        }
    }
}

fn setting(value: &Tree<'_>) -> Action {
    Action::Set(value.raw().to_owned())
}

/// Whether the type of an object has a map of unnamed members: it then reads a member that no schema has.
fn has_flattened_map<T: TraitsObject>(whole: &RawValue, object: &TraitPath) -> bool {
    let other = object.child("\u{0}");
    let with_other = RawTraits::try_from(whole)
        .ok()
        .and_then(|whole| whole.with(&other, RawValue::NULL.to_owned()).ok());
    with_other.is_some_and(|text| {
        let survey = Survey::at::<T>(&text.json(), other.segments());
        !survey.ignores(other.segments())
    })
}

impl<T: TraitsObject, A> Patch<T, A> {
    /// The same changes for this document, with one removal for each member that a whole object does not have.
    #[cfg(feature = "client")]
    pub(crate) fn made_on(&self, current: &RawTraits) -> Self {
        Self::of(self.resolved(&Stored::of(current)).into_owned())
    }

    /// The changes of a stored document, each with one path.
    pub(super) fn resolved(&self, stored: &Stored<'_, T>) -> Cow<'_, [Entry]> {
        if !self.removes_others() {
            return Cow::Borrowed(&self.entries);
        }
        let entries = self.entries.iter().flat_map(|entry| match &entry.action {
            Action::RemoveOthers { but } => {
                let others = stored.unlisted(&entry.path).into_iter();
                let others = others.filter(|name| !but.contains(name));
                let remove = |name| Entry {
                    path: entry.path.hidden_child(name),
                    action: Action::Remove,
                    updater: entry.updater,
                };
                others.map(remove).collect()
            }
            _ => vec![entry.clone()],
        });
        entries.collect()
    }
}

/// Whether a trait inside it is denied.
fn holds_denied(facts: &TraitFacts, all: &[TraitFacts]) -> bool {
    let mut inside = all
        .iter()
        .filter(|one| one.path.len() > facts.path.len() && one.path.starts_with(facts.path));
    inside.any(|one| !one.editable)
}
