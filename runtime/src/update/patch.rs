//! What an updater wants to change, before anybody knows the current traits.

use std::fmt;
use std::marker::PhantomData;

use serde::Serialize;
use serde_json::value::RawValue;

use crate::JsonObject;
use crate::problem::{Message, MessageId, Problem};
use crate::traits::facts::{TraitAt, TraitFacts, TraitsObject};
use crate::traits::path::TraitPath;
use crate::traits::raw::RawTraits;

/// The changes that an updater asks for, trait by trait.
///
/// Made by a derived [`SettingsUpdate`](crate::SettingsUpdate). `Debug` shows the paths only.
pub struct Patch<T> {
    entries: Vec<Entry>,
    traits: PhantomData<fn() -> T>,
}

#[derive(Clone)]
struct Entry {
    path: TraitPath,
    action: Action,
}

#[derive(Clone)]
enum Action {
    Set(Box<RawValue>),
    Remove,
}

impl<T> Patch<T> {
    /// No change at all.
    pub const fn new() -> Self {
        Self {
            entries: Vec::new(),
            traits: PhantomData,
        }
    }

    /// The paths that the patch sets or removes.
    pub fn paths(&self) -> impl Iterator<Item = &TraitPath> {
        self.entries.iter().map(|entry| &entry.path)
    }

    /// Whether the patch asks for nothing.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    fn push(&mut self, path: TraitPath, action: Action) {
        self.entries.push(Entry { path, action });
    }
}

impl<T: TraitsObject> Patch<T> {
    /// Every member of a whole object: what it has is set, what it has not is removed.
    ///
    /// Members that updaters may not change are left alone, as are members that the schema does not
    /// name and the object does not hold.
    pub(crate) fn whole(object: &T) -> Self {
        let mut patch = Self::new();
        let Ok(serde_json::Value::Object(mut members)) = serde_json::to_value(object) else {
            return patch;
        };
        for facts in T::TRAITS {
            let [name] = facts.path else { continue };
            let value = members.remove(*name);
            if editable_through(facts, T::TRAITS) {
                match value {
                    Some(value) => patch.push(path_of(facts), Action::Set(raw(&value))),
                    None => patch.push(path_of(facts), Action::Remove),
                }
            }
        }
        for (name, value) in members {
            patch.push(TraitPath::new([name]), Action::Set(raw(&value)));
        }
        patch
    }

    /// Sets the trait at position `INDEX`.
    pub(crate) fn set<const INDEX: usize>(&mut self, value: &T::Value)
    where
        T: TraitAt<INDEX>,
    {
        self.push(path_of(&T::TRAITS[INDEX]), Action::Set(raw(value)));
    }

    /// Sets one element of the array at position `INDEX`.
    pub(crate) fn set_item<const INDEX: usize>(&mut self, position: usize, value: &impl Serialize) {
        let array = path_of(&T::TRAITS[INDEX]);
        self.push(array.child(position.to_string()), Action::Set(raw(value)));
    }

    /// Removes the trait at position `INDEX`.
    pub(crate) fn remove<const INDEX: usize>(&mut self) {
        self.push(path_of(&T::TRAITS[INDEX]), Action::Remove);
    }

    /// Does to the object at position `INDEX` what `patch` does to its members.
    pub(crate) fn nest<const INDEX: usize, O>(&mut self, patch: Patch<O>) {
        let object = path_of(&T::TRAITS[INDEX]);
        for Entry { path, action } in patch.entries {
            let inner = path.segments().iter().cloned();
            let outer = object.segments().iter().cloned();
            self.push(TraitPath::new(outer.chain(inner)), action);
        }
    }

    /// Does what `patch`, which is of the same object, does, too.
    pub(crate) fn flatten<O>(&mut self, patch: Patch<O>) {
        self.entries.extend(patch.entries);
    }

    /// The document that the patch makes of `current`.
    pub(crate) fn apply(&self, current: &RawTraits) -> Result<RawTraits, Vec<Problem>> {
        let mut traits = current.clone();
        let mut problems = Vec::new();
        for Entry { path, action } in &self.entries {
            let changed = match action {
                Action::Remove => traits.without(path),
                Action::Set(value) => traits.with(path, value.clone()),
            };
            match changed {
                Ok(changed) => traits = changed,
                Err(blocked) => problems.push(blocked_at(blocked)),
            }
        }
        if problems.is_empty() {
            Ok(traits)
        } else {
            Err(problems)
        }
    }
}

/// Whether neither the trait nor a trait inside it is denied.
fn editable_through(facts: &TraitFacts, all: &[TraitFacts]) -> bool {
    all.iter()
        .filter(|one| one.path.starts_with(facts.path))
        .all(|one| one.editable)
}

fn path_of(facts: &TraitFacts) -> TraitPath {
    TraitPath::new(facts.path.iter().copied())
}

/// A generated type always has a JSON form; `null` would be refused by the check.
fn raw(value: &impl Serialize) -> Box<RawValue> {
    serde_json::value::to_raw_value(value).unwrap_or_else(|_| RawValue::NULL.to_owned())
}

/// What is stored where the patch needs an object or array is something else; it is not overwritten.
fn blocked_at(path: TraitPath) -> Problem {
    Problem {
        path,
        message: Message {
            id: MessageId::TYPE,
            text: "the stored value has no place for what is to be set in it".to_owned(),
            context: JsonObject::new(),
        },
    }
}

impl<T> Default for Patch<T> {
    fn default() -> Self {
        Self::new()
    }
}

impl<T> Clone for Patch<T> {
    fn clone(&self) -> Self {
        Self {
            entries: self.entries.clone(),
            traits: PhantomData,
        }
    }
}

impl<T> fmt::Debug for Patch<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let shown = self.entries.iter().map(|entry| {
            let action = match entry.action {
                Action::Set(_) => "set",
                Action::Remove => "remove",
            };
            (&entry.path, action)
        });
        f.debug_map().entries(shown).finish()
    }
}
