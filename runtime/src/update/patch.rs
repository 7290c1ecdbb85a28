//! The changes of an updater, independent of the current traits.

use std::collections::BTreeSet;
use std::fmt;
use std::marker::PhantomData;

use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use crate::json::path::TraitPath;
use crate::kratos::roles::can_change_addresses;
use crate::traits::facts::{IdentityTraits, TraitFacts, TraitsObject};
use crate::traits::marker::{Access, Ordinary, Privileged};
use crate::update::derived::UpdaterField;
use crate::update::updater::SettingsUpdate;

/// The changes that an update asks for, trait by trait.
///
/// A derived [`SettingsUpdate`] creates one. An application can also build one itself, for a form whose fields are only known at
/// run time. The rules of the derive apply here too and are checked at compile time. A patch is a `SettingsUpdate`, so it can be
/// sent, or be a field of a derived updater.
///
/// `A` is its access: ordinary traits only, or, for a patch that begins with [`privileged`](Self::privileged), also identifiers and
/// addresses. If a trait is changed twice, the later change counts. Its traits are known at run time only, so if a patch is a
/// flattened field of a derived updater and another field changes the same trait, that is a problem of the update instead of a
/// compile error.
///
/// `Debug` shows only the paths.
///
/// # Example
///
/// ```
/// # mod customer { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/../schemas/customer.rs")); }
/// use customer::CustomerTraits;
/// use kratos_traits::{Patch, RawTraits, SettingsUpdate};
///
/// let submitted = [("nickname", "Countess")];
/// let mut patch = Patch::<CustomerTraits>::new();
/// for (field, value) in submitted {
///     match field {
///         "nickname" if value.is_empty() => patch.remove(CustomerTraits::NICKNAME),
///         "nickname" => patch.set(CustomerTraits::NICKNAME, value),
///         _ => continue,
///     };
/// }
/// let current = RawTraits::parse(r#"{"email":"ada@example.org"}"#)?;
/// let change = patch.settings_update(&current).unwrap();
/// assert_eq!(change.traits().as_str(), r#"{"email":"ada@example.org","nickname":"Countess"}"#);
/// # Ok::<(), kratos_traits::NotAnObject>(())
/// ```
#[must_use = "nothing is changed until it is sent"]
pub struct Patch<T, A = Ordinary> {
    pub(super) entries: Vec<Entry>,
    types: PhantomData<fn() -> (T, A)>,
}

/// A change of a patch. Its serialized form has values in plaintext.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct Entry {
    #[serde(with = "stored_path")]
    pub(super) path: TraitPath,
    pub(super) action: Action,
    /// The updater that the change belongs to: 0 for this one, another number for each one inside it.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub(super) updater: usize,
}

impl Entry {
    /// Whether it can change the trait: at its path, inside it, or around it.
    pub(super) fn touches(&self, facts: &TraitFacts) -> bool {
        let path = self.path.segments();
        // It keeps the members of the object that the schema names.
        let keeps_members = matches!(self.action, Action::RemoveOthers { .. });
        facts.overlaps(path) && !(keeps_members && facts.path.len() > path.len())
    }
}

/// The change of one trait.
#[derive(Clone, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Action {
    /// Sets the value, and keeps stored members that its type does not name.
    Set(Box<RawValue>),
    /// Sets the value, and keeps nothing of the stored value.
    Replace(Box<RawValue>),
    /// Sets an item of an array; the first item creates an absent array, also instead of null.
    SetItem(Box<RawValue>),
    /// Removes the trait.
    Remove,
    /// Removes the members of an object that its type collects in a map, except for these.
    RemoveOthers { but: BTreeSet<String> },
    /// The value cannot be saved as given.
    Unwritable,
}

impl<T> Patch<T, Ordinary> {
    /// Creates a patch without changes, for ordinary traits only.
    ///
    /// ```
    /// # mod customer { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/../schemas/customer.rs")); }
    /// # use customer::CustomerTraits;
    /// use kratos_traits::Patch;
    ///
    /// let mut patch = Patch::<CustomerTraits>::new();
    /// patch.set(CustomerTraits::NICKNAME, "Countess");
    /// ```
    pub const fn new() -> Self {
        Self::empty()
    }
}

impl<T> Patch<T, Privileged> {
    /// Creates a patch without changes, for any traits including identifiers and addresses.
    ///
    /// ```
    /// # mod customer { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/../schemas/customer.rs")); }
    /// # use customer::CustomerTraits;
    /// use kratos_traits::Patch;
    ///
    /// let mut patch = Patch::<CustomerTraits, _>::privileged();
    /// patch.set(CustomerTraits::EMAIL, "ada@example.org");
    /// ```
    pub const fn privileged() -> Self {
        Self::empty()
    }
}

impl<T, A> Patch<T, A> {
    pub(super) const fn empty() -> Self {
        Self::of(Vec::new())
    }

    pub(super) const fn of(entries: Vec<Entry>) -> Self {
        Self {
            entries,
            types: PhantomData,
        }
    }

    /// The paths that the patch sets or removes.
    ///
    /// If the patch sets a whole object whose type collects unnamed members in a map, it also removes stored members that are
    /// not in the map. Their paths depend on the stored traits and are not included.
    ///
    /// ```
    /// # mod customer { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/../schemas/customer.rs")); }
    /// # use customer::CustomerTraits;
    /// use kratos_traits::Patch;
    ///
    /// let mut patch = Patch::<CustomerTraits>::new();
    /// patch.remove(CustomerTraits::NICKNAME);
    /// assert_eq!(patch.paths().map(ToString::to_string).collect::<Vec<_>>(), ["nickname"]);
    /// ```
    pub fn paths(&self) -> impl Iterator<Item = &TraitPath> {
        let entries = self.entries.iter();
        let of_paths = entries.filter(|entry| !matches!(entry.action, Action::RemoveOthers { .. }));
        of_paths.map(|entry| &entry.path)
    }

    /// The changes, to be stored.
    #[cfg(feature = "client")]
    pub(crate) fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// Whether the patch has no changes.
    ///
    /// ```
    /// # mod customer { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/../schemas/customer.rs")); }
    /// # use customer::CustomerTraits;
    /// use kratos_traits::Patch;
    ///
    /// assert!(Patch::<CustomerTraits>::new().is_empty());
    /// ```
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    pub(super) fn push(&mut self, path: TraitPath, action: Action) {
        self.entries.push(Entry {
            path,
            action,
            updater: 0,
        });
    }

    /// Adds the changes of another patch, at the paths that `at` returns for its paths.
    pub(super) fn append<O, B>(&mut self, patch: Patch<O, B>, at: impl Fn(TraitPath) -> TraitPath) {
        let highest = self.entries.iter().map(|entry| entry.updater).max();
        let first = highest.unwrap_or_default() + 1;
        self.entries
            .extend(patch.entries.into_iter().map(|entry| Entry {
                path: at(entry.path),
                updater: first + entry.updater,
                ..entry
            }));
    }
}

impl<T, A: Access> Patch<T, A> {
    /// The same changes, in a patch that may also change identifiers and addresses.
    ///
    /// ```
    /// # mod customer { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/../schemas/customer.rs")); }
    /// # use customer::CustomerTraits;
    /// use kratos_traits::Patch;
    ///
    /// let mut patch = Patch::<CustomerTraits>::new();
    /// patch.set(CustomerTraits::NICKNAME, "Countess");
    /// let mut patch = patch.into_privileged();
    /// patch.set(CustomerTraits::EMAIL, "ada@example.org");
    /// ```
    pub fn into_privileged(self) -> Patch<T, Privileged> {
        Patch::of(self.entries)
    }
}

impl<T: IdentityTraits, A: Access> Patch<T, A> {
    /// The same changes, in a patch of ordinary traits only.
    ///
    /// Every path is looked up in the schema, from the root of the document on. A path that the schema does not name counts as
    /// privileged, because an identifier may be among the unnamed members of an object. A patch of an object among the traits cannot
    /// be looked up: nest it in a patch of the traits.
    ///
    /// ```
    /// # mod customer { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/../schemas/customer.rs")); }
    /// use customer::CustomerTraits;
    /// use kratos_traits::Patch;
    ///
    /// let mut patch = Patch::<CustomerTraits, _>::privileged();
    /// patch.set(CustomerTraits::NICKNAME, "Countess");
    /// assert!(patch.clone().into_ordinary().is_ok());
    /// patch.set(CustomerTraits::EMAIL, "ada@example.org");
    /// assert!(patch.into_ordinary().is_err());
    /// ```
    ///
    /// # Errors
    ///
    /// The patch, unchanged, if it changes an identifier or address, or a value that holds one or is inside one.
    pub fn into_ordinary(self) -> Result<Patch<T, Ordinary>, Self> {
        let mut entries = self.entries.iter();
        if entries.all(|entry| is_ordinary::<T>(&entry.path)) {
            Ok(Patch::of(self.entries))
        } else {
            Err(self)
        }
    }
}

/// Whether the facts and the schema prove that a change at this path affects no identifier or address.
fn is_ordinary<T: IdentityTraits>(path: &TraitPath) -> bool {
    let mut is_named = false;
    for facts in T::TRAITS {
        if !facts.overlaps(path.segments()) {
            continue;
        }
        if facts.is_privileged() {
            return false;
        }
        is_named |= facts.path.len() <= path.segments().len();
    }
    is_named && !can_change_addresses(T::schema(), path.segments())
}

impl<T: TraitsObject> Patch<T, Privileged> {
    /// The patch with these stored changes; `None` if they change a trait that updaters may not change, or all traits at
    /// once: no updater creates such a patch.
    #[cfg(feature = "client")]
    pub(crate) fn from_stored(entries: Vec<Entry>) -> Option<Self> {
        let denied = |entry: &Entry| {
            let mut denied = T::TRAITS.iter().filter(|facts| !facts.editable);
            denied.any(|facts| entry.touches(facts))
        };
        let is_allowed = |entry: &Entry| match entry.action {
            Action::Unwritable => true,
            Action::RemoveOthers { .. } => !denied(entry),
            _ => !denied(entry) && !entry.path.is_root(),
        };
        entries.iter().all(is_allowed).then(|| Self::of(entries))
    }
}

/// The serialized form of a path: its names, each hidden one in an array.
mod stored_path {
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    use super::TraitPath;

    #[derive(Serialize, Deserialize)]
    #[serde(untagged)]
    enum Name {
        Shown(String),
        Hidden([String; 1]),
    }

    pub(super) fn serialize<S: Serializer>(path: &TraitPath, to: S) -> Result<S::Ok, S::Error> {
        let names = path.segments().iter().cloned().enumerate();
        to.collect_seq(names.map(|(position, name)| {
            if path.is_hidden(position) {
                Name::Hidden([name])
            } else {
                Name::Shown(name)
            }
        }))
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<TraitPath, D::Error> {
        let names = Vec::<Name>::deserialize(from)?.into_iter();
        Ok(names.fold(TraitPath::ROOT, |path, name| match name {
            Name::Shown(name) => path.child(name),
            Name::Hidden([name]) => path.hidden_child(name),
        }))
    }
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "the signature of serde")]
fn is_zero(number: &usize) -> bool {
    *number == 0
}

impl<T: TraitsObject, A: Access> SettingsUpdate for Patch<T, A> {
    type Traits = T;
    type Access = A;
    const FIELDS: &'static [UpdaterField] = &[];

    fn patch(&self) -> Self {
        self.clone()
    }
}

impl<T> Default for Patch<T, Ordinary> {
    fn default() -> Self {
        Self::new()
    }
}

impl<T, A> Clone for Patch<T, A> {
    fn clone(&self) -> Self {
        Self::of(self.entries.clone())
    }
}

impl<T, A> fmt::Debug for Patch<T, A> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let shown = self.entries.iter().map(|entry| {
            let action = match entry.action {
                Action::Set(_) | Action::SetItem(_) => "set",
                Action::Replace(_) => "replace",
                Action::Remove => "remove",
                Action::RemoveOthers { .. } => "remove others",
                Action::Unwritable => "unwritable",
            };
            (&entry.path, action)
        });
        f.debug_map().entries(shown).finish()
    }
}
