//! Applying a patch to a document.

use std::collections::BTreeMap;
use std::ops::Bound::{Included, Unbounded};

use serde_json::value::RawValue;

use super::keep::{Stored, preserve_text};
use super::patch::{Action, Entry, Patch};
use crate::json::path::TraitPath;
use crate::problem::{MessageId, Problem};
use crate::traits::editing::Editing;
use crate::traits::facts::TraitsObject;
use crate::traits::raw::RawTraits;
use crate::traits::tree::Tree;

/// The updaters that change a place.
#[derive(PartialEq, Eq)]
enum By {
    One(usize),
    Several,
}

impl<T: TraitsObject, A> Patch<T, A> {
    /// A problem for each trait that two updaters change. The derive reports this at compile time, except for patches that
    /// are built at run time.
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
            Problem::invalid(entry.path.clone(), text)
        })
    }

    /// Applies the patch to `current`. Values that do not change keep their text.
    #[cfg(feature = "client")]
    pub(crate) fn apply(&self, current: &RawTraits) -> Result<RawTraits, Vec<Problem>> {
        let (traits, problems) = self.applied(current);
        if problems.is_empty() {
            Ok(traits)
        } else {
            Err(problems)
        }
    }

    /// Applies what can be applied, and returns the problems of the rest.
    pub(super) fn applied(&self, current: &RawTraits) -> (RawTraits, Vec<Problem>) {
        let mut traits = current.edit();
        let mut problems: Vec<Problem> = self.changed_twice().collect();
        let stored = Stored::<T>::of(current);
        for Entry { path, action, .. } in self.resolved(&stored).iter() {
            let changed = match action {
                Action::Remove => traits.remove(path.segments()).map(drop),
                Action::SetItem(value) if lacks_array(&mut traits, path) => {
                    first_item(&mut traits, path, value)
                }
                Action::Set(value) | Action::SetItem(value) | Action::Replace(value) => {
                    let replaces = matches!(action, Action::Replace(_));
                    let kept = match traits.get(path.segments()) {
                        Some(before) if replaces => {
                            Ok(preserve_text(&Tree::read(before), &Tree::read(value)))
                        }
                        Some(before) => stored.keep(path, before, value),
                        None => Ok(Some(value.clone())),
                    };
                    match kept {
                        Ok(Some(value)) => traits.set(path.segments(), value),
                        Ok(None) => continue,
                        Err(lost) => {
                            problems.extend(lost.into_iter().map(Problem::would_be_lost));
                            continue;
                        }
                    }
                }
                // Replaced by removals in `resolved`.
                Action::RemoveOthers { .. } => continue,
                Action::Unwritable => {
                    problems.push(unwritable(path.clone()));
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

/// Whether the array of the item is absent.
fn lacks_array(traits: &mut Editing, item: &TraitPath) -> bool {
    let array = item.segments().split_last().map(|(_, array)| array);
    array.is_some_and(|array| traits.get(array).is_none())
}

/// Sets a new array of one item; the error is that of [`Editing::set`].
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

/// A stored value cannot hold the value to set: it is neither object nor array, or the array is too short. It is not
/// overwritten.
fn blocked_at(path: TraitPath) -> Problem {
    let text = "the stored value cannot hold the value to set";
    let mut problem = Problem::invalid(path, text);
    problem.message.id = MessageId::TYPE;
    problem
}

/// The value cannot be written as JSON, so the whole patch is refused.
fn unwritable(path: TraitPath) -> Problem {
    let text = "the value cannot be written as JSON, or is an `f32`, which would be saved with rounding artefacts";
    Problem::invalid(path, text)
}
