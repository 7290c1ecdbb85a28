//! The patch of a whole object: for an updater that is a generated struct itself.

use serde_json::Value;

use super::patch::{Action, Patch, path_of, setting};
use crate::JsonObject;
use crate::traits::facts::{TraitFacts, TraitsObject};
use crate::traits::marker::Privileged;
use crate::traits::path::TraitPath;

impl<T: TraitsObject> Patch<T, Privileged> {
    /// Every member of a whole object: what it has is set, what it has not is removed.
    ///
    /// Members that updaters may not change are left alone; so are members that the schema does not
    /// name, where the object does not hold them.
    pub(crate) fn whole(object: &T) -> Self {
        let mut patch = Self::privileged();
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
            if holds_denied(facts, T::TRAITS) {
                let inner = match value {
                    Some(Value::Object(inner)) => inner,
                    _ => JsonObject::new(),
                };
                self.members(&path_of(facts), inner);
                continue;
            }
            match value {
                Some(value) => self.push(path_of(facts), setting(&value)),
                None => self.push(path_of(facts), Action::Remove),
            }
        }
        for (name, value) in members {
            self.push(holder.child(name), setting(&value));
        }
    }
}

/// Whether a trait inside it is denied.
fn holds_denied(facts: &TraitFacts, all: &[TraitFacts]) -> bool {
    let mut inside = all
        .iter()
        .filter(|one| one.path.len() > facts.path.len() && one.path.starts_with(facts.path));
    inside.any(|one| !one.editable)
}
