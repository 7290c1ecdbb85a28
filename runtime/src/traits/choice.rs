//! Reading and writing the generated enums.

use std::error::Error;
use std::fmt;

use serde::de::Deserializer;
use serde::ser::Serializer;

/// A generated enum: a string that is one of some.
pub trait Choice: Copy + PartialEq + 'static {
    /// Every value and its variant.
    const VALUES: &'static [(&'static str, Self)];
}

/// A text is none of the values of a generated enum.
///
/// The text itself is personal data and stays out of the message.
///
/// ```
/// # mod subscriber { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/../schemas/subscriber.rs")); }
/// # fn main() {
/// use subscriber::SubscriberTraitsType as Kind;
///
/// assert_eq!("press-office".parse(), Ok(Kind::PressOffice));
/// assert_eq!(Kind::ALL[0].as_str(), "private");
/// let unknown = "publisher".parse::<Kind>().unwrap_err();
/// assert_eq!(unknown.expected, ["private", "student", "library", "press-office"]);
/// # }
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct UnknownValue {
    /// What the schema allows.
    pub expected: Vec<&'static str>,
}

impl fmt::Display for UnknownValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("none of the values that the schema allows:")?;
        for value in &self.expected {
            write!(f, " {value:?}")?;
        }
        Ok(())
    }
}

impl Error for UnknownValue {}

/// Reads the text of a value.
///
/// # Errors
///
/// It is none of the values.
pub fn parse_choice<T: Choice>(text: &str) -> Result<T, UnknownValue> {
    let found = T::VALUES.iter().find(|(name, _)| *name == text);
    found.map(|(_, value)| *value).ok_or_else(|| UnknownValue {
        expected: T::VALUES.iter().map(|(name, _)| *name).collect(),
    })
}

/// Serializes a generated enum.
///
/// # Errors
///
/// Those of the serializer.
pub fn write_choice<T: Choice, S: Serializer>(
    choice: &T,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    match T::VALUES.iter().find(|(_, value)| value == choice) {
        Some((name, _)) => serializer.serialize_str(name),
        None => Err(serde::ser::Error::custom(
            "a variant without a value: the emitted code was changed",
        )),
    }
}

/// Deserializes a generated enum.
///
/// # Errors
///
/// It is not a string, or none of the values.
pub fn read_choice<'de, T: Choice, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    struct Visitor<T>(std::marker::PhantomData<T>);

    impl<T: Choice> serde::de::Visitor<'_> for Visitor<T> {
        type Value = T;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("one of")?;
            for (name, _) in T::VALUES {
                write!(f, " {name:?}")?;
            }
            Ok(())
        }

        fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<T, E> {
            let mut values = T::VALUES.iter();
            let found = values.find(|(name, _)| *name == text);
            // The text itself is personal data, and stays out of the message.
            let other = || E::invalid_value(serde::de::Unexpected::Other("another string"), &self);
            found.map(|(_, value)| *value).ok_or_else(other)
        }
    }

    deserializer.deserialize_str(Visitor(std::marker::PhantomData))
}

/// `Debug`, `Serialize`, `Deserialize` and `FromStr` of a generated enum, its values and their texts.
#[doc(hidden)]
#[macro_export]
macro_rules! __choice {
    ($type:ident { $($variant:ident: $name:literal,)* }) => {
        $crate::__redact_debug!($type);
        // The settings may put `deprecated` on the type, and that is for those who use it.
        #[allow(deprecated)]
        impl $crate::__private::Choice for $type {
            const VALUES: &'static [(&'static str, Self)] = &[$(($name, Self::$variant),)*];
        }
        // A program need not use them.
        #[allow(dead_code, deprecated)]
        impl $type {
            /// Every value, in the order of the schema.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// The value as the traits have it.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$variant => $name,)*
                }
            }
        }
        #[allow(deprecated)]
        impl ::core::str::FromStr for $type {
            type Err = $crate::UnknownValue;
            fn from_str(text: &str) -> ::core::result::Result<Self, $crate::UnknownValue> {
                $crate::__private::parse_choice(text)
            }
        }
        #[allow(deprecated)]
        impl $crate::__private::serde::Serialize for $type {
            fn serialize<S: $crate::__private::serde::Serializer>(
                &self,
                serializer: S,
            ) -> ::core::result::Result<S::Ok, S::Error> {
                $crate::__private::write_choice(self, serializer)
            }
        }
        #[allow(deprecated)]
        impl<'de> $crate::__private::serde::Deserialize<'de> for $type {
            fn deserialize<D: $crate::__private::serde::Deserializer<'de>>(
                deserializer: D,
            ) -> ::core::result::Result<Self, D::Error> {
                $crate::__private::read_choice(deserializer)
            }
        }
    };
}
