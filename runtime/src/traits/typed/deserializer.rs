//! A serde deserializer over [`Json`] that tracks the path of each value and records the members that the type ignores.

use std::cell::RefCell;
use std::collections::BTreeSet;

use serde::de::value::{
    BorrowedStrDeserializer, MapAccessDeserializer, MapDeserializer, StrDeserializer,
};
use serde::de::{
    DeserializeSeed, Deserializer, Error as _, MapAccess, SeqAccess, Unexpected, Visitor,
};
use serde::forward_to_deserialize_any;

use super::mismatch::{Cause, Mismatch, Place, Step};
use crate::json::{Json, Kind, Members};

/// What a type reads of a document.
#[derive(Default)]
pub(super) struct Notes {
    /// The members that the type ignores.
    pub(super) ignored: BTreeSet<Vec<String>>,
    /// The objects and arrays that are read as arbitrary JSON: by a type such as `JsonValue`, or into a buffer of serde, from
    /// which the type reads later.
    pub(super) buffered: Vec<Vec<String>>,
}

/// A value of the document.
#[derive(Clone, Copy)]
pub(super) struct Value<'p, 'de> {
    pub(super) json: &'de Json<'de>,
    pub(super) place: &'p Place<'p>,
    /// Where to record what the type reads; `None` if that is not needed, and inside a buffered value.
    pub(super) notes: Option<&'p RefCell<Notes>>,
}

/// The name under which the `RawValue` of serde_json asks for the text of a value.
const RAW_VALUE: &str = "$serde_json::private::RawValue";

impl<'p, 'de> Value<'p, 'de> {
    /// Reads the value. A mismatch without a place gets that of the value.
    pub(super) fn read<S: DeserializeSeed<'de>>(self, seed: S) -> Result<S::Value, Mismatch> {
        let read = seed.deserialize(self);
        read.map_err(|mismatch| mismatch.at(self.place))
    }

    /// Passes the value to a visitor; `fields` are the names of the fields, if the type is a struct.
    fn visit<V: Visitor<'de>>(
        self,
        visitor: V,
        expected: Option<&'static str>,
        fields: &'static [&'static str],
    ) -> Result<V::Value, Mismatch> {
        let read = match self.json.kind() {
            Kind::Null => visitor.visit_unit(),
            Kind::Bool(value) => visitor.visit_bool(*value),
            Kind::Number(text) => number(text, visitor),
            Kind::String(text) => visitor.visit_borrowed_str(text),
            Kind::Array(items) => visitor.visit_seq(ItemAccess {
                array: self,
                items: items.iter().enumerate(),
            }),
            Kind::Object(members) => visitor.visit_map(self.members(members, fields)),
            Kind::Opaque => Err(Cause::Deep.into()),
        };
        read.map_err(|mismatch| mismatch.expecting(expected))
    }

    fn members(
        self,
        members: &'de Members<'de>,
        fields: &'static [&'static str],
    ) -> MemberAccess<'p, 'de, impl Iterator<Item = (&'de str, &'de Json<'de>)>> {
        MemberAccess {
            object: self,
            fields,
            members: members.iter(),
            current: None,
        }
    }

    fn integer<V: Visitor<'de>>(
        self,
        visitor: V,
        read: impl FnOnce(&str, V) -> Result<V::Value, Mismatch>,
    ) -> Result<V::Value, Mismatch> {
        match self.json.as_number() {
            None => self.visit(visitor, Some("integer"), &[]),
            Some(text) if is_integer(text) => read(text, visitor),
            // Kratos does not accept `1.0` as an integer either.
            Some(_) => Err(Cause::Kind {
                expected: Some("integer"),
                actual: "number",
            }
            .into()),
        }
    }
}

/// Whether a number is written as an integer.
fn is_integer(text: &str) -> bool {
    !text.contains(['.', 'e', 'E'])
}

/// Passes an integer of at most 64 bits to a visitor.
fn whole<'de, V: Visitor<'de>>(text: &str, visitor: V) -> Result<V::Value, Mismatch> {
    if let Ok(number) = text.parse::<u64>() {
        visitor.visit_u64(number)
    } else if let Ok(number) = text.parse::<i64>() {
        visitor.visit_i64(number)
    } else {
        Err(Cause::Range.into())
    }
}

/// Passes a number of any kind to a visitor.
fn number<'de, V: Visitor<'de>>(text: &str, visitor: V) -> Result<V::Value, Mismatch> {
    if is_integer(text) {
        if let Ok(number) = text.parse::<u64>() {
            return visitor.visit_u64(number);
        }
        if let Ok(number) = text.parse::<i64>() {
            return visitor.visit_i64(number);
        }
    }
    match text.parse::<f64>() {
        Ok(number) if number.is_finite() => visitor.visit_f64(number),
        _ => Err(Cause::Range.into()),
    }
}

macro_rules! integers {
    ($($method:ident)*) => {
        $(fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Mismatch> {
            self.integer(visitor, whole)
        })*
    };
}

macro_rules! large_integers {
    ($($method:ident $visit:ident,)*) => {
        $(fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Mismatch> {
            self.integer(visitor, |text, visitor| match text.parse() {
                Ok(number) => visitor.$visit(number),
                Err(_) => Err(Cause::Range.into()),
            })
        })*
    };
}

macro_rules! numbers {
    ($($method:ident $visit:ident $number:ident,)*) => {
        $(fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Mismatch> {
            let Some(text) = self.json.as_number() else {
                return self.visit(visitor, Some("number"), &[]);
            };
            match text.parse::<$number>() {
                Ok(number) if number.is_finite() => visitor.$visit(number),
                _ => Err(Cause::Range.into()),
            }
        })*
    };
}

macro_rules! kinds {
    ($($method:ident $kind:expr,)*) => {
        $(fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Mismatch> {
            self.visit(visitor, $kind, &[])
        })*
    };
}

impl<'de> Deserializer<'de> for Value<'_, 'de> {
    type Error = Mismatch;

    integers! {
        deserialize_i8 deserialize_i16 deserialize_i32 deserialize_i64
        deserialize_u8 deserialize_u16 deserialize_u32 deserialize_u64
    }

    large_integers! {
        deserialize_i128 visit_i128,
        deserialize_u128 visit_u128,
    }

    numbers! {
        deserialize_f32 visit_f32 f32,
        deserialize_f64 visit_f64 f64,
    }

    kinds! {
        deserialize_bool Some("boolean"),
        deserialize_char Some("string"),
        deserialize_str Some("string"),
        deserialize_string Some("string"),
        deserialize_identifier Some("string"),
        deserialize_bytes None,
        deserialize_byte_buf None,
        deserialize_unit Some("null"),
        deserialize_seq Some("array"),
        deserialize_map Some("object"),
    }

    fn deserialize_any<V: Visitor<'de>>(mut self, visitor: V) -> Result<V::Value, Mismatch> {
        let is_compound = matches!(self.json.kind(), Kind::Array(_) | Kind::Object(_));
        if let Some(notes) = self.notes.take().filter(|_| is_compound) {
            notes
                .borrow_mut()
                .buffered
                .push(self.place.path().segments().to_vec());
        }
        self.visit(visitor, None, &[])
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Mismatch> {
        if let Some(notes) = self.notes {
            notes
                .borrow_mut()
                .ignored
                .insert(self.place.path().segments().to_vec());
        }
        visitor.visit_unit()
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Mismatch> {
        if self.json.is_null() {
            visitor.visit_none()
        } else {
            visitor.visit_some(self)
        }
    }

    fn deserialize_unit_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        visitor: V,
    ) -> Result<V::Value, Mismatch> {
        self.deserialize_unit(visitor)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        visitor: V,
    ) -> Result<V::Value, Mismatch> {
        if name == RAW_VALUE {
            let text = std::iter::once((RAW_VALUE, self.json.text()));
            visitor.visit_map(MapDeserializer::new(text))
        } else {
            visitor.visit_newtype_struct(self)
        }
    }

    fn deserialize_tuple<V: Visitor<'de>>(
        self,
        _length: usize,
        visitor: V,
    ) -> Result<V::Value, Mismatch> {
        self.deserialize_seq(visitor)
    }

    fn deserialize_tuple_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        _length: usize,
        visitor: V,
    ) -> Result<V::Value, Mismatch> {
        self.deserialize_seq(visitor)
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Mismatch> {
        if self.json.items().is_some() {
            // A derived struct would read the items as its fields, in order.
            let (expected, actual) = (Some("object"), "array");
            return Err(Cause::Kind { expected, actual }.into());
        }
        self.visit(visitor, Some("object"), fields)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        name: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Mismatch> {
        match self.json.kind() {
            Kind::String(text) => visitor.visit_enum(StrDeserializer::new(text)),
            Kind::Object(members) if members.len() == 1 => {
                let variant = MapAccessDeserializer::new(self.members(members, variants));
                variant.deserialize_enum(name, variants, visitor)
            }
            Kind::Object(_) => Err(Cause::Other.into()),
            _ => self.visit(visitor, Some("string"), &[]),
        }
    }
}

/// The members of an object; of duplicate members the last one, as in Go.
struct MemberAccess<'p, 'de, I> {
    object: Value<'p, 'de>,
    /// The names of the fields, if the type is a struct, or of the variants, if it is an enum.
    fields: &'static [&'static str],
    members: I,
    /// The member whose name has been read, but not its value.
    current: Option<(&'de str, &'de Json<'de>)>,
}

impl<'de, I> MemberAccess<'_, 'de, I> {
    /// Calls `read` with the value of a member.
    fn at<R>(
        &self,
        (name, json): (&'de str, &'de Json<'de>),
        read: impl FnOnce(Value<'_, 'de>) -> R,
    ) -> R {
        let listed = self.fields.contains(&name);
        let place = Place {
            above: Some(self.object.place),
            step: Step::Member { name, listed },
        };
        read(Value {
            json,
            place: &place,
            notes: self.object.notes,
        })
    }
}

impl<'de, I: Iterator<Item = (&'de str, &'de Json<'de>)>> MapAccess<'de>
    for MemberAccess<'_, 'de, I>
{
    type Error = Mismatch;

    fn next_key_seed<K: DeserializeSeed<'de>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, Mismatch> {
        let Some(member) = self.members.next() else {
            return Ok(None);
        };
        self.current = Some(member);
        let key = seed.deserialize(Key(member.0));
        let key = key.map_err(|mismatch| self.at(member, |value| mismatch.at(value.place)));
        key.map(Some)
    }

    fn next_value_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<S::Value, Mismatch> {
        let member = self.current.take().ok_or(Cause::Other)?;
        self.at(member, |value| value.read(seed))
    }
}

/// The items of an array.
struct ItemAccess<'p, 'de> {
    array: Value<'p, 'de>,
    items: std::iter::Enumerate<std::slice::Iter<'de, Json<'de>>>,
}

impl<'de> SeqAccess<'de> for ItemAccess<'_, 'de> {
    type Error = Mismatch;

    fn next_element_seed<S: DeserializeSeed<'de>>(
        &mut self,
        seed: S,
    ) -> Result<Option<S::Value>, Mismatch> {
        let Some((position, json)) = self.items.next() else {
            return Ok(None);
        };
        let place = Place {
            above: Some(self.array.place),
            step: Step::Item(position),
        };
        let item = Value {
            json,
            place: &place,
            notes: self.array.notes,
        };
        item.read(seed).map(Some)
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.items.len())
    }
}

/// The name of a member: a string, or a number or boolean if the map has such keys.
struct Key<'de>(&'de str);

macro_rules! numeric_keys {
    ($($method:ident $visit:ident,)*) => {
        $(fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Mismatch> {
            match self.0.parse() {
                Ok(number) => visitor.$visit(number),
                Err(_) => Err(Mismatch::invalid_type(Unexpected::Str(""), &visitor)),
            }
        })*
    };
}

impl<'de> Deserializer<'de> for Key<'de> {
    type Error = Mismatch;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Mismatch> {
        BorrowedStrDeserializer::new(self.0).deserialize_any(visitor)
    }

    numeric_keys! {
        deserialize_bool visit_bool,
        deserialize_i8 visit_i8,
        deserialize_i16 visit_i16,
        deserialize_i32 visit_i32,
        deserialize_i64 visit_i64,
        deserialize_i128 visit_i128,
        deserialize_u8 visit_u8,
        deserialize_u16 visit_u16,
        deserialize_u32 visit_u32,
        deserialize_u64 visit_u64,
        deserialize_u128 visit_u128,
        deserialize_f32 visit_f32,
        deserialize_f64 visit_f64,
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Mismatch> {
        visitor.visit_some(self)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        visitor: V,
    ) -> Result<V::Value, Mismatch> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _name: &'static str,
        _variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Mismatch> {
        visitor.visit_enum(StrDeserializer::new(self.0))
    }

    forward_to_deserialize_any! {
        char str string bytes byte_buf unit unit_struct seq tuple tuple_struct map struct identifier ignored_any
    }
}
