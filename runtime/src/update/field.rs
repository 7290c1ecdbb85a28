//! The constants of generated structs: one for each trait.

use std::fmt;
use std::marker::PhantomData;

use crate::traits::facts::{TraitFacts, TraitsObject};

/// A trait of `T`, as a constant of the generated struct: `CustomerTraits::NICKNAME`.
///
/// `V` is the type of its value, `A` its access, and `P` its presence (whether it may be removed); see
/// [`marker`](crate::marker).
///
/// ```
/// # mod customer { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/../schemas/customer.rs")); }
/// use customer::CustomerTraits;
///
/// let facts = CustomerTraits::EMAIL.facts();
/// assert_eq!((facts.path, facts.required), (&["email"][..], true));
/// ```
pub struct Field<T, V, A, P> {
    index: usize,
    types: Types<T, V, A, P>,
}

/// Neither owns nor borrows any values of these types.
type Types<T, V, A, P> = PhantomData<fn() -> (T, V, A, P)>;

impl<T, V, A, P> Field<T, V, A, P> {
    /// The trait at this position of `T::TRAITS`. For generated code.
    #[doc(hidden)]
    pub const fn at(index: usize) -> Self {
        Self {
            index,
            types: PhantomData,
        }
    }
}

impl<T: TraitsObject, V, A, P> Field<T, V, A, P> {
    /// The facts of the trait.
    ///
    /// ```
    /// # mod customer { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/../schemas/customer.rs")); }
    /// # use customer::CustomerTraits;
    /// assert!(CustomerTraits::EMAIL.facts().required);
    /// ```
    pub const fn facts(self) -> &'static TraitFacts {
        &T::TRAITS[self.index]
    }
}

impl<T, V, A, P> Clone for Field<T, V, A, P> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T, V, A, P> Copy for Field<T, V, A, P> {}

impl<T: TraitsObject, V, A, P> fmt::Debug for Field<T, V, A, P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Field({:?})", self.facts().path)
    }
}

/// A type whose values can be set as a trait of type `V`: any `Clone` type that is `Into<V>`.
#[diagnostic::on_unimplemented(
    message = "expected `{V}` for this trait, found `{Self}`",
    label = "in the schema, this trait is of type `{V}`",
    note = "write `{V}`, or a `Clone` type that is `Into<{V}>`",
    note = "the derive recognizes standard types by name: write a type of your own with such a name as `self::String`"
)]
pub trait FitsTrait<V>: Sized {
    /// The value to set.
    fn fit(self) -> V;

    /// A copy of the value.
    fn copy(&self) -> Self;
}

#[diagnostic::do_not_recommend]
impl<S: Clone + Into<V>, V> FitsTrait<V> for S {
    fn fit(self) -> V {
        self.into()
    }

    fn copy(&self) -> Self {
        self.clone()
    }
}
