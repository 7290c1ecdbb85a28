//! The trait of updater structs.

use crate::problem::Problem;
use crate::traits::facts::{IdentityTraits, TraitsObject};
use crate::traits::marker::{Access, Ordinary};
use crate::traits::raw::RawTraits;
use crate::update;
use crate::update::change::Change;
use crate::update::derived::UpdaterField;
use crate::update::patch::Patch;

/// A struct of the application that updates some traits of a person.
///
/// Derive it. The fields have the names of traits of the schema. An unknown name, a wrong type, or an identifier without
/// `privileged` is a compile error.
///
/// # Example
///
/// ```
/// # mod customer { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/../schemas/customer.rs")); }
/// use customer::CustomerTraits;
/// use kratos_traits::{RawTraits, SettingsUpdate};
///
/// #[derive(SettingsUpdate)]
/// #[kratos(traits = CustomerTraits)]
/// struct Rename {
///     nickname: Option<String>,
/// }
///
/// let current = RawTraits::parse(r#"{"email":"ada@example.org","newsletter":true}"#)?;
/// let change = Rename { nickname: Some("Countess".into()) }.settings_update(&current).unwrap();
/// assert_eq!(
///     change.traits().as_str(),
///     r#"{"email":"ada@example.org","newsletter":true,"nickname":"Countess"}"#
/// );
/// assert!(!change.is_privileged());
/// # Ok::<(), kratos_traits::NotAnObject>(())
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not implement `SettingsUpdate`",
    note = "derive it: `#[derive(SettingsUpdate)]` with `#[kratos(traits = …)]`"
)]
pub trait SettingsUpdate {
    /// The generated struct that is updated: the traits, or an object among them.
    type Traits: TraitsObject;

    /// Whether the updater may change identifiers and addresses:
    /// [`marker::Ordinary`](crate::traits::marker::Ordinary) or
    /// [`marker::Privileged`](crate::traits::marker::Privileged).
    type Access: Access;

    /// What the fields of the struct change. For the derive.
    #[doc(hidden)]
    const FIELDS: &'static [UpdaterField] = &[];

    /// The changes as a patch.
    fn patch(&self) -> Patch<Self::Traits, Self::Access>;

    /// Applies the update to `current` and checks what it changes. Does no I/O.
    ///
    /// # Errors
    ///
    /// The problems that stop the update: those at or in the places that it changes, and those of identifiers. Each has the path of
    /// the trait and the message id of Kratos. Kratos judges the rest: traits that the update does not change, rules of the objects
    /// around a changed place (`required` of other members, `additionalProperties: false`, `minProperties`), and rules that cannot be
    /// checked exactly like in Kratos. [`Schema::check`](crate::Schema::check) judges a whole document.
    fn settings_update(&self, current: &RawTraits) -> Result<Change<Self::Traits>, Vec<Problem>>
    where
        Self::Traits: IdentityTraits,
    {
        Change::new(
            &self.patch(),
            update::access::Access::of::<Self::Access>(),
            &current.json(),
            &|_| false,
        )
    }
}

/// An updater that only changes ordinary traits: no identifier and no address.
///
/// Implemented by every struct that is derived without `privileged`; useful as a bound.
///
/// ```
/// # use kratos_traits::Unprivileged;
/// fn save_at_any_time(update: &impl Unprivileged) { /* … */ }
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` may change identifiers or addresses, which can require a fresh login",
    label = "this updater is privileged",
    note = "an ordinary updater is required here: remove the identifiers and addresses, and `privileged`"
)]
pub trait Unprivileged: SettingsUpdate<Access = Ordinary> {}

#[diagnostic::do_not_recommend]
impl<U: SettingsUpdate<Access = Ordinary> + ?Sized> Unprivileged for U {}

macro_rules! pass_on {
    ($($pointer:ty)*) => {$(
        impl<U: SettingsUpdate + ?Sized> SettingsUpdate for $pointer {
            type Traits = U::Traits;
            type Access = U::Access;
            const FIELDS: &'static [UpdaterField] = U::FIELDS;

            fn patch(&self) -> Patch<Self::Traits, Self::Access> {
                (**self).patch()
            }
        }
    )*};
}

pass_on!(&U Box<U>);
