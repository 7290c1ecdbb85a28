//! Applying a patch to a document.

use std::collections::BTreeMap;
use std::ops::Bound::{Included, Unbounded};

use super::keep::{Stored, preserve_text};
use super::patch::{Action, Entry, Patch};
use crate::json::Json;
use crate::json::path::TraitPath;
use crate::problem::{MessageId, Problem};
use crate::traits::facts::TraitsObject;

/// The updaters that change a path.
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

    /// Applies the patch. Values that do not change keep their text.
    #[cfg(feature = "client")]
    pub(crate) fn apply<'a>(&'a self, current: &Json<'a>) -> Result<Json<'a>, Vec<Problem>> {
        let (traits, problems) = self.applied(current);
        if problems.is_empty() {
            Ok(traits)
        } else {
            Err(problems)
        }
    }

    /// Applies what can be applied, and returns the problems of the rest.
    pub(crate) fn applied<'a>(&'a self, current: &Json<'a>) -> (Json<'a>, Vec<Problem>) {
        let mut traits = current.clone();
        let mut problems: Vec<Problem> = self.changed_twice().collect();
        let stored = Stored::<T>::of(current);
        for Entry { path, action, .. } in &self.entries {
            let place = path.segments();
            let changed = match action {
                Action::Remove => traits.remove(place).map(drop),
                Action::RemoveOthers { but } => {
                    let others = stored.others(path, but).into_iter();
                    let mut removed = others.map(|other| traits.remove(other.segments()));
                    removed.try_for_each(|removed| removed.map(drop))
                }
                Action::Unwritable => {
                    problems.push(unwritable(path.clone()));
                    continue;
                }
                Action::SetItem(value) if lacks_array(&traits, place) => {
                    set_first_item(&mut traits, place, Json::read(value))
                }
                Action::Set(value) | Action::SetItem(value) | Action::Replace(value) => {
                    let new = Json::read(value);
                    let kept = match (traits.at(place), action) {
                        (None, _) => Ok(Some(new)),
                        (Some(before), Action::Replace(_)) => Ok(preserve_text(before, &new)),
                        (Some(before), _) => stored.keep(path, before, &new),
                    };
                    match kept {
                        Ok(Some(value)) => traits.set(place, value),
                        Ok(None) => continue,
                        Err(lost) => {
                            problems.extend(lost.into_iter().map(Problem::would_be_lost));
                            continue;
                        }
                    }
                }
            };
            if let Err(depth) = changed {
                problems.push(blocked_at(path.above(depth)));
            }
        }
        (traits, problems)
    }
}

/// Whether the array of the item is absent or null.
fn lacks_array(traits: &Json<'_>, item: &[String]) -> bool {
    let array = item.split_last().map(|(_, array)| array);
    array.is_some_and(|array| traits.at(array).is_none_or(Json::is_null))
}

/// Sets a new array of one item; the error is that of [`Json::set`].
fn set_first_item<'a>(
    traits: &mut Json<'a>,
    item: &[String],
    value: Json<'a>,
) -> Result<(), usize> {
    match item.split_last() {
        Some((position, array)) if position == "0" => traits.set(array, Json::array([value])),
        _ => Err(item.len().saturating_sub(1)),
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
