//! Calls of the derive for fields whose types only the compiler can check.
//!
//! The compiler's message about a type that does not fit contains the trait and its place in the schema. The attribute for such
//! messages only accepts literals, so each call defines its own trait with the message.
//!
//! The names begin with `__`, so that they cannot refer to an item of the user. The calls are methods, so that the compiler knows
//! all other types when it checks the type of the field.

use crate::traits::facts::TraitsObject;
use crate::traits::marker::Enterable;
use crate::update::field::Field;
use crate::update::patch::Patch;
use crate::update::updater::SettingsUpdate;

/// A trait in a patch.
#[allow(missing_debug_implementations, reason = "for the derive only")]
pub struct Place<'a, T, V, A, B, P> {
    /// The patch to add the change to.
    pub patch: &'a mut Patch<T, A>,
    /// The trait.
    pub field: Field<T, V, B, P>,
}

/// An object whose members can be changed.
pub trait Nest: Sized {
    /// The type of the object.
    type Object;
    /// The access of the patch.
    type Access;

    /// Applies `updater` to the members of the object. The caller asserts its access, with its own message.
    fn nest(self, updater: &impl SettingsUpdate);
}

impl<T, V, A, B, P> Nest for Place<'_, T, V, A, B, P>
where
    T: TraitsObject,
    V: TraitsObject,
    B: Enterable,
{
    type Object = V;
    type Access = A;

    fn nest(self, updater: &impl SettingsUpdate) {
        self.patch.nest_at(self.field, updater);
    }
}

/// A call for a value of a type that the derive does not recognize by name.
#[doc(hidden)]
#[macro_export]
macro_rules! __fits {
    (
        $message:literal, $label:literal, $note:literal;
        $patch:ident.$method:ident($field:expr, $value:expr): $type:ty
    ) => {
        $crate::__fits!(@ $message, $label, $note; $patch.$method($field, [] $value): $type)
    };
    (
        $message:literal, $label:literal, $note:literal;
        $patch:ident.$method:ident($field:expr, $position:literal, $value:expr): $type:ty
    ) => {
        $crate::__fits!(@ $message, $label, $note; $patch.$method($field, [$position] $value): $type)
    };
    (
        @ $message:literal, $label:literal, $note:literal;
        $patch:ident.$method:ident($field:expr, [$($position:literal)?] $value:expr): $type:ty
    ) => {{
        #[diagnostic::on_unimplemented(message = $message, label = $label, note = $note)]
        trait __Fits<V>: $crate::__private::FitsTrait<V> {}

        #[diagnostic::do_not_recommend]
        impl<V, S: $crate::__private::FitsTrait<V>> __Fits<V> for S {}

        $crate::__fits_call!($method);
        $crate::__private::Place {
            patch: &mut $patch,
            field: $field,
        }
        .__call::<$type>($($position,)? $value);
    }};
}

/// A trait whose method requires the local trait `__Fits` and calls the method with this name.
#[doc(hidden)]
#[macro_export]
macro_rules! __fits_call {
    (set_cloned) => {
        $crate::__fits_call!(set_cloned(__value: &S) of V;);
    };
    (set_or_keep) => {
        $crate::__fits_call!(set_or_keep(__value: &::core::option::Option<S>) of V;);
    };
    (set_remove_or_keep) => {
        $crate::__fits_call!(
            set_remove_or_keep(__value: &::core::option::Option<::core::option::Option<S>>) of V;
            P: $crate::marker::MayBeRemoved,
        );
    };
    (set_item_cloned) => {
        $crate::__fits_call!(
            set_item_cloned(__position: usize, __value: &S) of V::Item;
            V: ::core::iter::IntoIterator<Item: $crate::__private::serde::Serialize>,
        );
    };
    (set_item_or_keep) => {
        $crate::__fits_call!(
            set_item_or_keep(__position: usize, __value: &::core::option::Option<S>) of V::Item;
            V: ::core::iter::IntoIterator<Item: $crate::__private::serde::Serialize>,
        );
    };
    ($method:ident($($argument:ident: $type:ty),*) of $value:ty; $($bounds:tt)*) => {
        trait __Call {
            type Value;
            fn __call<S: __Fits<Self::Value>>(self, $($argument: $type),*);
        }

        impl<T, V, A, B, P> __Call for $crate::__private::Place<'_, T, V, A, B, P>
        where
            T: $crate::TraitsObject,
            V: $crate::__private::serde::Serialize,
            B: $crate::marker::ChangeableBy<A>,
            $($bounds)*
        {
            type Value = $value;
            fn __call<S: __Fits<$value>>(self, $($argument: $type),*) {
                self.patch.$method(self.field, $($argument),*);
            }
        }
    };
}

/// A call for a field that is an updater of an object. The derive passes the name of its method with the span of the field's
/// type, where the compiler reports a type that is not an updater.
#[doc(hidden)]
#[macro_export]
macro_rules! __updates {
    ($note:literal; $patch:ident.$method:ident($field:expr, $updater:expr): $nest:ident::<$type:ty>) => {{
        #[diagnostic::on_unimplemented(
            message = "an updater of `{Self}` does not update `{V}`",
            label = "this updater has `#[kratos(traits = {Self})]`",
            note = "here it has to be `#[kratos(traits = {V})]`",
            note = $note
        )]
        trait __IsObject<V> {
            /// The access `A`, if the objects are equal. Otherwise the type is unknown, and the compiler reports only this bound.
            type AccessOf<A>;
        }

        #[diagnostic::do_not_recommend]
        impl<V> __IsObject<V> for V {
            type AccessOf<A> = A;
        }

        #[diagnostic::on_unimplemented(
            message = "this updater is `{Self}`: it may change identifiers or addresses, which can need a fresh login",
            note = "add `privileged` to the `#[kratos(…)]` of the struct that holds it",
            note = $note
        )]
        trait __PartOf<Whole> {}

        #[diagnostic::do_not_recommend]
        impl<Whole, A: $crate::marker::PartOf<Whole>> __PartOf<Whole> for A {}

        trait __Call: $crate::__private::Nest {
            fn $nest<U>(self, __updater: &U)
            where
                U: $crate::SettingsUpdate,
                U::Traits: __IsObject<Self::Object, AccessOf<U::Access>: __PartOf<Self::Access>>,
            {
                self.nest(__updater);
            }
        }

        impl<N: $crate::__private::Nest> __Call for N {}

        $crate::__nests!($method($patch, $field, $updater): $nest, $type)
    }};
}

/// Calls the method of `__updates` for the `Option`s of the field.
#[doc(hidden)]
#[macro_export]
macro_rules! __nests {
    (@call $patch:ident, $field:expr, $updater:expr, $nest:ident, $type:ty) => {
        $crate::__private::Place {
            patch: &mut $patch,
            field: $field,
        }
        .$nest::<$type>($updater)
    };
    (nest($patch:ident, $field:expr, $updater:expr): $nest:ident, $type:ty) => {
        $crate::__nests!(@call $patch, $field, $updater, $nest, $type)
    };
    (nest_or_keep($patch:ident, $field:expr, $updater:expr): $nest:ident, $type:ty) => {
        if let ::core::option::Option::Some(__updater) = $updater {
            $crate::__nests!(@call $patch, $field, __updater, $nest, $type)
        }
    };
    (nest_remove_or_keep($patch:ident, $field:expr, $updater:expr): $nest:ident, $type:ty) => {
        match $updater {
            ::core::option::Option::Some(::core::option::Option::Some(__updater)) => {
                $crate::__nests!(@call $patch, $field, __updater, $nest, $type)
            }
            ::core::option::Option::Some(::core::option::Option::None) => {
                $patch.remove($field);
            }
            ::core::option::Option::None => {}
        }
    };
}
