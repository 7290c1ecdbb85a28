//! The fields of an updater whose types the derive knows by their names: all of them in one call.
//!
//! A call for each would cost a user's compiler several times as much: most of what a call takes is not the check of
//! the types in it. The fields are grouped by what their traits take; a text says in which order they stand in the
//! struct and which traits they change:
//!
//! ```text
//! 0s 4s 5b 2s
//! ```
//!
//! The number is the position of the trait, and the letter its group: a string, `b`ool, `i`nteger or `n`umber.

use crate::private::FitsTrait;
use crate::traits::facts::TraitsObject;
use crate::update::patch::{Action, Patch, setting};

/// A field whose type has the name of one of the standard library that is saved as a `V`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not fit a trait of type `{V}`",
    label = "the schema makes this trait a `{V}`",
    note = "write a type of your own that has the name of a standard one with its path, like `self::String`"
)]
pub trait Known<V> {
    /// What a value does that is there.
    fn value(&self) -> Action;

    /// What the field does, if anything.
    fn field(&self) -> Option<Action> {
        Some(self.value())
    }
}

// Of two `Option`s the inner one removes.
impl<V, S: Known<V>> Known<V> for Option<S> {
    fn value(&self) -> Action {
        self.as_ref().map_or(Action::Remove, S::value)
    }

    fn field(&self) -> Option<Action> {
        self.as_ref().map(S::value)
    }
}

macro_rules! known {
    ($($known:ty: $($given:ty),+;)*) => {
        $($(
            #[diagnostic::do_not_recommend]
            impl Known<$known> for $given {
                fn value(&self) -> Action {
                    setting(&<Self as FitsTrait<$known>>::fit(self))
                }
            }
        )+)*
    };
}

known! {
    String: String, &String, &str, char;
    bool: bool;
    i64: i64, i32, i16, i8, u32, u16, u8;
    f64: f64, i32, i16, i8, u32, u16, u8;
}

/// The fields of one group.
pub trait KnownFields<V> {
    /// What they do, one after the other.
    fn actions(self) -> impl Iterator<Item = Option<Action>>;
}

macro_rules! known_fields {
    ($($name:ident)*) => {
        impl<V, $($name: Known<V>),*> KnownFields<V> for ($(&$name,)*) {
            fn actions(self) -> impl Iterator<Item = Option<Action>> {
                #[allow(non_snake_case, reason = "the names of the types are those of the fields, too")]
                let ($($name,)*) = self;
                [$($name.field()),*].into_iter()
            }
        }
    };
}

known_fields!();
known_fields!(A);
known_fields!(A B);
known_fields!(A B C);
known_fields!(A B C D);
known_fields!(A B C D E);
known_fields!(A B C D E F);
known_fields!(A B C D E F G);
known_fields!(A B C D E F G H);

/// Adds what the fields do.
pub(crate) fn add<T: TraitsObject>(
    patch: &mut Patch<T>,
    order: &str,
    strings: impl KnownFields<String>,
    bools: impl KnownFields<bool>,
    integers: impl KnownFields<i64>,
    numbers: impl KnownFields<f64>,
) {
    let (mut strings, mut bools) = (strings.actions(), bools.actions());
    let (mut integers, mut numbers) = (integers.actions(), numbers.actions());
    for word in order.split(' ') {
        let action = match word.chars().last() {
            Some('s') => strings.next(),
            Some('b') => bools.next(),
            Some('i') => integers.next(),
            Some('n') => numbers.next(),
            _ => None,
        };
        let index = word.trim_end_matches(char::is_alphabetic).parse::<usize>();
        if let (Some(Some(action)), Ok(index)) = (action, index) {
            patch.add(index, action);
        }
    }
}
