//! The methods of a patch that only the derive calls: they copy the value of a field, and read its `Option`s.

use serde::Serialize;

use crate::private::IsObject;
use crate::traits::facts::TraitsObject;
use crate::traits::marker::{ChangeableBy, Enterable, MayBeRemoved, PartOf};
use crate::update::field::{Field, FitsTrait};
use crate::update::patch::Patch;
use crate::update::updater::SettingsUpdate;

#[doc(hidden)]
impl<T: TraitsObject, A> Patch<T, A> {
    /// Sets a trait to a copy of the value.
    pub fn set_cloned<V, B, P, S>(&mut self, field: Field<T, V, B, P>, value: &S) -> &mut Self
    where
        V: Serialize,
        B: ChangeableBy<A>,
        S: FitsTrait<V>,
    {
        self.set(field, value.copy())
    }

    /// Sets a trait to a copy of the value, or keeps it if `None`.
    pub fn set_or_keep<V, B, P, S>(
        &mut self,
        field: Field<T, V, B, P>,
        value: &Option<S>,
    ) -> &mut Self
    where
        V: Serialize,
        B: ChangeableBy<A>,
        S: FitsTrait<V>,
    {
        match value {
            Some(value) => self.set_cloned(field, value),
            None => self,
        }
    }

    /// Sets a trait to a copy of the value, removes it if `Some(None)`, or keeps it if `None`.
    #[allow(
        clippy::option_option,
        reason = "to keep and to remove are not the same"
    )]
    pub fn set_remove_or_keep<V, B, P, S>(
        &mut self,
        field: Field<T, V, B, P>,
        value: &Option<Option<S>>,
    ) -> &mut Self
    where
        V: Serialize,
        B: ChangeableBy<A>,
        P: MayBeRemoved,
        S: FitsTrait<V>,
    {
        match value {
            Some(Some(value)) => self.set_cloned(field, value),
            Some(None) => self.remove(field),
            None => self,
        }
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

    /// The same as [`set_item`](Self::set_item) with a copy of the value, or keeps the item if `None`.
    pub fn set_item_or_keep<V, B, P, S>(
        &mut self,
        field: Field<T, V, B, P>,
        position: usize,
        value: &Option<S>,
    ) -> &mut Self
    where
        V: IntoIterator<Item: Serialize>,
        B: ChangeableBy<A>,
        S: FitsTrait<V::Item>,
    {
        match value {
            Some(value) => self.set_item_cloned(field, position, value),
            None => self,
        }
    }

    /// Applies `updater` to the members of an object, or keeps them if `None`.
    pub fn nest_or_keep<V, B, P, U>(
        &mut self,
        field: Field<T, V, B, P>,
        updater: &Option<U>,
    ) -> &mut Self
    where
        V: TraitsObject,
        B: Enterable,
        U: SettingsUpdate<Traits: IsObject<V, AccessOf<U::Access>: PartOf<A>>>,
    {
        match updater {
            Some(updater) => self.nest(field, updater),
            None => self,
        }
    }

    /// Applies `updater` to the members of an object, removes the object if `Some(None)`, or keeps it if `None`.
    #[allow(
        clippy::option_option,
        reason = "to keep and to remove are not the same"
    )]
    pub fn nest_remove_or_keep<V, B, P, U>(
        &mut self,
        field: Field<T, V, B, P>,
        updater: &Option<Option<U>>,
    ) -> &mut Self
    where
        V: TraitsObject,
        B: ChangeableBy<A> + Enterable,
        P: MayBeRemoved,
        U: SettingsUpdate<Traits: IsObject<V, AccessOf<U::Access>: PartOf<A>>>,
    {
        match updater {
            Some(Some(updater)) => self.nest(field, updater),
            Some(None) => self.remove(field),
            None => self,
        }
    }

    /// The same as [`flatten`](Self::flatten); `None` changes nothing.
    pub fn flatten_or_keep<U>(&mut self, updater: &Option<U>) -> &mut Self
    where
        U: SettingsUpdate<Traits: IsObject<T, AccessOf<U::Access>: PartOf<A>>>,
    {
        match updater {
            Some(updater) => self.flatten(updater),
            None => self,
        }
    }
}
