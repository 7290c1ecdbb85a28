//! What the derive calls: methods of a patch, and checks at compile time of the fields of updaters, which a macro cannot see.

use serde::Serialize;

use crate::traits::facts::{TraitFacts, TraitsObject};
use crate::traits::marker::{Access, ChangeableBy, Enterable};
use crate::update::field::{Field, FitsTrait};
use crate::update::patch::Patch;
use crate::update::updater::SettingsUpdate;

#[doc(hidden)]
impl<T: TraitsObject, A> Patch<T, A> {
    /// The same as [`set`](Self::set) with a copy of the value.
    pub fn set_cloned<V, B, P, S>(&mut self, field: Field<T, V, B, P>, value: &S) -> &mut Self
    where
        V: Serialize,
        B: ChangeableBy<A>,
        S: FitsTrait<V>,
    {
        self.set(field, value.copy())
    }

    /// The same as [`set_item`](Self::set_item) with a copy of the value.
    pub fn set_item_cloned<V, B, P, S>(
        &mut self,
        field: Field<T, V, B, P>,
        position: usize,
        value: &S,
    ) -> &mut Self
    where
        V: IntoIterator<Item: Serialize>,
        B: ChangeableBy<A>,
        S: FitsTrait<V::Item>,
    {
        self.set_item(field, position, value.copy())
    }
}

/// A trait or an item in a patch that can be set.
pub trait SetValue: Sized {
    /// The type of its value.
    type Value;

    /// Sets it to a copy of the value.
    fn set_copy(self, value: &impl FitsTrait<Self::Value>);
}

impl<T, V, A, B, P> SetValue for (&mut Patch<T, A>, Field<T, V, B, P>)
where
    T: TraitsObject,
    V: Serialize,
    B: ChangeableBy<A>,
{
    type Value = V;

    fn set_copy(self, value: &impl FitsTrait<V>) {
        self.0.set_cloned(self.1, value);
    }
}

impl<T, V, A, B, P> SetValue for (&mut Patch<T, A>, Field<T, V, B, P>, usize)
where
    T: TraitsObject,
    V: IntoIterator<Item: Serialize>,
    B: ChangeableBy<A>,
{
    type Value = V::Item;

    fn set_copy(self, value: &impl FitsTrait<V::Item>) {
        self.0.set_item_cloned(self.1, self.2, value);
    }
}

/// An object in a patch whose members can be changed.
pub trait Nest: Sized {
    /// The type of the object.
    type Object;
    /// The access of the patch.
    type Access;

    /// Applies `updater` to the members of the object. The caller checks object and access, with its own messages.
    fn nest(self, updater: &impl SettingsUpdate);
}

impl<T, V, A, B, P> Nest for (&mut Patch<T, A>, Field<T, V, B, P>)
where
    T: TraitsObject,
    V: TraitsObject,
    B: Enterable,
{
    type Object = V;
    type Access = A;

    fn nest(self, updater: &impl SettingsUpdate) {
        self.0.nest_at(self.1, updater);
    }
}

/// What a field of an updater changes.
#[derive(Clone, Copy, Debug)]
pub struct UpdaterField {
    /// The trait that changes, as a whole or in part; empty for all of them.
    path: &'static [&'static str],
    /// The compile error if another field changes the trait too.
    conflict: &'static str,
    /// The fields of an updater of the same object, which change traits instead.
    flattened: Option<&'static [UpdaterField]>,
    /// Whether the field is an updater that may change identifiers and addresses.
    is_privileged: bool,
}

/// The bound on the access is implied by `SettingsUpdate`. With it, the compiler's message about a type that is not an updater is
/// identical to the one for the patch, so it is shown once.
impl UpdaterField {
    /// All traits of the object.
    pub const fn all(conflict: &'static str) -> Self {
        Self {
            path: &[],
            conflict,
            flattened: None,
            is_privileged: false,
        }
    }

    /// A trait or an item of it.
    pub const fn of_trait(facts: &'static TraitFacts, conflict: &'static str) -> Self {
        Self {
            path: facts.path,
            ..Self::all(conflict)
        }
    }

    /// Members of an object.
    pub const fn nested<U: SettingsUpdate<Access: Access>>(
        facts: &'static TraitFacts,
        conflict: &'static str,
    ) -> Self {
        Self {
            is_privileged: is_privileged::<U>(),
            ..Self::of_trait(facts, conflict)
        }
    }

    /// The traits that an updater of the same object changes.
    pub const fn flattened<U: SettingsUpdate<Access: Access>>() -> Self {
        Self {
            flattened: Some(U::FIELDS),
            is_privileged: is_privileged::<U>(),
            ..Self::all("")
        }
    }
}

const fn is_privileged<U: SettingsUpdate<Access: Access>>() -> bool {
    // An updater that contains a privileged one without `privileged` has its own error, which is sufficient.
    U::Access::IS_PRIVILEGED || any_privileged(U::FIELDS)
}

/// Whether a field is a privileged updater: of a privileged struct that names no identifier or address.
pub const fn any_privileged(fields: &[UpdaterField]) -> bool {
    let mut position = 0;
    while position < fields.len() {
        if fields[position].is_privileged {
            return true;
        }
        position += 1;
    }
    false
}

/// Asserts that the flattened field at `position` changes no trait that another field changes, as a whole or in part.
///
/// The compiler reports the panic at the place of the call. Of two flattened fields, the error is at the later one.
///
/// # Panics
///
/// There is such a field; the panic is the compile error.
#[track_caller]
#[expect(clippy::panic, reason = "the panic is a compile error")]
pub const fn no_overlap(fields: &[UpdaterField], position: usize) {
    let mut other = 0;
    while other < fields.len() {
        let is_later = other > position && fields[other].flattened.is_some();
        if other != position
            && !is_later
            && let Some(conflict) = overlap(&fields[position], &fields[other])
        {
            panic!("{}", conflict);
        }
        other += 1;
    }
}

/// The compile error for a trait that both change; if one is inside the other, that of the inner one.
const fn overlap(a: &UpdaterField, b: &UpdaterField) -> Option<&'static str> {
    if let Some(fields) = a.flattened {
        let mut position = 0;
        while position < fields.len() {
            let found = overlap(&fields[position], b);
            if found.is_some() {
                return found;
            }
            position += 1;
        }
        None
    } else if b.flattened.is_some() || a.path.len() > b.path.len() {
        overlap(b, a)
    } else if starts_with(b.path, a.path) {
        Some(b.conflict)
    } else {
        None
    }
}

const fn starts_with(path: &[&str], start: &[&str]) -> bool {
    let mut depth = 0;
    while depth < start.len() {
        let (a, b) = (path[depth].as_bytes(), start[depth].as_bytes());
        if a.len() != b.len() {
            return false;
        }
        let mut at = 0;
        while at < a.len() {
            if a[at] != b[at] {
                return false;
            }
            at += 1;
        }
        depth += 1;
    }
    true
}
