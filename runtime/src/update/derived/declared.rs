//! The calls for fields whose types only the compiler can judge.
//!
//! What it says of one that does not fit has the file of the schema: an attribute takes that as a literal only, so each
//! schema has its own trait and its own calls, once for all updaters.

/// A generated struct whose traits are declared in a schema file.
pub trait Declared {
    /// Has the calls of that schema.
    type Calls;
}

/// Writes the calls of one schema: the note with its file, and the structs that are generated from it.
#[doc(hidden)]
#[macro_export]
macro_rules! __declared {
    ($note:literal: $($traits:ident)*) => {
        #[allow(deprecated, dead_code)]
        const _: () = {
            #[diagnostic::on_unimplemented(
                message = "`{Self}` does not fit a trait of type `{V}`",
                label = "the schema makes this trait a `{V}`",
                note = "write `{V}`, `Option<{V}>` to keep the trait when `None`, or a `Clone` type that is `Into<{V}>`",
                note = $note
            )]
            pub trait FitsTraitAt<V, const LINE: u32, const COLUMN: u32>: $crate::__private::FitsTrait<V> {}

            #[diagnostic::do_not_recommend]
            impl<S, V, const LINE: u32, const COLUMN: u32> FitsTraitAt<V, LINE, COLUMN> for S
            where
                S: $crate::__private::FitsTrait<V>,
            {
            }

            #[diagnostic::on_unimplemented(
                message = "an updater of `{Self}` does not update `{V}`",
                label = "this updater has `#[kratos(traits = {Self})]`",
                note = "here it has to be `#[kratos(traits = {V})]`",
                note = $note
            )]
            pub trait IsObjectAt<V, const LINE: u32, const COLUMN: u32> {
                /// The access of such an updater: of one that is of another object, nothing more is said.
                type AccessOf<A>;
            }

            #[diagnostic::do_not_recommend]
            impl<V, const LINE: u32, const COLUMN: u32> IsObjectAt<V, LINE, COLUMN> for V {
                type AccessOf<A> = A;
            }

            #[diagnostic::on_unimplemented(
                message = "this updater is `{Self}`: it may change identifiers or addresses, which can need a fresh login",
                note = "add `privileged` to the `#[kratos(…)]` of the struct that holds it",
                note = $note
            )]
            pub trait IsOrdinaryAt<const LINE: u32, const COLUMN: u32> {}

            #[diagnostic::do_not_recommend]
            impl<A, const LINE: u32, const COLUMN: u32> IsOrdinaryAt<LINE, COLUMN> for A
            where
                A: $crate::__private::IsOrdinary,
            {
            }

            pub struct Calls;

            impl Calls {
                /// A field of type `S`: sets the trait.
                pub fn set<T, const INDEX: usize, const LINE: u32, const COLUMN: u32, S>(
                    patch: &mut $crate::Patch<T>,
                    field: &S,
                ) where
                    T: $crate::TraitAt<INDEX>,
                    S: FitsTraitAt<T::Value, LINE, COLUMN>,
                {
                    $crate::__private::set::<T, INDEX, S>(patch, field);
                }

                /// A field of type `Option<S>`: sets the trait or keeps it.
                pub fn set_or_keep<T, const INDEX: usize, const LINE: u32, const COLUMN: u32, S>(
                    patch: &mut $crate::Patch<T>,
                    field: &::core::option::Option<S>,
                ) where
                    T: $crate::TraitAt<INDEX>,
                    S: FitsTraitAt<T::Value, LINE, COLUMN>,
                {
                    $crate::__private::set_or_keep::<T, INDEX, S>(patch, field);
                }

                /// A field of type `Option<Option<S>>`: sets the trait, removes it or keeps it.
                pub fn set_remove_or_keep<T, const INDEX: usize, const LINE: u32, const COLUMN: u32, S>(
                    patch: &mut $crate::Patch<T>,
                    field: &::core::option::Option<::core::option::Option<S>>,
                ) where
                    T: $crate::TraitAt<INDEX>,
                    S: FitsTraitAt<T::Value, LINE, COLUMN>,
                {
                    $crate::__private::set_remove_or_keep::<T, INDEX, S>(patch, field);
                }

                /// A field that names an item of an array: sets it.
                pub fn set_item<T, const INDEX: usize, const LINE: u32, const COLUMN: u32, S>(
                    patch: &mut $crate::Patch<T>,
                    position: usize,
                    field: &S,
                ) where
                    T: $crate::TraitAt<INDEX>,
                    T::Value: ::core::iter::IntoIterator<Item: $crate::__private::serde::Serialize>,
                    S: FitsTraitAt<$crate::__private::ItemOf<T, INDEX>, LINE, COLUMN>,
                {
                    $crate::__private::set_item::<T, INDEX, S>(patch, position, field);
                }

                /// A field that is an updater of the object: does to its members what the updater says.
                pub fn nest<T, const INDEX: usize, const LINE: u32, const COLUMN: u32, U>(
                    patch: &mut $crate::Patch<T>,
                    field: &U,
                ) where
                    T: $crate::TraitAt<INDEX, Value: $crate::TraitsObject>,
                    U: $crate::SettingsUpdate<Traits: IsObjectAt<T::Value, LINE, COLUMN>>,
                {
                    $crate::__private::nest::<T, INDEX, U>(patch, field);
                }

                /// A field of type `Option<Option<U>>`, of which the outer one is `Some`: does that, or removes the object.
                pub fn nest_or_remove<T, const INDEX: usize, const LINE: u32, const COLUMN: u32, U>(
                    patch: &mut $crate::Patch<T>,
                    field: &::core::option::Option<U>,
                ) where
                    T: $crate::TraitAt<INDEX, Value: $crate::TraitsObject>,
                    U: $crate::SettingsUpdate<Traits: IsObjectAt<T::Value, LINE, COLUMN>>,
                {
                    $crate::__private::nest_or_remove::<T, INDEX, U>(patch, field);
                }

                /// Asks for an updater of `V` that changes ordinary traits only.
                pub const fn ordinary<V, const LINE: u32, const COLUMN: u32, U>()
                where
                    U: $crate::SettingsUpdate,
                    U::Traits: IsObjectAt<V, LINE, COLUMN, AccessOf<U::Access>: IsOrdinaryAt<LINE, COLUMN>>,
                {
                }
            }

            $(
                impl $crate::__private::Declared for $traits {
                    type Calls = Calls;
                }
            )*
        };
    };
}
