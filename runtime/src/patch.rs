//! What an updater wants to change, before anybody knows the current traits.

use std::fmt;
use std::marker::PhantomData;

use serde_json::value::RawValue;

use crate::facts::{IdentityTraits, TraitFacts};
use crate::path::TraitPath;
use crate::problem::{Message, MessageId, Problem};
use crate::raw::RawTraits;
use crate::{JsonObject, TraitAt};

/// The changes that an updater asks for, trait by trait.
///
/// Made by a derived [`SettingsUpdate`](crate::SettingsUpdate). `Debug` shows the paths only.
pub struct Patch<T> {
    entries: Vec<Entry>,
    traits: PhantomData<fn() -> T>,
}

#[derive(Clone)]
struct Entry {
    facts: &'static TraitFacts,
    action: Action,
}

#[derive(Clone)]
enum Action {
    Set(Box<RawValue>),
    Remove,
}

impl<T: IdentityTraits> Patch<T> {
    /// No change at all.
    pub const fn new() -> Self {
        Self {
            entries: Vec::new(),
            traits: PhantomData,
        }
    }

    /// The traits that the patch sets or removes.
    pub fn traits(&self) -> impl Iterator<Item = &'static TraitFacts> + '_ {
        self.entries.iter().map(|entry| entry.facts)
    }

    /// Whether the patch asks for nothing.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// Sets the trait at position `INDEX` of the schema's facts.
    pub(crate) fn set<const INDEX: usize>(&mut self, value: &T::Value)
    where
        T: TraitAt<INDEX>,
    {
        // A generated type always has a JSON form; `null` would be refused by the check.
        let raw =
            serde_json::value::to_raw_value(value).unwrap_or_else(|_| RawValue::NULL.to_owned());
        self.push(INDEX, Action::Set(raw));
    }

    /// Removes the trait at position `INDEX` of the schema's facts.
    pub(crate) fn remove<const INDEX: usize>(&mut self) {
        self.push(INDEX, Action::Remove);
    }

    fn push(&mut self, index: usize, action: Action) {
        self.entries.push(Entry {
            facts: &T::SCHEMA.traits[index],
            action,
        });
    }

    /// The document that the patch makes of `current`.
    pub(crate) fn apply(&self, current: &RawTraits) -> Result<RawTraits, Vec<Problem>> {
        let mut traits = current.clone();
        let mut problems = Vec::new();
        for entry in &self.entries {
            let path = TraitPath::new(entry.facts.path.iter().copied());
            match &entry.action {
                Action::Remove => traits = traits.without(&path),
                Action::Set(value) => match traits.with(&path, value.clone()) {
                    Ok(changed) => traits = changed,
                    Err(blocked) => problems.push(not_an_object(blocked)),
                },
            }
        }
        if problems.is_empty() {
            Ok(traits)
        } else {
            Err(problems)
        }
    }
}

/// What is stored where the patch needs an object is something else; it is not overwritten.
fn not_an_object(path: TraitPath) -> Problem {
    Problem {
        path,
        message: Message {
            id: MessageId::TYPE,
            text: "expected object: the stored value is something else".to_owned(),
            context: JsonObject::new(),
        },
    }
}

impl<T: IdentityTraits> Default for Patch<T> {
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
        f.debug_map()
            .entries(self.entries.iter().map(|entry| {
                let action = match entry.action {
                    Action::Set(_) => "set",
                    Action::Remove => "remove",
                };
                (TraitPath::new(entry.facts.path.iter().copied()), action)
            }))
            .finish()
    }
}
