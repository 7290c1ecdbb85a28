//! Facts of a trait or an updater as types: the last two type parameters of a [`Field`](crate::Field), and the last one of a
//! [`Patch`](crate::Patch).
//!
//! A [`Field`](crate::Field) names its access, then its presence. Its access is [`Ordinary`] or [`Privileged`], or one of these, which
//! no updater may change: `Denied` (by the settings of the generator), `HoldsDenied` (an object that contains a denied trait; its other
//! members may be changed) and `NullableIdentifier` (an identifier that may be null, which Kratos would turn into the identifier
//! `%!s(<nil>)`). Its presence is `Optional`, `Required` (by the schema), or `LastIdentifier`: the only trait that can identify a
//! person for a credential, or an object that contains it; it may be changed, but not removed. A generic function takes any of them:
//!
//! ```
//! use kratos_traits::marker::{ChangeableBy, Ordinary};
//! use kratos_traits::{Field, Patch, TraitsObject};
//!
//! fn rename<T, A, P>(patch: &mut Patch<T>, field: Field<T, String, A, P>, name: &str)
//! where
//!     T: TraitsObject,
//!     A: ChangeableBy<Ordinary>,
//! {
//!     patch.set(field, name);
//! }
//! ```

/// A trait that a person may change at any time.
#[derive(Clone, Copy, Debug)]
pub enum Ordinary {}

/// A trait whose change can require a privileged session: an identifier, an address, or an object or array that contains one.
#[derive(Clone, Copy, Debug)]
pub enum Privileged {}

/// A trait that no updater may change, according to the settings of the generator.
#[doc(hidden)]
#[derive(Clone, Copy, Debug)]
pub enum Denied {}

/// An object that contains a [`Denied`] trait: its other members may be changed, but not the object as a whole.
#[doc(hidden)]
#[derive(Clone, Copy, Debug)]
pub enum HoldsDenied {}

/// An identifier that may be null. Kratos would turn null into the identifier `%!s(<nil>)`, so no updater may change it. Remove
/// `null` from its `type` in the schema.
#[doc(hidden)]
#[derive(Clone, Copy, Debug)]
pub enum NullableIdentifier {}

/// A trait that may be removed.
#[doc(hidden)]
#[derive(Clone, Copy, Debug)]
pub enum Optional {}

/// A trait that the schema requires.
#[doc(hidden)]
#[derive(Clone, Copy, Debug)]
pub enum Required {}

/// The only trait that can identify a person for one of the credentials, or an object that contains it.
///
/// It may be changed, but not removed: Kratos would accept the removal but keep the old identifier. The person could still log in
/// with it, and no other person could use it.
#[doc(hidden)]
#[derive(Clone, Copy, Debug)]
pub enum LastIdentifier {}

/// The access of an updater: [`Ordinary`] or [`Privileged`].
pub trait Access: sealed::Sealed {
    /// Whether the updater may change identifiers and addresses.
    const IS_PRIVILEGED: bool;
}

impl Access for Ordinary {
    const IS_PRIVILEGED: bool = false;
}

impl Access for Privileged {
    const IS_PRIVILEGED: bool = true;
}

/// A trait with the access `Self` may be changed by a patch with the access `Patch`.
#[diagnostic::on_unimplemented(
    message = "this trait is `{Self}`, so a patch that is `{Patch}` cannot change it",
    note = "`Privileged`: change identifiers and addresses with `Patch::privileged()`",
    note = "`Denied`, `HoldsDenied`: the settings of the generator deny the trait to updaters",
    note = "`NullableIdentifier`: remove `null` from its `type` in the schema"
)]
pub trait ChangeableBy<Patch>: sealed::Sealed {}

impl ChangeableBy<Ordinary> for Ordinary {}
impl ChangeableBy<Privileged> for Ordinary {}
impl ChangeableBy<Privileged> for Privileged {}

/// The members of an object with the access `Self` may be changed one by one.
#[diagnostic::on_unimplemented(
    message = "this object is `{Self}`, so its members cannot be changed",
    note = "the settings of the generator deny it to updaters"
)]
pub trait Enterable: sealed::Sealed {}

impl Enterable for Ordinary {}
impl Enterable for Privileged {}
impl Enterable for HoldsDenied {}
impl Enterable for NullableIdentifier {}

/// An updater with the access `Self` may be part of one with the access `Whole`.
#[diagnostic::on_unimplemented(
    message = "this updater is `{Self}`: it may change identifiers or addresses, which can require a fresh login",
    note = "add `privileged` to the `#[kratos(…)]` of the struct that contains it",
    note = "if its type is a parameter of that struct, the bound `U: Unprivileged` requires an ordinary updater"
)]
pub trait PartOf<Whole> {}

impl PartOf<Ordinary> for Ordinary {}

#[diagnostic::do_not_recommend]
impl<A: Access> PartOf<Privileged> for A {}

/// A trait with the presence `Self` may be removed.
#[diagnostic::on_unimplemented(
    message = "this trait is `{Self}`, so it cannot be removed",
    note = "`Required`: the schema requires the trait",
    note = "`LastIdentifier`: Kratos would keep the last identifier of a credential for login"
)]
pub trait MayBeRemoved: sealed::Sealed {}

impl MayBeRemoved for Optional {}

mod sealed {
    pub trait Sealed {}
    impl Sealed for super::Ordinary {}
    impl Sealed for super::Privileged {}
    impl Sealed for super::Denied {}
    impl Sealed for super::HoldsDenied {}
    impl Sealed for super::NullableIdentifier {}
    impl Sealed for super::Optional {}
    impl Sealed for super::Required {}
    impl Sealed for super::LastIdentifier {}
}
