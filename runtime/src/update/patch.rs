//! What an updater wants to change, before anybody knows the current traits.

use std::any::type_name;
use std::fmt;
use std::marker::PhantomData;

use serde::Serialize;
use serde_json::value::RawValue;

use crate::traits::facts::{TraitAt, TraitFacts, TraitsObject};
use crate::traits::path::TraitPath;
use crate::update::fits::FitsTrait;

/// The changes that an updater asks for, trait by trait.
///
/// Made by a derived [`SettingsUpdate`](crate::SettingsUpdate). `Debug` shows the paths only.
#[must_use = "nothing is changed before it is sent"]
pub struct Patch<T> {
    pub(super) entries: Vec<Entry>,
    pub(super) traits: PhantomData<fn() -> T>,
}

#[derive(Clone)]
pub(super) struct Entry {
    pub(super) path: TraitPath,
    pub(super) action: Action,
    /// Which updater it comes from: 0 for this one itself, another number for each one inside it.
    pub(super) updater: usize,
}

/// What becomes of one trait.
#[derive(Clone)]
#[allow(
    missing_debug_implementations,
    reason = "of generated code only; it holds values"
)]
pub enum Action {
    /// It becomes this.
    Set(Box<RawValue>),
    /// It becomes this item of an array; the first one makes an array that is absent.
    SetItem(Box<RawValue>),
    /// It goes.
    Remove,
    /// The value cannot be saved as it was given.
    Unwritable,
    /// What the derive wrote of it cannot be read.
    Misread,
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

    /// Removes whatever is there.
    pub(super) fn remove_at(&mut self, path: TraitPath) {
        self.push(path, Action::Remove);
    }

    pub(super) fn push(&mut self, path: TraitPath, action: Action) {
        self.entries.push(Entry {
            path,
            action,
            updater: 0,
        });
    }
}

impl<T: TraitsObject> Patch<T> {
    /// Sets the trait at position `INDEX` to what the value comes to.
    pub(crate) fn set<const INDEX: usize, S>(&mut self, value: &S)
    where
        T: TraitAt<INDEX>,
        S: FitsTrait<T::Value>,
    {
        self.push(path_of(&T::TRAITS[INDEX]), fitting(value));
    }

    /// Does this to the trait at a position.
    pub(super) fn add(&mut self, index: usize, action: Action) {
        match T::TRAITS.get(index) {
            Some(facts) => self.push(path_of(facts), action),
            None => self.misread(),
        }
    }

    /// A field is lost; nothing is saved then.
    pub(super) fn misread(&mut self) {
        self.push(TraitPath::ROOT, Action::Misread);
    }

    /// Sets one element of the array at position `INDEX`.
    pub(crate) fn set_item<const INDEX: usize, S, V>(&mut self, position: usize, value: &S)
    where
        S: FitsTrait<V>,
        V: Serialize,
    {
        let array = path_of(&T::TRAITS[INDEX]);
        let action = match fitting(value) {
            Action::Set(value) => Action::SetItem(value),
            other => other,
        };
        self.push(array.child(position.to_string()), action);
    }

    /// Removes the trait at position `INDEX`.
    pub(crate) fn remove<const INDEX: usize>(&mut self) {
        self.push(path_of(&T::TRAITS[INDEX]), Action::Remove);
    }

    /// Does to the object at position `INDEX` what `patch` does to its members.
    pub(crate) fn nest<const INDEX: usize, O>(&mut self, patch: Patch<O>) {
        let object = path_of(&T::TRAITS[INDEX]);
        self.take_in(patch, |path| {
            let inner = path.segments().iter().cloned();
            TraitPath::new(object.segments().iter().cloned().chain(inner))
        });
    }

    /// Does what `patch`, which is of the same object, does, too.
    pub(crate) fn flatten<O>(&mut self, patch: Patch<O>) {
        self.take_in(patch, |path| path);
    }

    fn take_in<O>(&mut self, patch: Patch<O>, place: impl Fn(TraitPath) -> TraitPath) {
        let highest = self.entries.iter().map(|entry| entry.updater).max();
        let first = highest.unwrap_or_default() + 1;
        self.entries
            .extend(patch.entries.into_iter().map(|entry| Entry {
                path: place(entry.path),
                updater: first + entry.updater,
                ..entry
            }));
    }
}

pub(super) fn path_of(facts: &TraitFacts) -> TraitPath {
    TraitPath::new(facts.path.iter().copied())
}

pub(super) fn setting(value: &impl Serialize) -> Action {
    serde_json::value::to_raw_value(value).map_or(Action::Unwritable, Action::Set)
}

/// Sets what the value comes to.
///
/// The derive refuses an `f32` by its name; behind an alias, as a parameter, and in edits the type is known only here.
fn fitting<S: FitsTrait<V>, V: Serialize>(value: &S) -> Action {
    let digits_nobody_wrote =
        type_name::<S>() == type_name::<f32>() && type_name::<V>() == type_name::<f64>();
    if digits_nobody_wrote {
        Action::Unwritable
    } else {
        setting(&value.fit())
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
                Action::Set(_) | Action::SetItem(_) => "set",
                Action::Remove => "remove",
                Action::Unwritable => "unwritable",
                Action::Misread => "misread",
            };
            (&entry.path, action)
        });
        f.debug_map().entries(shown).finish()
    }
}
