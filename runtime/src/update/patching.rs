//! The methods that add changes to a patch, for applications and for the expansion of the derive.

use std::any::type_name;

use serde::Serialize;

use super::patch::{Action, Patch, path_of, setting};
use crate::json::path::TraitPath;
use crate::private::IsObject;
use crate::traits::facts::TraitsObject;
use crate::traits::marker::{ChangeableBy, Enterable, MayBeRemoved, PartOf};
use crate::update::field::{Field, FitsTrait};
use crate::update::updater::SettingsUpdate;

impl<T: TraitsObject, A> Patch<T, A> {
    /// Sets a trait.
    ///
    /// Stored members that the type of the trait does not name are kept. If the items of a stored array have such members, the
    /// update is refused with a problem: see [`replace`](Self::replace).
    ///
    /// An `f32` is a problem of the update, because it would be saved with rounding artefacts.
    pub fn set<V, B, P, S>(&mut self, field: Field<T, V, B, P>, value: S) -> &mut Self
    where
        V: Serialize,
        B: ChangeableBy<A>,
        S: FitsTrait<V>,
    {
        self.push(path_of(field.facts()), fitting::<S, V>(value));
        self
    }

    /// Sets a trait, and replaces the stored value completely.
    ///
    /// Unlike [`set`](Self::set), this removes stored members that the type of the trait does not name, also in the items of
    /// arrays.
    pub fn replace<V, B, P, S>(&mut self, field: Field<T, V, B, P>, value: S) -> &mut Self
    where
        V: Serialize,
        B: ChangeableBy<A>,
        S: FitsTrait<V>,
    {
        self.push(path_of(field.facts()), fitting::<S, V>(value).replacing());
        self
    }

    /// The same changes, but those that set a trait [`replace`](Self::replace) the stored value.
    ///
    /// To do so with a derived updater, send `form.patch().replacing()`. Members of the traits object itself that its type does not
    /// name are kept.
    ///
    /// ```
    /// # mod subscriber { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/../schemas/subscriber.rs")); }
    /// use kratos_traits::{Patch, RawTraits, SettingsUpdate};
    /// use subscriber::{NewSubscriberTraitsGiftsItem, SubscriberTraits, SubscriberTraitsGiftsItem};
    ///
    /// // A newer schema of the server gives gifts a note.
    /// let current = r#"{"email":"ada@example.org","type":"student","consent":true,"gifts":[{"recipient":"Eve","note":"Hi"}]}"#;
    /// let current = RawTraits::parse(current)?;
    /// let recipient = "Bob".to_owned();
    /// let gift: SubscriberTraitsGiftsItem = NewSubscriberTraitsGiftsItem { recipient }.into();
    ///
    /// let mut patch = Patch::<SubscriberTraits>::new();
    /// patch.set(SubscriberTraits::GIFTS, vec![gift]);
    /// let problems = patch.settings_update(&current).unwrap_err();
    /// assert_eq!(problems[0].path.segments(), ["gifts", "0", "note"]);
    /// assert_eq!(problems[0].path.to_string(), "gifts.0.*");
    /// assert!(patch.replacing().settings_update(&current).is_ok());
    /// # Ok::<(), kratos_traits::NotAnObject>(())
    /// ```
    pub fn replacing(mut self) -> Self {
        for entry in &mut self.entries {
            let action = std::mem::replace(&mut entry.action, Action::Remove);
            entry.action = action.replacing();
        }
        self
    }

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

    /// Removes a trait.
    pub fn remove<V, B, P>(&mut self, field: Field<T, V, B, P>) -> &mut Self
    where
        B: ChangeableBy<A>,
        P: MayBeRemoved,
    {
        self.push(path_of(field.facts()), Action::Remove);
        self
    }

    /// Sets the item of an array at a position from 0. The position after the last item adds one, and position 0 creates an absent
    /// array.
    pub fn set_item<V, B, P, S>(
        &mut self,
        field: Field<T, V, B, P>,
        position: usize,
        value: S,
    ) -> &mut Self
    where
        V: IntoIterator<Item: Serialize>,
        B: ChangeableBy<A>,
        S: FitsTrait<V::Item>,
    {
        let path = path_of(field.facts()).child(position.to_string());
        let action = match fitting::<S, V::Item>(value) {
            Action::Set(value) => Action::SetItem(value),
            other => other,
        };
        self.push(path, action);
        self
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

    /// Applies `updater` to the members of an object.
    pub fn nest<V, B, P, U>(&mut self, field: Field<T, V, B, P>, updater: &U) -> &mut Self
    where
        V: TraitsObject,
        B: Enterable,
        U: SettingsUpdate<Traits: IsObject<V, AccessOf<U::Access>: PartOf<A>>>,
    {
        self.nest_at(field, updater);
        self
    }

    pub(crate) fn nest_at<V, B, P>(
        &mut self,
        field: Field<T, V, B, P>,
        updater: &impl SettingsUpdate,
    ) {
        let object = path_of(field.facts());
        self.take_in(updater.patch(), |path| {
            let inner = path.segments().iter().cloned();
            TraitPath::new(object.segments().iter().cloned().chain(inner))
        });
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

    /// Applies `updater`, which updates the same object.
    pub fn flatten<U>(&mut self, updater: &U) -> &mut Self
    where
        U: SettingsUpdate<Traits: IsObject<T, AccessOf<U::Access>: PartOf<A>>>,
    {
        self.take_in(updater.patch(), |path| path);
        self
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

/// Sets the converted value.
///
/// The derive recognizes an `f32` only by name; a type alias, a parameter of the struct, or a patch built at run time is
/// checked here.
fn fitting<S: FitsTrait<V>, V: Serialize>(value: S) -> Action {
    let has_rounding_artefacts =
        type_name::<S>() == type_name::<f32>() && type_name::<V>() == type_name::<f64>();
    if has_rounding_artefacts {
        Action::Unwritable
    } else {
        setting(&value.fit())
    }
}

impl Action {
    /// The same change, keeping nothing of the stored value.
    fn replacing(self) -> Self {
        match self {
            Self::Set(value) => Self::Replace(value),
            other => other,
        }
    }
}
