//! What an updater wants to change, before anybody knows the current traits.

use std::any::type_name;
use std::collections::BTreeMap;
use std::fmt;
use std::marker::PhantomData;
use std::ops::Bound::{Included, Unbounded};

use serde::Serialize;
use serde_json::Value;
use serde_json::value::RawValue;

use crate::JsonObject;
use crate::private::FitsTrait;
use crate::problem::{Message, MessageId, Problem};
use crate::traits::editing::Editing;
use crate::traits::facts::{TraitAt, TraitFacts, TraitsObject};
use crate::traits::path::TraitPath;
use crate::traits::raw::RawTraits;
use crate::traits::tree::Tree;
use crate::update::unchanged;

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

/// Whose changes a place has.
#[derive(PartialEq, Eq)]
enum By {
    One(usize),
    Several,
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
    /// Every member of a whole object: what it has is set, what it has not is removed.
    ///
    /// Members that updaters may not change are left alone; so are members that the schema does not
    /// name, where the object does not hold them.
    pub(crate) fn whole(object: &T) -> Self {
        let mut patch = Self::new();
        match serde_json::to_value(object) {
            Ok(Value::Object(members)) => patch.members(&TraitPath::ROOT, members),
            _ => patch.push(TraitPath::ROOT, Action::Unwritable),
        }
        patch
    }

    /// Sets and removes the members of the object at `holder`; an object with a denied member is
    /// entered, all others change as a whole.
    fn members(&mut self, holder: &TraitPath, mut members: JsonObject) {
        for facts in T::TRAITS {
            let Some((name, above)) = facts.path.split_last() else {
                continue;
            };
            if above != holder.segments() {
                continue;
            }
            let value = members.remove(*name);
            if !facts.editable {
                continue;
            }
            match value {
                Some(Value::Object(inner)) if holds_denied(facts, T::TRAITS) => {
                    self.members(&path_of(facts), inner);
                }
                _ if holds_denied(facts, T::TRAITS) => {
                    self.members(&path_of(facts), JsonObject::new());
                }
                Some(value) => self.push(path_of(facts), setting(&value)),
                None => self.push(path_of(facts), Action::Remove),
            }
        }
        for (name, value) in members {
            self.push(holder.child(name), setting(&value));
        }
    }

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

    /// What two updaters, one of them inside the other or beside it, would both change. The derive has seen to
    /// that, but for updaters that are put together at run time.
    fn changed_twice(&self) -> impl Iterator<Item = Problem> + '_ {
        let mut before: BTreeMap<&[String], By> = BTreeMap::new();
        let found = self.entries.iter().filter(move |entry| {
            let (path, updater) = (entry.path.segments(), entry.updater);
            let others = |by: Option<&By>| by.is_some_and(|by| *by != By::One(updater));
            let mut holders = (0..path.len()).map(|depth| before.get(&path[..depth]));
            let inside = before.range::<[String], _>((Included(path), Unbounded));
            let mut inside = inside.take_while(|(one, _)| one.starts_with(path));
            let twice = holders.any(others) || inside.any(|(_, by)| others(Some(by)));
            let by = before.entry(path).or_insert(By::One(updater));
            if *by != By::One(updater) {
                *by = By::Several;
            }
            twice
        });
        found.map(|entry| {
            let text = "two fields of the updater change this trait";
            problem(entry.path.clone(), MessageId::INVALID, text)
        })
    }

    /// The document that the patch makes of `current`; a value that is there already stays to the
    /// letter.
    #[cfg(feature = "flow")]
    pub(crate) fn apply(&self, current: &RawTraits) -> Result<RawTraits, Vec<Problem>> {
        let (traits, problems) = self.applied(current);
        if problems.is_empty() {
            Ok(traits)
        } else {
            Err(problems)
        }
    }

    /// The same, as far as it goes, and what of the patch cannot be done.
    pub(in crate::update) fn applied(&self, current: &RawTraits) -> (RawTraits, Vec<Problem>) {
        let mut traits = current.edit();
        let mut problems: Vec<Problem> = self.changed_twice().collect();
        for Entry { path, action, .. } in &self.entries {
            let changed = match action {
                Action::Remove => traits.remove(path.segments()).map(drop),
                Action::SetItem(value) if lacks_array(&mut traits, path) => {
                    first_item(&mut traits, path, value)
                }
                Action::Set(value) | Action::SetItem(value) => {
                    let kept = match traits.get(path.segments()) {
                        Some(stored) => unchanged::kept(&Tree::read(stored), &Tree::read(value)),
                        None => Some(value.clone()),
                    };
                    match kept {
                        Some(value) => traits.set(path.segments(), value),
                        None => continue,
                    }
                }
                Action::Unwritable => {
                    problems.push(unwritable(path.clone()));
                    continue;
                }
                Action::Misread => {
                    problems.push(misread(path.clone()));
                    continue;
                }
            };
            if let Err(depth) = changed {
                problems.push(blocked_at(path.above(depth)));
            }
        }
        (current.edited(traits), problems)
    }
}

/// Whether a trait inside it is denied.
fn holds_denied(facts: &TraitFacts, all: &[TraitFacts]) -> bool {
    let mut inside = all
        .iter()
        .filter(|one| one.path.len() > facts.path.len() && one.path.starts_with(facts.path));
    inside.any(|one| !one.editable)
}

fn path_of(facts: &TraitFacts) -> TraitPath {
    TraitPath::new(facts.path.iter().copied())
}

pub(super) fn setting(value: &impl Serialize) -> Action {
    serde_json::value::to_raw_value(value).map_or(Action::Unwritable, Action::Set)
}

/// Whether the array is absent whose item this is.
fn lacks_array(traits: &mut Editing, item: &TraitPath) -> bool {
    let array = item.segments().split_last().map(|(_, array)| array);
    array.is_some_and(|array| traits.get(array).is_none())
}

/// A new array of one item; the error is as that of [`Editing::set`].
fn first_item(traits: &mut Editing, item: &TraitPath, value: &RawValue) -> Result<(), usize> {
    let Some((position, array)) = item.segments().split_last() else {
        return Err(0);
    };
    let items = (position == "0").then(|| serde_json::value::to_raw_value(&[value]));
    match items {
        Some(Ok(items)) => traits.set(array, items),
        _ => Err(array.len()),
    }
}

/// What is stored where the patch needs an object or array is something else; it is not overwritten.
fn blocked_at(path: TraitPath) -> Problem {
    let text = "the stored value has no place for what is to be set in it";
    problem(path, MessageId::TYPE, text)
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

/// A patch without the value would save something else than was asked for.
fn unwritable(path: TraitPath) -> Problem {
    let text = "the value has no JSON form, or is an `f32`, which would be saved with digits that nobody wrote";
    problem(path, MessageId::INVALID, text)
}

fn misread(path: TraitPath) -> Problem {
    let text = "the derive and the runtime do not agree on the fields of the updater; take both of one version";
    problem(path, MessageId::INVALID, text)
}

fn problem(path: TraitPath, id: MessageId, text: &str) -> Problem {
    Problem {
        path,
        message: Message {
            id,
            text: text.to_owned(),
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
