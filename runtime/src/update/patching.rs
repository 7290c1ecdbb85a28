//! The methods that fill a patch: called by applications, and by what the derive expands to.

use std::any::type_name;

use serde::Serialize;

use super::patch::{Action, Patch, path_of, setting};
use crate::private::IsObject;
use crate::traits::facts::TraitsObject;
use crate::traits::marker::{ChangeableBy, Enterable, MayBeRemoved, PartOf};
use crate::traits::path::TraitPath;
use crate::update::field::{Field, FitsTrait};
use crate::update::updater::SettingsUpdate;

impl<T: TraitsObject, A> Patch<T, A> {
    /// Sets a trait.
    ///
    /// Members of a stored object that the type of the trait does not name stay. An array whose stored items hold such
    /// members is not replaced, which is a problem of the update: see [`replace`](Self::replace).
    ///
    /// An `f32` becomes a problem of the update: it would be saved with rounding artefacts.
    pub fn set<V, B, P, S>(&mut self, field: Field<T, V, B, P>, value: S) -> &mut Self
    where
        V: Serialize,
        B: ChangeableBy<A>,
        S: FitsTrait<V>,
    {
        self.push(path_of(field.facts()), fitting::<S, V>(value));
        self
    }

    /// Sets a trait, and replaces whatever is stored there.
    ///
    /// [`set`](Self::set) keeps the members of objects that the type of the trait does not name, and is refused where that
    /// cannot be: an array whose stored items hold such members. This loses them.
    pub fn replace<V, B, P, S>(&mut self, field: Field<T, V, B, P>, value: S) -> &mut Self
    where
        V: Serialize,
        B: ChangeableBy<A>,
        S: FitsTrait<V>,
    {
        self.push(path_of(field.facts()), fitting::<S, V>(value).replacing());
        self
    }

    /// The same changes, of which those that set a trait replace whatever is stored there: see [`replace`](Self::replace).
    ///
    /// For a derived updater, or a whole form: `form.patch().replacing()` is an update, too. Members of the traits object
    /// itself that its type does not name stay.
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

    /// Sets a trait to a copy of the value; of `None` it is kept as it is.
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

    /// Sets a trait to a copy of the value, removes it when `Some(None)`, or keeps it as it is when `None`.
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

    /// Sets the item of an array at a position from 0; the position after the last adds an item, and the first item makes
    /// an array that is absent.
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

    /// The same as [`set_item`](Self::set_item) with a copy of the value; of `None` the item is kept as it is.
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

    /// Changes the members of an object as `updater` says.
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

    /// Changes the members of an object as `updater` says; of `None` they are kept as they are.
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

    /// Changes the members of an object as `updater` says, removes the object when `Some(None)`, or keeps it as it is when
    /// `None`.
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

    /// Changes what `updater`, which is of the same object, changes.
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

/// Sets what the value comes to.
///
/// The derive refuses an `f32` by its name; through an alias, as a parameter, and at run time the type is known only here.
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
    /// The same, with nothing of what is stored.
    fn replacing(self) -> Self {
        match self {
            Self::Set(value) => Self::Replace(value),
            other => other,
        }
    }
}
