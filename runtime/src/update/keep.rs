//! What of a stored value stays when a typed value is set in its place: the members that the type does not name.
//!
//! A newer schema of the server may know them, or another application. In an object they stay where they are. In an array
//! nobody can tell which item of the new one a stored item has become, so an array whose items hold such members is not
//! replaced.
//!
//! Which members a type names is seen by reading the stored document as it ([`Survey`]). Of what cannot be read, those
//! are named surely that the new value or the table of the traits has; all others are kept.

use std::cell::OnceCell;
use std::collections::BTreeSet;
use std::marker::PhantomData;

use serde_json::value::RawValue;

use super::unchanged::{self, Fate};
use crate::traits::facts::{TraitFacts, TraitsObject};
use crate::traits::path::TraitPath;
use crate::traits::raw::RawTraits;
use crate::traits::tree::{Inside, Tree};
use crate::traits::typed::{Named, Survey};

/// The document that an update is made on, and what of it `T` names.
pub(super) struct Stored<'c, T> {
    current: &'c RawTraits,
    /// Read when it is asked for; `None` when the document does not fit the type.
    survey: OnceCell<Option<Survey>>,
    of: PhantomData<fn() -> T>,
}

impl<'c, T: TraitsObject> Stored<'c, T> {
    pub(super) fn of(current: &'c RawTraits) -> Self {
        Self {
            current,
            survey: OnceCell::new(),
            of: PhantomData,
        }
    }

    /// The text for `new` in the place of `stored`; `None` when it changes nothing.
    ///
    /// # Errors
    ///
    /// Members of the items of arrays that would be lost.
    pub(super) fn keep(
        &self,
        path: &TraitPath,
        stored: &RawValue,
        new: &RawValue,
    ) -> Result<Option<Box<RawValue>>, Vec<TraitPath>> {
        let (stored_tree, new_tree) = (Tree::read(stored), Tree::read(new));
        let has_members = stored.get().contains('{') && new.get().starts_with(['{', '[']);
        if !has_members {
            return Ok(unchanged::kept(&stored_tree, &new_tree));
        }
        self.with_survey(path, |survey| {
            if survey.names(path.segments()) == Named::No {
                return Ok(unchanged::kept(&stored_tree, &new_tree));
            }
            let rewritten = survey.rewritten.as_deref().map(Tree::read);
            let rewritten = rewritten.as_ref().and_then(|one| one.at(path.segments()));
            let mut keeping = Keeping {
                survey,
                facts: T::TRAITS,
                path: path.segments().to_vec(),
                lost: Vec::new(),
            };
            let kept = keeping.value(&stored_tree, &new_tree, rewritten);
            if keeping.lost.is_empty() {
                return Ok(kept);
            }
            let lost = keeping.lost.into_iter();
            let hide = |place| hidden(place, path.segments().len(), &stored_tree, T::TRAITS);
            Err(lost.map(hide).collect())
        })
    }

    /// The members of an object that its type has collected: those which the table of the traits does not have.
    pub(super) fn collected(&self, object: &TraitPath) -> Vec<String> {
        let stored = Tree::read(self.current.raw());
        let members = stored.at(object.segments()).and_then(Tree::members);
        let Some(members) = members else {
            return Vec::new();
        };
        self.with_survey(object, |survey| {
            let names = members.keys().map(|name| (**name).to_owned());
            let is_collected = |name: &String| {
                let place = object.child(name.as_str());
                survey.names(place.segments()) == Named::Yes
                    && !is_trait(T::TRAITS, place.segments())
            };
            names.filter(is_collected).collect()
        })
    }

    /// Of a document that does not fit the type, only the value at `path` is read.
    fn with_survey<R>(&self, path: &TraitPath, ask: impl FnOnce(&Survey) -> R) -> R {
        let raw = self.current.raw();
        match self.survey.get_or_init(|| Survey::of::<T>(raw)) {
            Some(survey) => ask(survey),
            None => ask(&Survey::at::<T>(raw, path.segments())),
        }
    }
}

fn is_trait(facts: &[TraitFacts], path: &[String]) -> bool {
    facts.iter().any(|one| one.path == path)
}

/// A walk through a stored value and a new one.
struct Keeping<'s> {
    survey: &'s Survey,
    facts: &'static [TraitFacts],
    path: Vec<String>,
    lost: Vec<Vec<String>>,
}

impl Keeping<'_> {
    /// As [`unchanged::kept`]; `rewritten` is what the type writes for the stored value.
    fn value(
        &mut self,
        stored: &Tree<'_>,
        new: &Tree<'_>,
        rewritten: Option<&Tree<'_>>,
    ) -> Option<Box<RawValue>> {
        match (&stored.inside, &new.inside) {
            (Inside::Members(_), Inside::Members(_)) => self.members(stored, new, rewritten),
            (Inside::Items(items), Inside::Items(_)) => {
                // What the type has read and would write again has not changed, whatever it has read past.
                if rewritten.is_some_and(|rewritten| unchanged::says(rewritten, new))
                    || self.says(stored, new)
                {
                    return None;
                }
                let unnamed = self.survey.unnamed_in(&self.path);
                let mut lost: Vec<Vec<String>> = unnamed.cloned().collect();
                if !self.survey.is_sure_in(&self.path) {
                    let mut named = BTreeSet::new();
                    names_in(new, &mut named);
                    for (position, item) in items.iter().enumerate() {
                        let place = [&*self.path, &[position.to_string()]].concat();
                        self.unsure_in(item, place, &named, &mut lost);
                    }
                }
                if lost.is_empty() {
                    return unchanged::kept(stored, new);
                }
                self.lost.append(&mut lost);
                None
            }
            _ => unchanged::kept(stored, new),
        }
    }

    fn members(
        &mut self,
        stored: &Tree<'_>,
        new: &Tree<'_>,
        rewritten: Option<&Tree<'_>>,
    ) -> Option<Box<RawValue>> {
        unchanged::merged(stored, new, |name, before, after| {
            self.within(name, |inside| match after {
                Some(after) => {
                    let rewritten = rewritten.and_then(|rewritten| rewritten.get(name));
                    let kept = inside.value(before, after, rewritten);
                    kept.map_or(Fate::Stays, Fate::Becomes)
                }
                None if inside.names(&inside.path) => Fate::Goes,
                None => Fate::Stays,
            })
        })
    }

    /// Whether both say the same, but for stored members that the type does not name.
    fn says(&mut self, stored: &Tree<'_>, new: &Tree<'_>) -> bool {
        match (&stored.inside, &new.inside) {
            (Inside::Members(before), Inside::Members(after)) => {
                let mut stored = before.iter();
                after.keys().all(|name| before.contains_key(name))
                    && stored.all(|(name, (_, before))| {
                        self.within(name, |inside| match new.get(name) {
                            Some(after) => inside.says(before, after),
                            None => inside.survey.names(&inside.path) == Named::No,
                        })
                    })
            }
            (Inside::Items(before), Inside::Items(after)) => {
                let mut pairs = before.iter().zip(after).enumerate();
                before.len() == after.len()
                    && pairs.all(|(position, (before, after))| {
                        self.within(&position.to_string(), |inside| inside.says(before, after))
                    })
            }
            _ => unchanged::says(stored, new),
        }
    }

    /// Does this one step further down.
    fn within<R>(&mut self, name: &str, walk: impl FnOnce(&mut Self) -> R) -> R {
        self.path.push(name.to_owned());
        let result = walk(self);
        self.path.pop();
        result
    }

    /// Whether the type surely names a member.
    fn names(&self, place: &[String]) -> bool {
        match self.survey.names(place) {
            Named::Yes => true,
            Named::No => false,
            Named::Unsure => is_trait(self.facts, place),
        }
    }

    /// The members in a stored item that could not be read which no new item has either.
    fn unsure_in(
        &self,
        stored: &Tree<'_>,
        place: Vec<String>,
        named: &BTreeSet<&str>,
        lost: &mut Vec<Vec<String>>,
    ) {
        let inside = |name: &str| [&*place, &[name.to_owned()]].concat();
        match &stored.inside {
            Inside::Members(members) => {
                for (name, (_, member)) in members {
                    let place = inside(name);
                    let unsure = self.survey.names(&place) == Named::Unsure;
                    if unsure && !named.contains(&**name) {
                        lost.push(place);
                    } else {
                        self.unsure_in(member, place, named, lost);
                    }
                }
            }
            Inside::Items(items) => {
                for (position, item) in items.iter().enumerate() {
                    self.unsure_in(item, inside(&position.to_string()), named, lost);
                }
            }
            Inside::Whole => {}
        }
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

/// The path of a member that hides the names behind the first `shown` that are no traits of the table.
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
