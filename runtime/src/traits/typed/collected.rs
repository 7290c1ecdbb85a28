//! Which members of a value stand in a flattened map of its struct, and not in a field of their own.

use std::any::type_name;
use std::collections::BTreeSet;
use std::fmt;

use serde::ser::{
    self, Serialize, SerializeMap, SerializeSeq, SerializeStruct, SerializeStructVariant,
    SerializeTuple, SerializeTupleStruct, SerializeTupleVariant, Serializer,
};

/// The places of the members of flattened maps that no field has too, outside of arrays.
///
/// The derive of serde writes a struct with a flattened map as a map of unknown length, with the names of its fields as
/// `str`; those in the flattened map are `String`.
pub(super) fn collected<V: Serialize + ?Sized>(value: &V) -> BTreeSet<Vec<String>> {
    let (mut path, mut found) = (Vec::new(), BTreeSet::new());
    let walk = Walk {
        path: &mut path,
        found: &mut found,
    };
    // What has no JSON form has no members.
    let _ = value.serialize(walk);
    found
}

struct Walk<'w> {
    path: &'w mut Vec<String>,
    found: &'w mut BTreeSet<Vec<String>>,
}

impl Walk<'_> {
    fn again(&mut self) -> Walk<'_> {
        Walk {
            path: self.path,
            found: self.found,
        }
    }

    fn member<V: Serialize + ?Sized>(&mut self, name: &str, value: &V) -> Result<(), NoJson> {
        self.path.push(name.to_owned());
        let walked = value.serialize(self.again());
        self.path.pop();
        walked
    }
}

/// A map, or a struct with a flattened map.
struct Map<'w> {
    walk: Walk<'w>,
    is_struct: bool,
    own: BTreeSet<String>,
    /// The name of the value that comes next.
    name: String,
}

impl Map<'_> {
    fn name<K: Serialize + ?Sized>(&mut self, key: &K) {
        let own = type_name::<K>() == type_name::<str>();
        // A name that is no text is none of a trait.
        let name = serde_json::to_value(key).ok();
        let name = name.as_ref().and_then(serde_json::Value::as_str);
        name.unwrap_or_default().clone_into(&mut self.name);
        if own {
            self.own.insert(self.name.clone());
        } else if self.is_struct && !self.own.contains(&self.name) {
            let place = [&**self.walk.path, std::slice::from_ref(&self.name)].concat();
            self.walk.found.insert(place);
        }
    }
}

impl SerializeMap for Map<'_> {
    type Ok = ();
    type Error = NoJson;

    fn serialize_key<K: Serialize + ?Sized>(&mut self, key: &K) -> Result<(), NoJson> {
        self.name(key);
        Ok(())
    }

    fn serialize_value<V: Serialize + ?Sized>(&mut self, value: &V) -> Result<(), NoJson> {
        self.walk.member(&self.name, value)
    }

    fn end(self) -> Result<(), NoJson> {
        Ok(())
    }
}

impl SerializeStruct for Walk<'_> {
    type Ok = ();
    type Error = NoJson;

    fn serialize_field<V: Serialize + ?Sized>(
        &mut self,
        name: &'static str,
        value: &V,
    ) -> Result<(), NoJson> {
        self.member(name, value)
    }

    fn end(self) -> Result<(), NoJson> {
        Ok(())
    }
}

/// What holds no members that are traits.
struct Passed;

macro_rules! passed {
    ($($compound:ident $method:ident $($name:ident)?,)*) => {
        $(impl $compound for Passed {
            type Ok = ();
            type Error = NoJson;

            fn $method<V: Serialize + ?Sized>(
                &mut self,
                $($name: &'static str,)?
                _: &V,
            ) -> Result<(), NoJson> {
                $(let _ = $name;)?
                Ok(())
            }

            fn end(self) -> Result<(), NoJson> {
                Ok(())
            }
        })*
    };
}

passed! {
    SerializeSeq serialize_element,
    SerializeTuple serialize_element,
    SerializeTupleStruct serialize_field,
    SerializeTupleVariant serialize_field,
    SerializeStructVariant serialize_field name,
}

macro_rules! scalars {
    ($($method:ident $scalar:ty,)*) => {
        $(fn $method(self, _: $scalar) -> Result<(), NoJson> {
            Ok(())
        })*
    };
}

impl<'w> Serializer for Walk<'w> {
    type Ok = ();
    type Error = NoJson;
    type SerializeSeq = Passed;
    type SerializeTuple = Passed;
    type SerializeTupleStruct = Passed;
    type SerializeTupleVariant = Passed;
    type SerializeMap = Map<'w>;
    type SerializeStruct = Self;
    type SerializeStructVariant = Passed;

    scalars! {
        serialize_bool bool, serialize_char char, serialize_str &str, serialize_bytes &[u8],
        serialize_i8 i8, serialize_i16 i16, serialize_i32 i32, serialize_i64 i64, serialize_i128 i128,
        serialize_u8 u8, serialize_u16 u16, serialize_u32 u32, serialize_u64 u64, serialize_u128 u128,
        serialize_f32 f32, serialize_f64 f64, serialize_unit_struct &'static str,
    }

    fn serialize_none(self) -> Result<(), NoJson> {
        Ok(())
    }

    fn serialize_unit(self) -> Result<(), NoJson> {
        Ok(())
    }

    fn serialize_some<V: Serialize + ?Sized>(self, value: &V) -> Result<(), NoJson> {
        value.serialize(self)
    }

    fn serialize_unit_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
    ) -> Result<(), NoJson> {
        Ok(())
    }

    fn serialize_newtype_struct<V: Serialize + ?Sized>(
        self,
        _: &'static str,
        value: &V,
    ) -> Result<(), NoJson> {
        value.serialize(self)
    }

    fn serialize_newtype_variant<V: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: &V,
    ) -> Result<(), NoJson> {
        Ok(())
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<Passed, NoJson> {
        Ok(Passed)
    }

    fn serialize_tuple(self, _: usize) -> Result<Passed, NoJson> {
        Ok(Passed)
    }

    fn serialize_tuple_struct(self, _: &'static str, _: usize) -> Result<Passed, NoJson> {
        Ok(Passed)
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Passed, NoJson> {
        Ok(Passed)
    }

    fn serialize_map(self, length: Option<usize>) -> Result<Map<'w>, NoJson> {
        Ok(Map {
            walk: self,
            is_struct: length.is_none(),
            own: BTreeSet::new(),
            name: String::new(),
        })
    }

    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Self, NoJson> {
        Ok(self)
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Passed, NoJson> {
        Ok(Passed)
    }
}

/// The value has no JSON form; whoever writes it says so.
#[derive(Debug)]
pub(super) struct NoJson;

impl ser::Error for NoJson {
    fn custom<T: fmt::Display>(_: T) -> Self {
        Self
    }
}

impl std::error::Error for NoJson {}

impl fmt::Display for NoJson {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("no JSON form")
    }
}
