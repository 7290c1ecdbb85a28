//! What generated code and the derive call. Not covered by any promise of stability.

pub use kratos_traits_macros::settings_update;
pub use serde;

pub use crate::__redact_debug as redact_debug;
use crate::facts::TraitAt;
use crate::patch::Patch;

/// Writes a `Debug` that shows the name of the type only: traits are personal data.
#[doc(hidden)]
#[macro_export]
macro_rules! __redact_debug {
    ($type:ident) => {
        impl ::core::fmt::Debug for $type {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                f.debug_struct(::core::stringify!($type))
                    .finish_non_exhaustive()
            }
        }
    };
}

/// A type whose values can be set as a trait of type `V`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not fit a trait of type `{V}`",
    label = "the schema makes this trait a `{V}`",
    note = "write `{V}`, `Option<{V}>` to keep the trait when `None`, or a `Clone` type that is `Into<{V}>`"
)]
pub trait FitsTrait<V> {
    /// The value to set.
    fn fit(&self) -> V;
}

#[diagnostic::do_not_recommend]
impl<S: Clone + Into<V>, V> FitsTrait<V> for S {
    fn fit(&self) -> V {
        self.clone().into()
    }
}

/// A field of type `S`: sets the trait.
pub fn set<T: TraitAt<INDEX>, const INDEX: usize, S: FitsTrait<T::Value>>(
    patch: &mut Patch<T>,
    field: &S,
) {
    patch.set::<INDEX>(&field.fit());
}

/// A field of type `Option<S>`: sets the trait or keeps it.
pub fn set_or_keep<T: TraitAt<INDEX>, const INDEX: usize, S: FitsTrait<T::Value>>(
    patch: &mut Patch<T>,
    field: &Option<S>,
) {
    if let Some(value) = field {
        set::<T, INDEX, S>(patch, value);
    }
}

/// A field of type `Option<Option<S>>`: sets the trait, removes it or keeps it.
pub fn set_remove_or_keep<T: TraitAt<INDEX>, const INDEX: usize, S: FitsTrait<T::Value>>(
    patch: &mut Patch<T>,
    field: &Option<Option<S>>,
) {
    match field {
        Some(Some(value)) => set::<T, INDEX, S>(patch, value),
        Some(None) => patch.remove::<INDEX>(),
        None => {}
    }
}
