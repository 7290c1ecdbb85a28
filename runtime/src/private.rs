//! What generated code and the derive call. Not covered by any promise of stability.

pub use kratos_traits_macros::settings_update;
pub use serde;

pub use crate::traits::choice::{Choice, parse_choice, read_choice, write_choice};
use crate::traits::facts::{TraitAt, TraitsObject};
use crate::traits::marker::Ordinary;
pub use crate::traits::members::{Object, Reader, Writer, read_object, write_object};
pub use crate::update::derived::declared::Declared;
use crate::update::derived::known::{self, KnownFields};
pub use crate::update::derived::listing::{Updater, updater};
pub use crate::update::derived::overlap::no_overlap;
pub use crate::update::derived::questions::any_privileged;
pub use crate::update::fits::FitsTrait;
use crate::update::patch::Patch;
use crate::update::updater::SettingsUpdate;
pub use crate::{
    __choice as choice, __declared as declared, __object as object, __redact_debug as redact_debug,
    __schemas as schemas,
};

/// What reading a generated object gives.
pub type Read<T> = Result<T, serde_json::Error>;

/// Writes a `Debug` that shows the name of the type only: traits are personal data.
#[doc(hidden)]
#[macro_export]
macro_rules! __redact_debug {
    ($type:ident) => {
        #[allow(deprecated)]
        impl ::core::fmt::Debug for $type {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                f.debug_struct(::core::stringify!($type))
                    .finish_non_exhaustive()
            }
        }
    };
}

/// The object that an updater updates, held against the object that is asked for.
#[diagnostic::on_unimplemented(
    message = "an updater of `{Self}` does not update `{V}`",
    label = "this updater has `#[kratos(traits = {Self})]`",
    note = "here it has to be `#[kratos(traits = {V})]`"
)]
pub trait IsObject<V> {
    /// The access of such an updater: of one that is of another object, nothing more is said.
    type AccessOf<A>;
}

#[diagnostic::do_not_recommend]
impl<V> IsObject<V> for V {
    type AccessOf<A> = A;
}

/// The access of an updater, held against that of an updater of ordinary traits.
#[diagnostic::on_unimplemented(
    message = "this updater is `{Self}`: it may change identifiers or addresses, which can need a fresh login",
    note = "add `privileged` to the `#[kratos(…)]` of the struct that holds it"
)]
pub trait IsOrdinary {}

impl IsOrdinary for Ordinary {}

/// The type of the items of the array at position `INDEX`.
pub type ItemOf<T, const INDEX: usize> = <<T as TraitAt<INDEX>>::Value as IntoIterator>::Item;

/// The fields whose types the macro knows to fit, in one call.
pub fn known<T: TraitsObject>(
    order: &str,
    strings: impl KnownFields<String>,
    bools: impl KnownFields<bool>,
    integers: impl KnownFields<i64>,
    numbers: impl KnownFields<f64>,
) -> Patch<T> {
    let mut patch = Patch::new();
    known::add(&mut patch, order, strings, bools, integers, numbers);
    patch
}

/// The same beside other fields.
pub fn add_known<T: TraitsObject>(
    patch: &mut Patch<T>,
    order: &str,
    strings: impl KnownFields<String>,
    bools: impl KnownFields<bool>,
    integers: impl KnownFields<i64>,
    numbers: impl KnownFields<f64>,
) {
    known::add(patch, order, strings, bools, integers, numbers);
}

/// A field of type `S`: sets the trait. Called by the calls of a schema, like the three that follow; see [`Declared`].
pub fn set<T, const INDEX: usize, S>(patch: &mut Patch<T>, field: &S)
where
    T: TraitAt<INDEX>,
    S: FitsTrait<T::Value>,
{
    patch.set::<INDEX, S>(field);
}

/// A field of type `Option<S>`: sets the trait or keeps it.
pub fn set_or_keep<T, const INDEX: usize, S>(patch: &mut Patch<T>, field: &Option<S>)
where
    T: TraitAt<INDEX>,
    S: FitsTrait<T::Value>,
{
    if let Some(value) = field {
        patch.set::<INDEX, S>(value);
    }
}

/// A field of type `Option<Option<S>>`: sets the trait, removes it or keeps it.
pub fn set_remove_or_keep<T, const INDEX: usize, S>(patch: &mut Patch<T>, field: &Option<Option<S>>)
where
    T: TraitAt<INDEX>,
    S: FitsTrait<T::Value>,
{
    match field {
        Some(Some(value)) => patch.set::<INDEX, S>(value),
        Some(None) => patch.remove::<INDEX>(),
        None => {}
    }
}

/// A field that names an item of an array: sets it.
pub fn set_item<T, const INDEX: usize, S>(patch: &mut Patch<T>, position: usize, field: &S)
where
    T: TraitAt<INDEX, Value: IntoIterator<Item: serde::Serialize>>,
    S: FitsTrait<ItemOf<T, INDEX>>,
{
    patch.set_item::<INDEX, S, ItemOf<T, INDEX>>(position, field);
}

/// A field that is an updater of the object: does to its members what the updater says.
pub fn nest<T, const INDEX: usize, U>(patch: &mut Patch<T>, field: &U)
where
    T: TraitAt<INDEX, Value: TraitsObject>,
    U: SettingsUpdate,
{
    patch.nest::<INDEX, U::Traits>(field.patch());
}

/// A field of type `Option<Option<U>>`, of which the outer one is `Some`: does that, or removes the object.
pub fn nest_or_remove<T, const INDEX: usize, U>(patch: &mut Patch<T>, field: &Option<U>)
where
    T: TraitAt<INDEX, Value: TraitsObject>,
    U: SettingsUpdate,
{
    match field {
        Some(updater) => nest::<T, INDEX, U>(patch, updater),
        None => patch.remove::<INDEX>(),
    }
}

/// A field that is an updater of the same object: does what it says, too.
pub fn flatten<T, U>(patch: &mut Patch<T>, field: &U)
where
    T: TraitsObject,
    U: SettingsUpdate<Traits: IsObject<T>>,
{
    patch.flatten(field.patch());
}

/// [`flatten`], of an updater that changes ordinary traits only.
pub fn flatten_ordinary<T, U>(patch: &mut Patch<T>, field: &U)
where
    T: TraitsObject,
    U: SettingsUpdate,
    U::Traits: IsObject<T, AccessOf<U::Access>: IsOrdinary>,
{
    patch.flatten(field.patch());
}

/// The patch of a whole generated object.
pub fn whole<T: TraitsObject>(object: &T) -> Patch<T> {
    Patch::whole(object)
}
