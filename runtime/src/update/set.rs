//! The methods that add changes to a patch.

use std::any::type_name;
use std::fmt;

use serde::Serialize;

use super::field::{Field, FitsTrait};
use super::patch::{Action, Patch};
use super::updater::SettingsUpdate;
use crate::json::Json;
use crate::json::path::TraitPath;
use crate::kratos::roles::can_change_addresses;
use crate::private::IsObject;
use crate::traits::facts::{IdentityTraits, TraitFacts, TraitsObject};
use crate::traits::marker::{Access, ChangeableBy, Enterable, MayBeRemoved, PartOf};
use crate::traits::typed::written;

impl<T: TraitsObject, A> Patch<T, A> {
    /// Sets a trait.
    ///
    /// Stored members that the type of the trait does not name are kept. If the items of a stored array have such members, the
    /// update is refused with a problem: see [`replace`](Self::replace).
    ///
    /// An `f32` is a problem of the update, because it would be saved with rounding artefacts.
    ///
    /// ```
    /// # mod customer { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/../schemas/customer.rs")); }
    /// # use customer::CustomerTraits;
    /// use kratos_traits::Patch;
    ///
    /// let mut patch = Patch::<CustomerTraits>::new();
    /// patch.set(CustomerTraits::NICKNAME, "Countess").set(CustomerTraits::NEWSLETTER, true);
    /// ```
    pub fn set<V, B, P, S>(&mut self, field: Field<T, V, B, P>, value: S) -> &mut Self
    where
        V: Serialize,
        B: ChangeableBy<A>,
        S: FitsTrait<V>,
    {
        self.push(field.facts().path(), fitting::<S, V>(value));
        self
    }

    /// Sets a trait, and replaces the stored value completely.
    ///
    /// Unlike [`set`](Self::set), this removes stored members that the type of the trait does not name, also in the items of
    /// arrays.
    ///
    /// ```
    /// # mod customer { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/../schemas/customer.rs")); }
    /// # use customer::CustomerTraits;
    /// # use customer::CustomerTraitsName;
    /// use kratos_traits::Patch;
    ///
    /// let mut patch = Patch::<CustomerTraits>::new();
    /// let name = CustomerTraitsName { first: Some("Ada".into()), last: None };
    /// // Removes a stored middle name, which the type does not have.
    /// patch.replace(CustomerTraits::NAME, name);
    /// ```
    pub fn replace<V, B, P, S>(&mut self, field: Field<T, V, B, P>, value: S) -> &mut Self
    where
        V: Serialize,
        B: ChangeableBy<A>,
        S: FitsTrait<V>,
    {
        self.push(field.facts().path(), fitting::<S, V>(value).replacing());
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

    /// Removes a trait.
    ///
    /// ```
    /// # mod customer { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/../schemas/customer.rs")); }
    /// # use customer::CustomerTraits;
    /// use kratos_traits::Patch;
    ///
    /// let mut patch = Patch::<CustomerTraits>::new();
    /// patch.remove(CustomerTraits::NICKNAME);
    /// ```
    pub fn remove<V, B, P>(&mut self, field: Field<T, V, B, P>) -> &mut Self
    where
        B: ChangeableBy<A>,
        P: MayBeRemoved,
    {
        self.push(field.facts().path(), Action::Remove);
        self
    }

    /// Sets the item of an array at a position from 0. The position after the last item adds one, and position 0 creates an absent
    /// array, also instead of `null`.
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
        let path = field.facts().path().child(position.to_string());
        let action = match fitting::<S, V::Item>(value) {
            Action::Set(value) => Action::SetItem(value),
            other => other,
        };
        self.push(path, action);
        self
    }

    /// Applies `updater` to the members of an object.
    ///
    /// ```
    /// # mod customer { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/../schemas/customer.rs")); }
    /// # use customer::CustomerTraits;
    /// # use customer::CustomerTraitsName;
    /// use kratos_traits::Patch;
    ///
    /// let mut name = Patch::<CustomerTraitsName>::new();
    /// name.set(CustomerTraitsName::FIRST, "Ada");
    /// let mut patch = Patch::<CustomerTraits>::new();
    /// patch.nest(CustomerTraits::NAME, &name);
    /// assert_eq!(patch.paths().next().unwrap().to_string(), "name.first");
    /// ```
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
        let object = field.facts().path();
        self.append(updater.patch(), |path| object.join(&path));
    }

    /// Applies `updater`, which updates the same object.
    ///
    /// ```
    /// # mod customer { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/../schemas/customer.rs")); }
    /// # use customer::CustomerTraits;
    /// use kratos_traits::{Patch, SettingsUpdate};
    ///
    /// #[derive(SettingsUpdate)]
    /// #[kratos(traits = CustomerTraits)]
    /// struct Rename {
    ///     nickname: Option<String>,
    /// }
    ///
    /// let mut patch = Patch::<CustomerTraits>::new();
    /// patch.set(CustomerTraits::NEWSLETTER, true).flatten(&Rename { nickname: Some("Countess".into()) });
    /// ```
    pub fn flatten<U>(&mut self, updater: &U) -> &mut Self
    where
        U: SettingsUpdate<Traits: IsObject<T, AccessOf<U::Access>: PartOf<A>>>,
    {
        self.append(updater.patch(), |path| path);
        self
    }
}

impl<T: IdentityTraits, A: Access> Patch<T, A> {
    /// Removes a member that the schema does not name, such as one of an older schema. If the current schema has
    /// `additionalProperties: false`, Kratos rejects every update until such a member is removed.
    ///
    /// ```
    /// # mod customer { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/../schemas/customer.rs")); }
    /// use customer::CustomerTraits;
    /// use kratos_traits::{Patch, RawTraits, SettingsUpdate, TraitPath};
    ///
    /// let mut patch = Patch::<CustomerTraits>::new();
    /// patch.remove_unnamed(&TraitPath::new(["fax"]))?;
    /// let current = RawTraits::parse(r#"{"email":"ada@example.org","fax":"+49 30 1"}"#)?;
    /// let change = patch.settings_update(&current).unwrap();
    /// assert_eq!(change.traits().as_str(), r#"{"email":"ada@example.org"}"#);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// The schema names the member or a member of it, this patch may not change the trait that holds it, or the schema gives the
    /// member a role by `patternProperties` or `additionalProperties` and this patch may not change identifiers and addresses.
    pub fn remove_unnamed(&mut self, path: &TraitPath) -> Result<&mut Self, UnnamedError> {
        let segments = path.segments();
        if segments.is_empty() {
            return Err(UnnamedError::IsRoot);
        }
        for facts in T::TRAITS.iter().filter(|facts| facts.overlaps(segments)) {
            if facts.path.len() >= segments.len() {
                return Err(UnnamedError::IsNamed(facts));
            }
            if !facts.editable {
                return Err(UnnamedError::IsDenied(facts));
            }
            if !A::IS_PRIVILEGED && facts.is_privileged() {
                return Err(UnnamedError::NeedsPrivileged(facts));
            }
        }
        if !A::IS_PRIVILEGED && can_change_addresses(T::schema(), segments) {
            return Err(UnnamedError::IsAddress);
        }
        let hidden = T::schema().hiding(path, Some(&Json::null()));
        self.push(hidden, Action::Remove);
        Ok(self)
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
        written(&value.fit()).map_or(Action::Unwritable, Action::Set)
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

/// Why a member cannot be removed as one that the schema does not name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum UnnamedError {
    /// The schema names it or a member of it: use [`Patch::remove`](crate::Patch::remove).
    IsNamed(&'static TraitFacts),
    /// It is inside a trait that the settings of the generator deny to updaters.
    IsDenied(&'static TraitFacts),
    /// It is inside a trait that holds an identifier or address: begin with `Patch::privileged()`.
    NeedsPrivileged(&'static TraitFacts),
    /// The schema gives unnamed members of this name a role, so it can be an identifier or address: begin with
    /// `Patch::privileged()`.
    IsAddress,
    /// The path is empty: it is that of the traits object.
    IsRoot,
}

impl fmt::Display for UnnamedError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (facts, what) = match self {
            Self::IsNamed(facts) => (facts, "is a trait of the schema"),
            Self::IsDenied(facts) => (facts, "may not be changed"),
            Self::NeedsPrivileged(facts) => (facts, "can only be changed by a privileged patch"),
            Self::IsAddress => {
                return f.write_str(
                    "the member can be an identifier or address, so only a privileged patch can remove it",
                );
            }
            Self::IsRoot => return f.write_str("the traits object cannot be removed"),
        };
        write!(f, "{} {what}", facts.path())
    }
}

impl std::error::Error for UnnamedError {}
