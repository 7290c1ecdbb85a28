//! Functions and macros that the macros expand to. Not part of the public API; they may change in any release.

pub use kratos_traits_macros::{schema_table, settings_update};
pub use serde;

pub use crate::__schemas as schemas;
use crate::traits::facts::TraitsObject;
use crate::traits::marker::Privileged;
pub use crate::update::derived::{Nest, SetValue, UpdaterField, any_privileged, no_overlap};
pub use crate::update::field::FitsTrait;
use crate::update::patch::Patch;

/// The type whose table of traits has this fingerprint.
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not belong to this table of traits",
    label = "a type alias or a `use` combines the type of one schema with the table of another",
    note = "name the generated struct itself: `#[kratos(traits = module::GeneratedTraits)]`"
)]
pub trait TableOf<const FINGERPRINT: u64> {}

/// Asserts that a type and a table belong together.
pub const fn same_table<T: TableOf<FINGERPRINT>, const FINGERPRINT: u64>() {}

/// The object that an updater updates, compared with the object that is expected.
#[diagnostic::on_unimplemented(
    message = "an updater of `{Self}` cannot update `{V}`",
    label = "this updater has `#[kratos(traits = {Self})]`",
    note = "expected an updater with `#[kratos(traits = {V})]`"
)]
pub trait IsObject<V> {
    /// The access `A`, if the objects are equal. Otherwise the type is unknown, and the compiler reports only this bound.
    type AccessOf<A>;
}

#[diagnostic::do_not_recommend]
impl<V> IsObject<V> for V {
    type AccessOf<A> = A;
}

/// The patch of a whole generated object.
pub fn whole<T: TraitsObject>(object: &T) -> Patch<T, Privileged> {
    Patch::whole(object)
}
