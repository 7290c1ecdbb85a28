//! Values in the responses of Kratos, read so that an unexpected one affects only itself.

use std::borrow::Cow;

use serde::de::DeserializeOwned;
use serde_json::value::RawValue;

use crate::json::Json;

/// An object. Members that are absent, null or of an unexpected type are `None`.
pub(crate) struct Object<'a>(Json<'a>);

impl<'a> Object<'a> {
    /// `None` if the value is not an object.
    pub(crate) fn read(raw: &'a RawValue) -> Option<Self> {
        let json = Json::read(raw);
        json.members().is_some().then_some(Self(json))
    }

    /// The text of a member.
    pub(crate) fn raw(&self, name: &str) -> Option<&'a RawValue> {
        let value = self.0.get(name).filter(|value| !value.is_null())?;
        match value.text() {
            Cow::Borrowed(text) => serde_json::from_str(text).ok(),
            Cow::Owned(_) => None,
        }
    }

    /// The value of a member.
    pub(crate) fn get<V: DeserializeOwned>(&self, name: &str) -> Option<V> {
        serde_json::from_str(self.raw(name)?.get()).ok()
    }

    /// The objects in an array; other items are skipped.
    pub(crate) fn objects(&self, name: &str) -> impl Iterator<Item = Object<'a>> {
        let items = self.0.get(name).and_then(Json::items).unwrap_or_default();
        let objects = items.iter().filter(|item| item.members().is_some());
        objects.map(|item| Self(item.clone()))
    }
}

/// Defines an enum of words, with `Other` for words that a newer Kratos may add.
macro_rules! open_enum {
    ($(#[$meta:meta])* $type:ident { $($(#[$doc:meta])* $variant:ident = $word:literal,)+ }) => {
        $(#[$meta])*
        #[derive(Clone, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum $type {
            $($(#[$doc])* #[doc = concat!("`", $word, "`.")] $variant,)+
            /// Another word. A later version may have a variant for it: compare `as_str`.
            Other(String),
        }

        impl $type {
            /// The word that Kratos uses.
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
