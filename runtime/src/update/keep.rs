//! Sets a typed value and keeps the stored members that its type does not name.
//!
//! A newer schema of the server or another application may know these members. In an object they stay where they are. The
//! items of a new array cannot be matched with the stored ones, so an array whose stored items hold such members is not
//! replaced.
//!
//! A [`Survey`] of the stored document finds the members that the type names. In a value that cannot be read, a member counts as
//! named if the table of the traits has it; all others are kept.

use std::borrow::Cow;
use std::cell::OnceCell;
use std::collections::BTreeSet;
use std::marker::PhantomData;

use serde_json::value::{RawValue, to_raw_value};

use super::equality::typed_eq;
use crate::json::path::TraitPath;
use crate::traits::editing::Editing;
use crate::traits::facts::{TraitFacts, TraitsObject, is_trait};
use crate::traits::raw::RawTraits;
use crate::traits::tree::{Inside, Tree, object_text};
use crate::traits::typed::Survey;

/// The document that an update is applied to, and the members that `T` names in it.
pub(super) struct Stored<'c, T> {
    current: &'c RawTraits,
    /// Computed on first use; `None` if the document does not fit the type.
    survey: OnceCell<Option<Survey>>,
    traits: PhantomData<fn() -> T>,
}

impl<'c, T: TraitsObject> Stored<'c, T> {
    pub(super) fn of(current: &'c RawTraits) -> Self {
        Self {
            current,
            survey: OnceCell::new(),
            traits: PhantomData,
        }
    }

    /// The text that replaces `stored` if it is set to `new`; `None` if nothing changes.
    ///
    /// # Errors
    ///
    /// The members of array items that would be lost.
    pub(super) fn keep(
        &self,
        path: &TraitPath,
        stored: &RawValue,
        new: &RawValue,
    ) -> Result<Option<Box<RawValue>>, Vec<TraitPath>> {
        let (stored_tree, new_tree) = (Tree::read(stored), Tree::read(new));
        let has_members = stored.get().contains('{') && new.get().starts_with(['{', '[']);
        if !has_members {
            return Ok(preserve_text(&stored_tree, &new_tree));
        }
        self.with_survey(path, |survey| {
            let mut keeping = Keeping {
                survey,
                rewritten: survey.rewritten.as_deref().map(Tree::read),
                facts: T::TRAITS,
                path: path.segments().to_vec(),
                lost: Vec::new(),
            };
            let kept = keeping.value(&stored_tree, &new_tree);
            if keeping.lost.is_empty() {
                return Ok(kept);
            }
            let lost = keeping.lost.into_iter();
            let hide = |place| hidden(place, path.segments().len(), &stored_tree, T::TRAITS);
            Err(lost.map(hide).collect())
        })
    }

    /// The members of an object that its type names and the table of the traits does not have: those of a map.
    pub(super) fn unlisted(&self, object: &TraitPath) -> Vec<String> {
        let stored = Tree::read(self.current.raw());
        let members = stored.at(object.segments()).and_then(Tree::members);
        let Some(members) = members else {
            return Vec::new();
        };
        self.with_survey(object, |survey| {
            let names = members.keys().map(|name| (**name).to_owned());
            let is_unlisted = |name: &String| {
                let place = object.child(name.as_str());
                survey.names(place.segments()) && !is_trait(T::TRAITS, place.segments())
            };
            names.filter(is_unlisted).collect()
        })
    }

    /// Calls `ask` with a survey of the document or, if that does not fit the type, of the value at `path`.
    fn with_survey<R>(&self, path: &TraitPath, ask: impl FnOnce(&Survey) -> R) -> R {
        let current = self.current.json();
        match self.survey.get_or_init(|| Survey::of::<T>(&current)) {
            Some(survey) => ask(survey),
            None => ask(&Survey::at::<T>(&current, path.segments())),
        }
    }
}

/// A walk through a stored value and a new one.
struct Keeping<'s> {
    survey: &'s Survey,
    /// The JSON that the type writes for the stored document.
    rewritten: Option<Tree<'s>>,
    facts: &'static [TraitFacts],
    path: Vec<String>,
    /// The members that would be lost.
    lost: Vec<Vec<String>>,
}

impl Keeping<'_> {
    /// As [`preserve_text`], with the stored members that the type does not name.
    fn value(&mut self, stored: &Tree<'_>, new: &Tree<'_>) -> Option<Box<RawValue>> {
        match (&stored.inside, &new.inside) {
            (Inside::Members(_), Inside::Members(_)) => {
                merged(stored, new, |name, before, after| {
                    self.within(name, |inside| match after {
                        Some(after) => {
                            let kept = inside.value(before, after);
                            kept.map_or(Fate::Kept, Fate::Replaced)
                        }
                        None if inside.is_named() => Fate::Removed,
                        None => Fate::Kept,
                    })
                })
            }
            (Inside::Items(_), Inside::Items(_)) => self.items(stored, new),
            _ => preserve_text(stored, new),
        }
    }

    /// As [`preserve_text`]; adds members that would be lost to `lost`.
    fn items(&mut self, stored: &Tree<'_>, new: &Tree<'_>) -> Option<Box<RawValue>> {
        let rewritten = self.rewritten.as_ref().and_then(|one| one.at(&self.path));
        if rewritten.is_some_and(|rewritten| typed_eq(rewritten, new)) {
            return None;
        }
        let mut names = BTreeSet::new();
        names_in(new, &mut names);
        let mut lost = Vec::new();
        self.unnamed_in(stored, &names, &mut lost);
        if lost.is_empty() {
            return preserve_text(stored, new);
        }
        let mut named = Editing::of(stored.raw());
        let depth = self.path.len();
        let removed = lost
            .iter()
            .all(|place| named.remove(&place[depth..]).is_ok());
        let named = named.into_text().filter(|_| removed);
        if !named.is_some_and(|named| typed_eq(&Tree::read(&named), new)) {
            self.lost.append(&mut lost);
        }
        None
    }

    /// Adds the members of a stored value that the type does not name. If it is unknown which members the type names, these are
    /// the members that the new value does not have.
    fn unnamed_in(
        &mut self,
        stored: &Tree<'_>,
        new: &BTreeSet<&str>,
        unnamed: &mut Vec<Vec<String>>,
    ) {
        match &stored.inside {
            Inside::Members(members) => {
                for (name, (_, member)) in members {
                    self.within(name, |inside| {
                        let is_new =
                            || inside.survey.is_unknown(&inside.path) && new.contains(&**name);
                        if inside.survey.names(&inside.path) || is_new() {
                            inside.unnamed_in(member, new, unnamed);
                        } else {
                            unnamed.push(inside.path.clone());
                        }
                    });
                }
            }
            Inside::Items(items) => {
                for (position, item) in items.iter().enumerate() {
                    self.within(&position.to_string(), |inside| {
                        inside.unnamed_in(item, new, unnamed);
                    });
                }
            }
            Inside::Whole => {}
        }
    }

    /// Calls `walk` one level further down.
    fn within<R>(&mut self, name: &str, walk: impl FnOnce(&mut Self) -> R) -> R {
        self.path.push(name.to_owned());
        let result = walk(self);
        self.path.pop();
        result
    }

    /// Whether the type is known to name the member at the path.
    fn is_named(&self) -> bool {
        let is_listed = || is_trait(self.facts, &self.path);
        self.survey.names(&self.path) || self.survey.is_unknown(&self.path) && is_listed()
    }
}

/// The names of all members in a value.
fn names_in<'t>(value: &'t Tree<'_>, names: &mut BTreeSet<&'t str>) {
    match &value.inside {
        Inside::Members(members) => {
            for (name, (_, member)) in members {
                names.insert(name);
                names_in(member, names);
            }
        }
        Inside::Items(items) => items.iter().for_each(|item| names_in(item, names)),
        Inside::Whole => {}
    }
}

/// The path of a member, hiding the names after the first `shown` that the table of the traits does not have.
fn hidden(place: Vec<String>, shown: usize, stored: &Tree<'_>, facts: &[TraitFacts]) -> TraitPath {
    let positions = shown..place.len();
    let is_name = |position: &usize| {
        let holder = stored.at(&place[shown..*position]);
        holder.is_none_or(|holder| holder.members().is_some())
            && !is_trait(facts, &place[..=*position])
    };
    let hidden = positions.filter(is_name).collect();
    TraitPath::with_hidden(place, hidden)
}

/// The text of `new`, with the stored text of every value that is equal; `None` if all are equal.
///
/// A typed value is written as `1.1` where `1.10` is stored, and without the last digits of a long number.
pub(super) fn preserve_text(stored: &Tree<'_>, new: &Tree<'_>) -> Option<Box<RawValue>> {
    match (&stored.inside, &new.inside) {
        (Inside::Members(_), Inside::Members(_)) => members(stored, new),
        (Inside::Items(stored), Inside::Items(new)) => elements(stored, new),
        _ => (!typed_eq(stored, new)).then(|| new.raw().to_owned()),
    }
}

fn members(stored: &Tree<'_>, new: &Tree<'_>) -> Option<Box<RawValue>> {
    merged(stored, new, |_, before, after| match after {
        Some(after) => preserve_text(before, after).map_or(Fate::Kept, Fate::Replaced),
        None => Fate::Removed,
    })
}

/// The change of a stored member.
enum Fate {
    Kept,
    Replaced(Box<RawValue>),
    Removed,
}

/// The text of an object with the stored members in their order and then the new ones; `None` when nothing changes.
fn merged(
    stored: &Tree<'_>,
    new: &Tree<'_>,
    mut fate: impl FnMut(&str, &Tree<'_>, Option<&Tree<'_>>) -> Fate,
) -> Option<Box<RawValue>> {
    let mut changed = false;
    let mut merged: Vec<(&str, Cow<'_, RawValue>)> = Vec::new();
    for (name, before) in stored.in_order() {
        let fate = fate(name, before, new.get(name));
        changed |= !matches!(fate, Fate::Kept);
        match fate {
            Fate::Kept => merged.push((name, Cow::Borrowed(before.raw()))),
            Fate::Replaced(after) => merged.push((name, Cow::Owned(after))),
            Fate::Removed => {}
        }
    }
    let of_new = new.in_order().into_iter();
    for (name, value) in of_new.filter(|(name, _)| stored.get(name).is_none()) {
        changed = true;
        merged.push((name, Cow::Borrowed(value.raw())));
    }
    changed.then(|| object_text(&merged))?
}

fn elements(stored: &[Tree<'_>], new: &[Tree<'_>]) -> Option<Box<RawValue>> {
    let mut changed = stored.len() != new.len();
    let mut merged: Vec<Cow<'_, RawValue>> = Vec::with_capacity(new.len());
    for (position, after) in new.iter().enumerate() {
        let Some(before) = stored.get(position) else {
            merged.push(Cow::Borrowed(after.raw()));
            continue;
        };
        let after = preserve_text(before, after);
        changed |= after.is_some();
        merged.push(after.map_or(Cow::Borrowed(before.raw()), Cow::Owned));
    }
    changed.then(|| to_raw_value(&merged).ok())?
}
