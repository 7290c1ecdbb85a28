//! Sets a typed value and keeps the stored members that its type does not name.
//!
//! A newer schema of the server or another application may know these members. In an object they stay where they are. The
//! items of a new array cannot be matched with the stored ones, so an array whose stored items hold such members is not
//! replaced.
//!
//! A [`Survey`] of the stored document finds the members that the type names. In a value that cannot be read, a member counts as
//! named if the table of the traits has it; all others are kept.

use std::cell::OnceCell;
use std::collections::BTreeSet;
use std::marker::PhantomData;

use crate::json::path::TraitPath;
use crate::json::{Json, Kind, typed_eq};
use crate::traits::facts::{TraitFacts, TraitsObject, is_trait};
use crate::traits::typed::Survey;

/// The document that an update is applied to, and the members that `T` names in it.
pub(super) struct Stored<'c, T> {
    current: &'c Json<'c>,
    /// Computed on first use; `None` if the document does not fit the type.
    survey: OnceCell<Option<Survey>>,
    traits: PhantomData<fn() -> T>,
}

impl<'c, T: TraitsObject> Stored<'c, T> {
    pub(super) fn of(current: &'c Json<'c>) -> Self {
        Self {
            current,
            survey: OnceCell::new(),
            traits: PhantomData,
        }
    }

    /// The value that replaces `stored` if it is set to `new`; `None` if nothing changes.
    ///
    /// # Errors
    ///
    /// The members of array items that would be lost.
    pub(super) fn keep<'a>(
        &self,
        path: &TraitPath,
        stored: &Json<'a>,
        new: &Json<'a>,
    ) -> Result<Option<Json<'a>>, Vec<TraitPath>> {
        if !contains_object(stored) || !matches!(new.kind(), Kind::Object(_) | Kind::Array(_)) {
            return Ok(preserve_text(stored, new));
        }
        self.with_survey(path, |survey| {
            let mut keeping = Keeping {
                survey,
                rewritten: survey.rewritten.as_deref().map(Json::read),
                facts: T::TRAITS,
                path: path.segments().to_vec(),
                lost: Vec::new(),
            };
            let kept = keeping.value(stored, new);
            if keeping.lost.is_empty() {
                return Ok(kept);
            }
            let lost = keeping.lost.into_iter();
            let hide = |lost| hidden(lost, path.segments().len(), stored, T::TRAITS);
            Err(lost.map(hide).collect())
        })
    }

    /// The paths of the members of an object that its type collects in a map, except for these names.
    pub(super) fn others(&self, object: &TraitPath, except: &BTreeSet<String>) -> Vec<TraitPath> {
        let stored = self.current.at(object.segments());
        let Some(members) = stored.and_then(Json::members) else {
            return Vec::new();
        };
        self.with_survey(object, |survey| {
            let names = members.sorted().map(|(name, _)| name);
            let others = names.filter(|name| !except.contains(*name));
            let paths = others.map(|name| object.hidden_child(name));
            let is_in_map = |path: &TraitPath| {
                survey.names(path.segments()) && !is_trait(T::TRAITS, path.segments())
            };
            paths.filter(is_in_map).collect()
        })
    }

    /// Calls `read` with a survey of the document or, if that does not fit the type, of the value at `path`.
    fn with_survey<R>(&self, path: &TraitPath, read: impl FnOnce(&Survey) -> R) -> R {
        match self.survey.get_or_init(|| Survey::of::<T>(self.current)) {
            Some(survey) => read(survey),
            None => read(&Survey::at::<T>(self.current, path.segments())),
        }
    }
}

fn contains_object(value: &Json<'_>) -> bool {
    match value.kind() {
        Kind::Object(_) | Kind::Opaque => true,
        Kind::Array(items) => items.iter().any(contains_object),
        _ => false,
    }
}

/// A walk through a stored value and a new one.
struct Keeping<'s> {
    survey: &'s Survey,
    /// The JSON that the type writes for the stored document.
    rewritten: Option<Json<'s>>,
    facts: &'static [TraitFacts],
    path: Vec<String>,
    /// The members that would be lost.
    lost: Vec<Vec<String>>,
}

impl Keeping<'_> {
    /// The same as [`preserve_text`], but keeps the stored members that the type does not name.
    fn value<'a>(&mut self, stored: &Json<'a>, new: &Json<'a>) -> Option<Json<'a>> {
        match (stored.kind(), new.kind()) {
            (Kind::Object(_), Kind::Object(_)) => merged(stored, new, |name, before, after| {
                self.within(name, |inside| match after {
                    Some(after) => {
                        let kept = inside.value(before, after);
                        kept.map_or(Fate::Kept, Fate::Replaced)
                    }
                    None if inside.is_named() => Fate::Removed,
                    None => Fate::Kept,
                })
            }),
            (Kind::Array(_), Kind::Array(_)) => self.items(stored, new),
            _ => preserve_text(stored, new),
        }
    }

    /// The same as [`preserve_text`]; adds members that would be lost to `lost`.
    fn items<'a>(&mut self, stored: &Json<'a>, new: &Json<'a>) -> Option<Json<'a>> {
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
        let mut named = stored.clone();
        let depth = self.path.len();
        let removed = lost.iter().all(|path| named.remove(&path[depth..]).is_ok());
        if !removed || !typed_eq(&named, new) {
            self.lost.append(&mut lost);
        }
        None
    }

    /// Adds the members of a stored value that the type does not name. If it is unknown which members the type names, these are
    /// the members that the new value does not have.
    fn unnamed_in(
        &mut self,
        stored: &Json<'_>,
        new: &BTreeSet<&str>,
        unnamed: &mut Vec<Vec<String>>,
    ) {
        match stored.kind() {
            Kind::Object(members) => {
                for (name, member) in members.sorted() {
                    self.within(name, |inside| {
                        let is_new =
                            || inside.survey.is_unknown(&inside.path) && new.contains(name);
                        if inside.survey.names(&inside.path) || is_new() {
                            inside.unnamed_in(member, new, unnamed);
                        } else {
                            unnamed.push(inside.path.clone());
                        }
                    });
                }
            }
            Kind::Array(items) => {
                for (position, item) in items.iter().enumerate() {
                    self.within(&position.to_string(), |inside| {
                        inside.unnamed_in(item, new, unnamed);
                    });
                }
            }
            _ => {}
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
fn names_in<'t>(value: &'t Json<'_>, names: &mut BTreeSet<&'t str>) {
    match value.kind() {
        Kind::Object(members) => {
            for (name, member) in members.sorted() {
                names.insert(name);
                names_in(member, names);
            }
        }
        Kind::Array(items) => items.iter().for_each(|item| names_in(item, names)),
        _ => {}
    }
}

/// The path of a member, hiding the names after the first `shown` that the table of the traits does not have.
fn hidden(path: Vec<String>, shown: usize, stored: &Json<'_>, facts: &[TraitFacts]) -> TraitPath {
    let positions = shown..path.len();
    let is_name = |position: &usize| {
        let holder = stored.at(&path[shown..*position]);
        holder.is_none_or(|holder| holder.members().is_some())
            && !is_trait(facts, &path[..=*position])
    };
    let hidden = positions.filter(is_name).collect();
    TraitPath::with_hidden(path, hidden)
}

/// The new value, with the stored text of every value that is equal; `None` if all are equal.
///
/// A typed value is written as `1.1` where `1.10` is stored, and without the last digits of a long number.
pub(super) fn preserve_text<'a>(stored: &Json<'a>, new: &Json<'a>) -> Option<Json<'a>> {
    match (stored.kind(), new.kind()) {
        (Kind::Object(_), Kind::Object(_)) => merged(stored, new, |_, before, after| match after {
            Some(after) => preserve_text(before, after).map_or(Fate::Kept, Fate::Replaced),
            None => Fate::Removed,
        }),
        (Kind::Array(before), Kind::Array(after)) => {
            let mut changed = before.len() != after.len();
            let items = after.iter().enumerate().map(|(position, item)| {
                let Some(stored) = before.get(position) else {
                    return item.clone();
                };
                let kept = preserve_text(stored, item);
                changed |= kept.is_some();
                kept.unwrap_or_else(|| stored.clone())
            });
            let items = Json::array(items);
            changed.then_some(items)
        }
        _ => (!typed_eq(stored, new)).then(|| new.clone()),
    }
}

/// The change of a stored member.
enum Fate<'a> {
    Kept,
    Replaced(Json<'a>),
    Removed,
}

/// An object with the stored members in their order and then the new ones; `None` if nothing changes.
fn merged<'a>(
    stored: &Json<'a>,
    new: &Json<'a>,
    mut fate: impl FnMut(&str, &Json<'a>, Option<&Json<'a>>) -> Fate<'a>,
) -> Option<Json<'a>> {
    let mut changed = false;
    let mut merged = Vec::new();
    for (name, before) in stored.members()?.iter() {
        let fate = fate(name, before, new.get(name));
        changed |= !matches!(fate, Fate::Kept);
        match fate {
            Fate::Kept => merged.push((name.to_owned(), before.clone())),
            Fate::Replaced(after) => merged.push((name.to_owned(), after)),
            Fate::Removed => {}
        }
    }
    let added = new.members()?.iter();
    for (name, value) in added.filter(|(name, _)| stored.get(name).is_none()) {
        changed = true;
        merged.push((name.to_owned(), value.clone()));
    }
    changed.then(|| Json::object(merged))
}
