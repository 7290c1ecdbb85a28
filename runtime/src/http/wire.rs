//! An object of an answer, read member by member.

use serde::de::DeserializeOwned;
use serde_json::value::RawValue;

use crate::traits::splice::Members;

/// An object of an answer. A member that is absent, null or of another type than expected is none.
pub(crate) struct Object<'a>(Members<'a>);

impl<'a> Object<'a> {
    /// `None` for what is no object.
    pub(crate) fn read(raw: &'a RawValue) -> Option<Self> {
        Members::read(raw).map(Self)
    }

    /// The text of a member.
    pub(crate) fn raw(&self, name: &str) -> Option<&'a RawValue> {
        self.0.get(name).filter(|raw| raw.get() != "null")
    }

    /// The value of a member.
    pub(crate) fn get<V: DeserializeOwned>(&self, name: &str) -> Option<V> {
        serde_json::from_str(self.raw(name)?.get()).ok()
    }

    /// The objects in an array; what is no object is passed over.
    pub(crate) fn objects(&self, name: &str) -> impl Iterator<Item = Object<'a>> {
        let items: Option<Vec<&'a RawValue>> = self
            .raw(name)
            .and_then(|raw| serde_json::from_str(raw.get()).ok());
        items.into_iter().flatten().filter_map(Object::read)
    }
}

/// An enum of the words, with `Other` for whatever word a newer Kratos invents.
macro_rules! open_enum {
    ($(#[$meta:meta])* $type:ident { $($(#[$doc:meta])* $variant:ident = $word:literal,)+ }) => {
        $(#[$meta])*
        #[derive(Clone, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum $type {
            $($(#[$doc])* #[doc = concat!("`", $word, "`.")] $variant,)+
            /// A word that we have no name for. A later version may have one: compare `as_str`.
            Other(String),
        }

        impl $type {
            /// The word of Kratos.
            pub fn as_str(&self) -> &str {
                match self {
                    $(Self::$variant => $word,)+
                    Self::Other(word) => word,
                }
            }
        }

        impl From<String> for $type {
            fn from(word: String) -> Self {
                match &*word {
                    $($word => Self::$variant,)+
                    _ => Self::Other(word),
                }
            }
        }

        impl std::fmt::Display for $type {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl<'de> serde::Deserialize<'de> for $type {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                String::deserialize(deserializer).map(Self::from)
            }
        }
    };
}

pub(crate) use open_enum;
