//! The trait of an application's own updater structs.

use crate::problem::Problem;
use crate::traits::facts::{IdentityTraits, TraitFacts, TraitsObject};
use crate::traits::marker::{Access, Ordinary};
use crate::traits::raw::RawTraits;
use crate::update::change::Change;
use crate::update::patch::Patch;

/// An application's own struct that updates some traits of a person.
///
/// Derive it. The fields name traits of the schema; a field of another name, of a type that does
/// not fit, or of an identifier that the struct does not declare to change, does not compile.
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
    /// The generated struct that the updater updates: the traits, or an object among them.
    type Traits: TraitsObject;

    /// Whether the updater may change identifiers and addresses:
    /// [`marker::Ordinary`](crate::traits::marker::Ordinary) or
    /// [`marker::Privileged`](crate::traits::marker::Privileged).
    type Access: Access;

    /// The fields of the struct and the traits that they change: for tables, audits and tests.
    const FIELDS: &'static [UpdaterField] = &[];

    /// What the struct asks to change.
    fn patch(&self) -> Patch<Self::Traits, Self::Access>;

    /// The complete, checked traits document that the update makes of `current`. No I/O.
    ///
    /// # Errors
    ///
    /// The document would break the schema, or a rule of Kratos about identifiers: every problem,
    /// by trait path, with the ids that Kratos gives to them. What we cannot judge exactly like
    /// Kratos is left for Kratos to judge.
    fn settings_update(&self, current: &RawTraits) -> Result<Change<Self::Traits>, Vec<Problem>>
    where
        Self::Traits: IdentityTraits,
    {
        Change::new(&self.patch(), current)
    }
}

/// An updater that changes ordinary traits only: no identifier and no address.
///
/// Every struct that is derived without `privileged` is one, so code can ask for it.
///
/// ```
/// # use kratos_traits::Unprivileged;
/// fn save_at_any_time(update: &impl Unprivileged) { /* … */ }
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` may change identifiers or addresses, which can need a fresh login",
    label = "this updater is privileged",
    note = "where only ordinary traits may change, take the privileged ones out of it"
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

/// A field of an updater struct.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum UpdaterField {
    /// A field that changes one trait.
    Trait {
        /// The name of the field.
        name: &'static str,
        /// The trait; its path begins at the object that the updater updates.
        facts: &'static TraitFacts,
    },
    /// A field that changes one item of an array.
    Item {
        /// The name of the field.
        name: &'static str,
        /// The array.
        facts: &'static TraitFacts,
        /// The position of the item, from 0.
        position: usize,
    },
    /// A field that is an updater of an object among the traits.
    Nested {
        /// The name of the field.
        name: &'static str,
        /// The object.
        facts: &'static TraitFacts,
        /// The fields of that updater; their paths begin at the object.
        fields: &'static [UpdaterField],
        /// Whether that updater may change identifiers and addresses.
        privileged: bool,
    },
    /// No field: the generated struct itself, which updates all that it names.
    Whole {
        /// Every trait of the struct.
        traits: &'static [TraitFacts],
    },
    /// A field that is an updater of the same object.
    Flattened {
        /// The name of the field.
        name: &'static str,
        /// The fields of that updater.
        fields: &'static [UpdaterField],
        /// Whether that updater may change identifiers and addresses.
        privileged: bool,
    },
}
