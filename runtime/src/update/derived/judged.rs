//! Calls of the derive for fields whose types only the compiler can judge.
//!
//! Its message about one that does not fit names the trait and the place in the schema. An attribute takes these as literals
//! only, so each call has a trait of its own, which exists for that message.
//!
//! The names begin with `__`: an item of the user with the same name would be meant otherwise.

/// A call for a value of a type that the derive does not know by its name.
#[doc(hidden)]
#[macro_export]
macro_rules! __fits {
    (
        $message:literal, $label:literal, $note:literal;
        $patch:ident.$method:ident($field:expr $(, $position:literal)?, $value:expr): $type:ty
    ) => {{
        #[diagnostic::on_unimplemented(message = $message, label = $label, note = $note)]
        trait __Fits<V>: $crate::__private::FitsTrait<V> {}

        #[diagnostic::do_not_recommend]
        impl<V, S: $crate::__private::FitsTrait<V>> __Fits<V> for S {}

        $crate::__fits_call!($method);
        $method::<_, _, _, _, _, $type>(&mut $patch, $field, $($position,)? $value);
    }};
}

/// The function that asks for the local trait `Fits` and calls the method of this name.
#[doc(hidden)]
#[macro_export]
macro_rules! __fits_call {
    (set_cloned) => {
        $crate::__fits_call!(set_cloned(__value: &S) S: __Fits<V>,);
    };
    (set_or_keep) => {
        $crate::__fits_call!(set_or_keep(__value: &::core::option::Option<S>) S: __Fits<V>,);
    };
    (set_remove_or_keep) => {
        $crate::__fits_call!(
            set_remove_or_keep(__value: &::core::option::Option<::core::option::Option<S>>)
            S: __Fits<V>, P: $crate::marker::MayBeRemoved,
        );
    };
    (set_item) => {
        $crate::__fits_call!(
            set_item(__position: usize, __value: S)
            V: ::core::iter::IntoIterator<Item: $crate::__private::serde::Serialize>, S: __Fits<V::Item>,
        );
    };
    (set_item_or_keep) => {
        $crate::__fits_call!(
            set_item_or_keep(__position: usize, __value: &::core::option::Option<S>)
            V: ::core::iter::IntoIterator<Item: $crate::__private::serde::Serialize>, S: __Fits<V::Item>,
        );
    };
    ($method:ident($($argument:ident: $type:ty),*) $($bounds:tt)*) => {
        fn $method<T, A, V, B, P, S>(
            __patch: &mut $crate::Patch<T, A>,
            __field: $crate::Field<T, V, B, P>,
            $($argument: $type),*
        ) where
            T: $crate::TraitsObject,
            V: $crate::__private::serde::Serialize,
            B: $crate::marker::ChangeableBy<A>,
            $($bounds)*
        {
            __patch.$method(__field, $($argument),*);
        }
    };
}

/// A call for a field that is an updater of an object.
#[doc(hidden)]
#[macro_export]
macro_rules! __updates {
    ($note:literal; $patch:ident.$method:ident($field:expr, $updater:expr): $type:ty) => {{
        #[diagnostic::on_unimplemented(
            message = "an updater of `{Self}` does not update `{V}`",
            label = "this updater has `#[kratos(traits = {Self})]`",
            note = "here it has to be `#[kratos(traits = {V})]`",
            note = $note
        )]
        trait __IsObject<V> {
            /// The access of such an updater: of one that is of another object, nothing more is said.
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

        fn nest<T, A, V, B, P, U>(
            __patch: &mut $crate::Patch<T, A>,
            __field: $crate::Field<T, V, B, P>,
            __updater: &U,
        ) where
            T: $crate::TraitsObject,
            V: $crate::TraitsObject,
            B: $crate::marker::Enterable,
            U: $crate::SettingsUpdate,
            U::Traits: __IsObject<V, AccessOf<U::Access>: __PartOf<A>>,
        {
            $crate::__private::nest(__patch, __field, __updater);
        }

        $crate::__updates_call!($method $patch, $field, $updater, $type);
    }};
}

/// Calls the function `nest` as the method of this name does.
#[doc(hidden)]
#[macro_export]
macro_rules! __updates_call {
    (nest $patch:ident, $field:expr, $updater:expr, $type:ty) => {
        nest::<_, _, _, _, _, $type>(&mut $patch, $field, $updater);
    };
    (nest_or_keep $patch:ident, $field:expr, $updater:expr, $type:ty) => {
        if let ::core::option::Option::Some(__updater) = $updater {
            nest::<_, _, _, _, _, $type>(&mut $patch, $field, __updater);
        }
    };
    (nest_remove_or_keep $patch:ident, $field:expr, $updater:expr, $type:ty) => {
        match $updater {
            ::core::option::Option::Some(::core::option::Option::Some(__updater)) => {
                nest::<_, _, _, _, _, $type>(&mut $patch, $field, __updater);
            }
            ::core::option::Option::Some(::core::option::Option::None) => {
                $patch.remove($field);
            }
            ::core::option::Option::None => {}
        }
    };
}
