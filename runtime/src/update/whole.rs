//! The patch of a whole object: for an updater that is a generated struct itself.

use std::borrow::Cow;
use std::collections::BTreeSet;

use serde_json::value::RawValue;

use super::keep::Stored;
use super::patch::{Action, Entry, Patch, path_of};
use crate::traits::facts::{TraitFacts, TraitsObject};
use crate::traits::marker::Privileged;
use crate::traits::path::TraitPath;
use crate::traits::raw::RawTraits;
use crate::traits::tree::Tree;
use crate::traits::typed::{Named, Survey, written_at};

impl<T: TraitsObject> Patch<T, Privileged> {
    /// Every member of a whole object: what it has is set, what it has not is removed.
    ///
    /// Members that updaters may not change are left alone; so are members that the type does not name. A type that
    /// collects the other members names them all: of those, too, what the object has not is removed.
    pub(crate) fn whole(object: &T) -> Self {
        let mut patch = Self::privileged();
        let text = written_at(object, &TraitPath::ROOT, T::TRAITS);
        match text.filter(|text| text.get().starts_with('{')) {
            Some(text) => patch.members(&text, &TraitPath::ROOT, Some(&Tree::read(&text))),
            None => patch.push(TraitPath::ROOT, Action::Unwritable),
        }
        patch
    }

    /// Sets and removes the members of the object at `holder`; an object with a denied member is
    /// entered, all others change as a whole.
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
                self.members(whole, &path_of(facts), inner);
                continue;
            }
            self.push(path_of(facts), value.map_or(Action::Remove, setting));
        }
        let members = object.and_then(Tree::members).into_iter().flatten();
        let others = members.filter(|(name, _)| !named.contains(&***name));
        let mut but = BTreeSet::new();
        for (name, (_, value)) in others {
            self.push(holder.child(&**name), setting(value));
            but.insert((**name).to_owned());
        }
        if collects::<T>(whole, holder) {
            self.push(holder.clone(), Action::RemoveOthers { but });
        }
    }
}

fn setting(value: &Tree<'_>) -> Action {
    Action::Set(value.raw().to_owned())
}

/// Whether the type of an object collects the members that it does not list: seen by one that nobody lists.
fn collects<T: TraitsObject>(whole: &RawValue, object: &TraitPath) -> bool {
    let other = object.child("\u{0}");
    let with_other = RawTraits::try_from(whole)
        .ok()
        .and_then(|whole| whole.with(&other, RawValue::NULL.to_owned()).ok());
    with_other.is_some_and(|text| {
        let survey = Survey::at::<T>(text.raw(), other.segments());
        survey.names(other.segments()) != Named::No
    })
}

impl<T: TraitsObject, A> Patch<T, A> {
    /// The same changes, made on this document: the members that are removed because a whole object has them not are
    /// listed.
    #[cfg(feature = "flow")]
    pub(crate) fn made_on(&self, current: &RawTraits) -> Self {
        Self::of(self.resolved(&Stored::of(current)).into_owned())
    }

    /// The changes of a document, one by one.
    pub(super) fn resolved(&self, stored: &Stored<'_, T>) -> Cow<'_, [Entry]> {
        if self.paths().count() == self.entries.len() {
            return Cow::Borrowed(&self.entries);
        }
        let entries = self.entries.iter().flat_map(|entry| match &entry.action {
            Action::RemoveOthers { but } => {
                let others = stored.collected(&entry.path).into_iter();
                let others = others.filter(|name| !but.contains(name));
                let remove = |name| Entry {
                    path: entry.path.child(name),
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
