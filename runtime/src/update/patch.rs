//! What an updater wants to change, before anybody knows the current traits.

use std::collections::BTreeSet;
use std::fmt;
use std::marker::PhantomData;

use serde::Serialize;
use serde_json::value::RawValue;

use crate::traits::facts::{TraitFacts, TraitsObject};
use crate::traits::marker::{Access, Ordinary, Privileged};
use crate::traits::path::TraitPath;
use crate::traits::typed::written;
use crate::update::updater::{SettingsUpdate, UpdaterField};

/// The changes that an update asks for, trait by trait.
///
/// A derived [`SettingsUpdate`] fills one. For a form whose fields are known at run time only, an application fills one
/// itself, under the same rules: what the derive refuses does not compile here either. A patch is a `SettingsUpdate`, so it
/// can be sent, or be a field of a derived updater.
///
/// `A` is what it may change: ordinary traits only, or after [`privileged`](Self::privileged) identifiers and addresses,
/// too. Of two changes of one trait the later one counts. As a flattened field of a derived updater a patch has no
/// [`FIELDS`](SettingsUpdate::FIELDS), so the compiler does not see that another field changes the same trait; that is a
/// problem of the update then.
///
/// `Debug` shows the paths only.
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
#[must_use = "nothing is changed before it is sent"]
pub struct Patch<T, A = Ordinary> {
    pub(super) entries: Vec<Entry>,
    types: PhantomData<fn() -> (T, A)>,
}

#[derive(Clone)]
pub(super) struct Entry {
    pub(super) path: TraitPath,
    pub(super) action: Action,
    /// Which updater it comes from: 0 for this one itself, another number for each one inside it.
    pub(super) updater: usize,
}

/// What becomes of one trait.
#[derive(Clone)]
pub(super) enum Action {
    /// It becomes this.
    Set(Box<RawValue>),
    /// It becomes this, with nothing of what is stored.
    Replace(Box<RawValue>),
    /// It becomes this item of an array; the first one makes an array that is absent.
    SetItem(Box<RawValue>),
    /// It goes.
    Remove,
    /// Of an object, the members go that its type has collected, and that are not among these.
    RemoveOthers { but: BTreeSet<String> },
    /// The value cannot be saved as it was given.
    Unwritable,
}

impl<T> Patch<T, Ordinary> {
    /// No change so far; ordinary traits only.
    pub const fn new() -> Self {
        Self::empty()
    }
}

impl<T> Patch<T, Privileged> {
    /// No change so far; identifiers and addresses, too.
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
    /// That of a whole object whose type collects the other members removes those that it has not, too: which they are
    /// is known with the stored traits.
    pub fn paths(&self) -> impl Iterator<Item = &TraitPath> {
        let entries = self.entries.iter();
        let of_paths = entries.filter(|entry| !matches!(entry.action, Action::RemoveOthers { .. }));
        of_paths.map(|entry| &entry.path)
    }

    /// Whether the patch asks for nothing.
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

    /// Does what another patch does, too, at the places that `place` makes of its paths.
    pub(super) fn take_in<O, B>(
        &mut self,
        patch: Patch<O, B>,
        place: impl Fn(TraitPath) -> TraitPath,
    ) {
        let highest = self.entries.iter().map(|entry| entry.updater).max();
        let first = highest.unwrap_or_default() + 1;
        self.entries
            .extend(patch.entries.into_iter().map(|entry| Entry {
                path: place(entry.path),
                updater: first + entry.updater,
                ..entry
            }));
    }
}

impl<T, A: Access> Patch<T, A> {
    /// The same changes, in a patch that may change identifiers and addresses, too.
    pub fn into_privileged(self) -> Patch<T, Privileged> {
        Patch::of(self.entries)
    }
}

impl<T: TraitsObject, A: Access> Patch<T, A> {
    /// The same changes, in a patch of ordinary traits only.
    ///
    /// Every path is looked up in the schema. A path that the schema does not name counts as privileged, for an identifier
    /// may lie in the members that an object does not name.
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
    /// It changes an identifier or address, or what holds one or lies in one: the patch is returned as it was.
    pub fn into_ordinary(self) -> Result<Patch<T, Ordinary>, Self> {
        let all_listed = self.paths().count() == self.entries.len();
        if all_listed && self.paths().all(|path| is_ordinary(path, T::TRAITS)) {
            Ok(Patch::of(self.entries))
        } else {
            Err(self)
        }
    }
}

/// Whether a change at this place touches no identifier or address, as far as these facts tell for sure.
fn is_ordinary(path: &TraitPath, all: &[TraitFacts]) -> bool {
    let mut is_named = false;
    for facts in all {
        let mut pairs = facts.path.iter().zip(path.segments());
        if !pairs.all(|(name, segment)| name == segment) {
            continue;
        }
        if facts.roles.iter().any(|role| role.is_privileged()) {
            return false;
        }
        is_named |= facts.path.len() <= path.segments().len();
    }
    is_named
}

pub(super) fn path_of(facts: &TraitFacts) -> TraitPath {
    TraitPath::new(facts.path.iter().copied())
}

/// Sets a trait to the value.
pub(super) fn setting(value: &impl Serialize) -> Action {
    written(value).map_or(Action::Unwritable, Action::Set)
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
