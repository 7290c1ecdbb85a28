//! Reading and writing the generated structs: what a serde derive would do, in a form that rustc is done with in a
//! quarter of the time.
//!
//! A generated type lists its members; everything else is here, once.

use std::collections::HashSet;

use serde::de::{DeserializeOwned, Deserializer, Error as _};
use serde::ser::{SerializeMap, Serializer};
use serde::{Deserialize, Serialize};

use crate::{JsonObject, JsonValue};

/// A generated struct.
pub trait Object: Sized {
    /// Writes every member.
    fn write<M: SerializeMap>(&self, members: &mut Writer<M>);

    /// Reads every member.
    ///
    /// # Errors
    ///
    /// A member is missing or has another type.
    fn read(members: &mut Reader) -> Result<Self, serde_json::Error>;
}

/// Writes the members of an object, and keeps the first error.
#[allow(missing_debug_implementations, reason = "of generated code only")]
pub struct Writer<M: SerializeMap> {
    map: M,
    result: Result<(), M::Error>,
    names: Vec<&'static str>,
}

impl<M: SerializeMap> Writer<M> {
    /// A member that is always there.
    pub fn required<V: Serialize>(&mut self, name: &'static str, value: &V) {
        self.names.push(name);
        if self.result.is_ok() {
            self.result = self.map.serialize_entry(name, value);
        }
    }

    /// A member that is left out when `None`.
    pub fn optional<V: Serialize>(&mut self, name: &'static str, value: &Option<V>) {
        match value {
            Some(value) => self.required(name, value),
            None => self.names.push(name),
        }
    }

    /// A member that is left out when `None`, and may be null.
    pub fn nullable<V: Serialize>(&mut self, name: &'static str, value: &Option<V>) {
        self.optional(name, value);
    }

    /// An object that is left out when `None`.
    pub fn unless_empty<V: Serialize>(&mut self, name: &'static str, value: &Option<V>) {
        self.optional(name, value);
    }

    /// The members that the schema does not name; what it names has a field of its own.
    pub fn rest<'v, V: Serialize + 'v>(
        &mut self,
        values: impl IntoIterator<Item = (&'v String, &'v V)>,
    ) {
        for (name, value) in values {
            if self.result.is_ok() && !self.names.contains(&name.as_str()) {
                self.result = self.map.serialize_entry(name, value);
            }
        }
    }
}

/// Reads the members of an object.
#[allow(
    missing_debug_implementations,
    reason = "of generated code only; it holds values"
)]
pub struct Reader {
    members: JsonObject,
    names: Vec<&'static str>,
    /// How many of `members` have been read.
    read: usize,
}

impl Reader {
    /// A member that must be there.
    ///
    /// # Errors
    ///
    /// It is missing or has another type.
    pub fn required<V: DeserializeOwned>(
        &mut self,
        name: &'static str,
    ) -> Result<V, serde_json::Error> {
        let value = self.take(name);
        serde_json::from_value(value.ok_or_else(|| serde_json::Error::missing_field(name))?)
    }

    /// A member that may be absent.
    ///
    /// # Errors
    ///
    /// It has another type.
    pub fn optional<V: DeserializeOwned>(
        &mut self,
        name: &'static str,
    ) -> Result<Option<V>, serde_json::Error> {
        match self.take(name) {
            Some(value) => serde_json::from_value(value),
            None => Ok(None),
        }
    }

    /// A member that may be absent, which is not the same as null.
    ///
    /// # Errors
    ///
    /// It has another type.
    pub fn nullable<V: DeserializeOwned>(
        &mut self,
        name: &'static str,
    ) -> Result<Option<V>, serde_json::Error> {
        self.take(name).map(serde_json::from_value).transpose()
    }

    /// An object that is never empty: Kratos writes `{}` where it was absent.
    ///
    /// # Errors
    ///
    /// It has another type.
    pub fn unless_empty<V: DeserializeOwned>(
        &mut self,
        name: &'static str,
    ) -> Result<Option<V>, serde_json::Error> {
        match self.take(name) {
            Some(JsonValue::Object(members)) if members.is_empty() => Ok(None),
            Some(value) => serde_json::from_value(value),
            None => Ok(None),
        }
    }

    /// Some members of a wide object. `_types` is never called: it tells rustc their types before it comes to `read`.
    ///
    /// # Errors
    ///
    /// Those of `read`.
    pub fn group<T, V>(
        &mut self,
        _types: impl FnOnce(T) -> V,
        read: impl FnOnce(&mut Self) -> Result<V, serde_json::Error>,
    ) -> Result<V, serde_json::Error> {
        read(self)
    }

    fn take(&mut self, name: &'static str) -> Option<JsonValue> {
        self.names.push(name);
        let value = self.members.get_mut(name)?;
        self.read += 1;
        Some(value.take())
    }

    /// The members that have not been read.
    ///
    /// # Errors
    ///
    /// One of them has another type than `V` gives it.
    pub fn rest<V: DeserializeOwned>(&mut self) -> Result<V, serde_json::Error> {
        let mut members = std::mem::take(&mut self.members);
        if self.read > 0 {
            let names: HashSet<&str> = self.names.iter().copied().collect();
            members.retain(|name, _| !names.contains(name.as_str()));
        }
        self.read = 0;
        serde_json::from_value(members.into())
    }

    /// What is left over is refused.
    fn finish(self) -> Result<(), serde_json::Error> {
        if self.read == self.members.len() {
            return Ok(());
        }
        let mut names = self.members.keys();
        let unknown = names.find(|name| !self.names.contains(&name.as_str()));
        let unknown = unknown.map_or("", String::as_str);
        Err(serde_json::Error::custom(format_args!(
            "unknown member `{unknown}`"
        )))
    }
}

/// Serializes a generated struct.
///
/// # Errors
///
/// Those of the serializer.
pub fn write_object<T: Object, S: Serializer>(
    object: &T,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    let mut members = Writer {
        map: serializer.serialize_map(None)?,
        result: Ok(()),
        names: Vec::new(),
    };
    object.write(&mut members);
    members.result?;
    members.map.end()
}

/// Deserializes a generated struct.
///
/// # Errors
///
/// It is not an object, a member has another type or is missing, or one is there that may not be.
pub fn read_object<'de, T: Object, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    let mut members = Reader {
        members: JsonObject::deserialize(deserializer)?,
        names: Vec::new(),
        read: 0,
    };
    let read = T::read(&mut members).and_then(|object| members.finish().map(|()| object));
    read.map_err(D::Error::custom)
}

/// Reads the members of a generated struct: of a wide one in groups, because rustc takes quadratic time for the early exits of a body.
#[doc(hidden)]
#[macro_export]
macro_rules! __read_members {
    ($members:ident { $($field:ident: $how:ident($($name:literal)?),)* }) => {{
        let _ = &$members;
        ::core::result::Result::Ok(Self { $($field: $members.$how($($name)?)?,)* })
    }};
    ($members:ident $({ $($field:ident: $how:ident($($name:literal)?),)* })+) => {{
        $(let ($($field,)*) = $members.group(
            |object: Self| ($(object.$field,)*),
            |members| ::core::result::Result::Ok(($(members.$how($($name)?)?,)*)),
        )?;)+
        ::core::result::Result::Ok(Self { $($($field,)*)+ })
    }};
}

/// `Debug`, `Serialize` and `Deserialize` of a generated struct.
#[doc(hidden)]
#[macro_export]
macro_rules! __object {
    ($type:ident $({ $($field:ident: $how:ident($($name:literal)?),)* })+) => {
        $crate::__redact_debug!($type);
        // The settings may put `deprecated` on the type or a field; who reads and writes it here has no choice.
        #[allow(deprecated)]
        impl $crate::__private::Object for $type {
            fn write<M: $crate::__private::serde::ser::SerializeMap>(
                &self,
                members: &mut $crate::__private::Writer<M>,
            ) {
                let _ = &members;
                $($(members.$how($($name,)? &self.$field);)*)+
            }
            fn read(
                members: &mut $crate::__private::Reader,
            ) -> $crate::__private::Read<Self> {
                $crate::__read_members!(members $({ $($field: $how($($name)?),)* })+)
            }
        }
        #[allow(deprecated)]
        impl $crate::__private::serde::Serialize for $type {
            fn serialize<S: $crate::__private::serde::Serializer>(
                &self,
                serializer: S,
            ) -> ::core::result::Result<S::Ok, S::Error> {
                $crate::__private::write_object(self, serializer)
            }
        }
        #[allow(deprecated)]
        impl<'de> $crate::__private::serde::Deserialize<'de> for $type {
            fn deserialize<D: $crate::__private::serde::Deserializer<'de>>(
                deserializer: D,
            ) -> ::core::result::Result<Self, D::Error> {
                $crate::__private::read_object(deserializer)
            }
        }
    };
}
