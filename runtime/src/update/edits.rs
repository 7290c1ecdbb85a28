//! An update that is put together at run time, field by field.

use std::fmt;
use std::marker::PhantomData;

use crate::traits::facts::{IdentityTraits, TraitAt, TraitsObject};
use crate::traits::marker::{Access, ChangeableBy, MayBeRemoved, Ordinary, Privileged};
use crate::traits::path::TraitPath;
use crate::update::fits::FitsTrait;
use crate::update::patch::Patch;
use crate::update::updater::{SettingsUpdate, UpdaterField};

/// A trait, as a constant of the generated struct: `CustomerTraits::NICKNAME`.
pub struct Field<T, const INDEX: usize>(PhantomData<fn() -> T>);

impl<T, const INDEX: usize> Field<T, INDEX> {
    /// For generated code.
    #[doc(hidden)]
    pub const fn new() -> Self {
        Self(PhantomData)
    }
}

impl<T: TraitsObject, const INDEX: usize> Field<T, INDEX> {
    /// What the schema says of it.
    pub const fn facts(self) -> &'static crate::TraitFacts {
        &T::TRAITS[INDEX]
    }
}

impl<T, const INDEX: usize> Clone for Field<T, INDEX> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T, const INDEX: usize> Copy for Field<T, INDEX> {}

impl<T, const INDEX: usize> Default for Field<T, INDEX> {
    fn default() -> Self {
        Self::new()
    }
}

impl<T: TraitsObject, const INDEX: usize> fmt::Debug for Field<T, INDEX> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Field({:?})", self.facts().path)
    }
}

/// An update for a form whose fields are known at run time only, under the rules of the derive.
///
/// As a flattened field of a derived updater it has no [`FIELDS`](SettingsUpdate::FIELDS), so the
/// compiler does not see that another field changes the same trait; that is a problem of the update then.
/// Of two changes of one trait in the `Edits` themselves, the later one counts.
///
/// # Example
///
/// ```
/// # mod customer { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/../schemas/customer.rs")); }
/// use customer::CustomerTraits;
/// use kratos_traits::{Edits, RawTraits, SettingsUpdate};
///
/// let submitted = [("nickname", "Countess")];
/// let mut edits = Edits::<CustomerTraits>::new();
/// for (field, value) in submitted {
///     match field {
///         "nickname" if value.is_empty() => edits.remove(CustomerTraits::NICKNAME),
///         "nickname" => edits.set(CustomerTraits::NICKNAME, value),
///         _ => continue,
///     };
/// }
/// let current = RawTraits::parse(r#"{"email":"ada@example.org"}"#)?;
/// let change = edits.settings_update(&current).unwrap();
/// assert_eq!(change.traits().as_str(), r#"{"email":"ada@example.org","nickname":"Countess"}"#);
/// # Ok::<(), kratos_traits::NotAnObject>(())
/// ```
pub struct Edits<T, A = Ordinary> {
    patch: Patch<T>,
    access: PhantomData<fn() -> A>,
}

impl<T: IdentityTraits> Edits<T, Ordinary> {
    /// No change so far; ordinary traits only.
    pub const fn new() -> Self {
        Self {
            patch: Patch::new(),
            access: PhantomData,
        }
    }
}

impl<T: IdentityTraits> Default for Edits<T, Ordinary> {
    fn default() -> Self {
        Self::new()
    }
}

impl<T: IdentityTraits> Edits<T, Privileged> {
    /// No change so far; identifiers and addresses, too.
    pub const fn privileged() -> Self {
        Self {
            patch: Patch::new(),
            access: PhantomData,
        }
    }
}

impl<T: IdentityTraits, A> Edits<T, A> {
    /// Sets a trait.
    ///
    /// An `f32` becomes a problem of the update: it would be saved with digits that nobody wrote.
    pub fn set<const INDEX: usize>(
        &mut self,
        _field: Field<T, INDEX>,
        value: impl FitsTrait<T::Value>,
    ) -> &mut Self
    where
        T: TraitAt<INDEX>,
        T::Access: ChangeableBy<A>,
    {
        self.patch.set::<INDEX, _>(&value);
        self
    }

    /// Removes a trait.
    pub fn remove<const INDEX: usize>(&mut self, _field: Field<T, INDEX>) -> &mut Self
    where
        T: TraitAt<INDEX>,
        T::Access: ChangeableBy<A>,
        T::Presence: MayBeRemoved,
    {
        self.patch.remove::<INDEX>();
        self
    }
}

impl<T, A> Edits<T, A> {
    /// Removes whatever is there.
    pub(super) fn remove_at(&mut self, path: TraitPath) {
        self.patch.remove_at(path);
    }
}

impl<T: IdentityTraits, A: Access> SettingsUpdate for Edits<T, A> {
    type Traits = T;
    type Access = A;
    const FIELDS: &'static [UpdaterField] = &[];

    fn patch(&self) -> Patch<T> {
        self.patch.clone()
    }
}

impl<T: TraitsObject, A> fmt::Debug for Edits<T, A> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Edits").field(&self.patch).finish()
    }
}
