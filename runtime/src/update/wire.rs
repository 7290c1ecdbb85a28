//! The serialized form of a patch, with values in plaintext.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use super::patch::{Action, Entry, Patch};
use crate::json::path::TraitPath;
use crate::traits::facts::TraitsObject;
use crate::traits::marker::Privileged;

/// One change of a patch.
#[derive(Serialize, Deserialize)]
pub(crate) struct WireEntry {
    path: Vec<String>,
    action: WireAction,
    #[serde(default, skip_serializing_if = "is_outermost")]
    updater: usize,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde calls it so")]
fn is_outermost(updater: &usize) -> bool {
    *updater == 0
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum WireAction {
    Set(Box<RawValue>),
    Replace(Box<RawValue>),
    SetItem(Box<RawValue>),
    Remove,
    RemoveOthers { but: BTreeSet<String> },
    Unwritable,
}

impl<T: TraitsObject> Patch<T, Privileged> {
    pub(crate) fn to_wire(&self) -> Vec<WireEntry> {
        let entries = self.entries.iter().map(|entry| WireEntry {
            path: entry.path.segments().to_vec(),
            action: match &entry.action {
                Action::Set(value) => WireAction::Set(value.clone()),
                Action::Replace(value) => WireAction::Replace(value.clone()),
                Action::SetItem(value) => WireAction::SetItem(value.clone()),
                Action::Remove => WireAction::Remove,
                Action::RemoveOthers { but } => WireAction::RemoveOthers { but: but.clone() },
                Action::Unwritable => WireAction::Unwritable,
            },
            updater: entry.updater,
        });
        entries.collect()
    }

    /// `None` if the entries change a trait that updaters may not change, or all traits at once: no updater
    /// creates such a patch.
    pub(crate) fn from_wire(entries: Vec<WireEntry>) -> Option<Self> {
        let mut patch = Self::privileged();
        for WireEntry {
            path,
            action,
            updater,
        } in entries
        {
            let action = match action {
                WireAction::Set(value) => Action::Set(value),
                WireAction::Replace(value) => Action::Replace(value),
                WireAction::SetItem(value) => Action::SetItem(value),
                WireAction::Remove => Action::Remove,
                WireAction::RemoveOthers { but } => Action::RemoveOthers { but },
                WireAction::Unwritable => Action::Unwritable,
            };
            // Neither affects the traits that the schema names in the object.
            let may_hold_denied =
                matches!(action, Action::Unwritable | Action::RemoveOthers { .. });
            let denied = T::TRAITS.iter().any(|facts| {
                let mut pairs = facts.path.iter().zip(&path);
                let holds_it = facts.path.len() > path.len();
                !facts.editable && pairs.all(|(a, b)| a == b) && !(may_hold_denied && holds_it)
            });
            if denied || path.is_empty() && !may_hold_denied {
                return None;
            }
            patch.entries.push(Entry {
                path: TraitPath::new(path),
                action,
                updater,
            });
        }
        Some(patch)
    }
}
