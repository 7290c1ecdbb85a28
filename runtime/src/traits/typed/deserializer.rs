//! A serde deserializer over JSON text that tracks the path of each value and records the members that the type ignores.

use std::borrow::Cow;
use std::cell::RefCell;
use std::collections::BTreeSet;

use serde::de::value::{MapDeserializer, StrDeserializer};
use serde::de::{Deserializer, IntoDeserializer, Visitor};
use serde_json::value::RawValue;

use super::access::{Items, Members, OneVariant};
use super::mismatch::{Cause, Mismatch, Place};
use crate::traits::splice;
use crate::traits::string::decoded;

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
    pub(super) raw: &'de RawValue,
    pub(super) place: &'p Place<'p>,
    /// How many more levels of nesting are read.
    pub(super) depth: usize,
    /// Where to record what the type reads; `None` if that is not needed, and inside a buffered value.
    pub(super) notes: Option<&'p RefCell<Notes>>,
}

/// The name under which the `RawValue` of serde_json asks for the text of a value.
const RAW_VALUE: &str = "$serde_json::private::RawValue";

impl<'p, 'de> Value<'p, 'de> {
    fn first(&self) -> u8 {
        self.raw.get().as_bytes().first().copied().unwrap_or(b'n')
    }

    /// Passes the value to a visitor; `fields` are the names of the fields, if the type is a struct.
    fn visit<V: Visitor<'de>>(
        self,
        visitor: V,
        expected: Option<&'static str>,
        fields: Option<&'static [&'static str]>,
    ) -> Result<V::Value, Mismatch> {
        let text = self.raw.get();
        let read = match self.first() {
            b'n' => visitor.visit_unit(),
            b't' => visitor.visit_bool(true),
            b'f' => visitor.visit_bool(false),
            b'"' => match decoded(text) {
                Cow::Borrowed(text) => visitor.visit_borrowed_str(text),
                Cow::Owned(text) => visitor.visit_string(text),
            },
            b'[' => self.items(visitor),
            b'{' => return self.members(visitor, expected, fields),
            _ => number(text, visitor),
        };
        read.map_err(|mismatch| mismatch.at(self.place, expected))
    }

    fn items<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Mismatch> {
        let depth = self.depth.checked_sub(1).ok_or(Cause::Deep)?;
        let items = splice::items(self.raw).ok_or(Cause::Other)?;
        visitor.visit_seq(Items::new(Self { depth, ..self }, items))
    }

    fn members<V: Visitor<'de>>(
        self,
        visitor: V,
        expected: Option<&'static str>,
        fields: Option<&'static [&'static str]>,
    ) -> Result<V::Value, Mismatch> {
        let depth = self.depth.checked_sub(1).ok_or(Cause::Deep);
        let depth = depth.map_err(|deep| Mismatch::from(deep).at(self.place, None))?;
        let mut members = Members::new(Self { depth, ..self }, fields)
            .map_err(|mismatch| mismatch.at(self.place, None))?;
        let read = visitor.visit_map(&mut members);
        read.map_err(|mismatch| mismatch.at(self.place, expected))
    }

    fn integer<V: Visitor<'de>>(
        self,
        visitor: V,
        read: impl FnOnce(&str, V) -> Result<V::Value, Mismatch>,
    ) -> Result<V::Value, Mismatch> {
        let text = self.raw.get();
        if !is_number(self.first()) {
            return self.visit(visitor, Some("integer"), None);
        }
        let read = if is_integer(text) {
            read(text, visitor)
        } else {
            // Kratos does not accept `1.0` as an integer either.
            let (expected, actual) = (Some("integer"), "number");
            Err(Cause::Kind { expected, actual }.into())
        };
        read.map_err(|mismatch| mismatch.at(self.place, None))
    }
}

fn is_number(first: u8) -> bool {
    first == b'-' || first.is_ascii_digit()
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

macro_rules! numbers {
    ($($method:ident $visit:ident $number:ident,)*) => {
        $(fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Mismatch> {
            if !is_number(self.first()) {
                return self.visit(visitor, Some("number"), None);
            }
            let read = match self.raw.get().parse::<$number>() {
                Ok(number) if number.is_finite() => visitor.$visit(number),
                _ => Err(Mismatch::from(Cause::Range)),
            };
            read.map_err(|mismatch| mismatch.at(self.place, None))
        })*
    };
}

macro_rules! kinds {
    ($($method:ident $kind:expr,)*) => {
        $(fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Mismatch> {
            self.visit(visitor, $kind, None)
        })*
    };
}

impl<'de> Deserializer<'de> for Value<'_, 'de> {
    type Error = Mismatch;

    integers! {
        deserialize_i8 deserialize_i16 deserialize_i32 deserialize_i64
        deserialize_u8 deserialize_u16 deserialize_u32 deserialize_u64
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

    fn deserialize_i128<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Mismatch> {
        self.integer(visitor, |text, visitor| match text.parse() {
            Ok(number) => visitor.visit_i128(number),
            Err(_) => Err(Cause::Range.into()),
        })
    }

    fn deserialize_u128<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Mismatch> {
        self.integer(visitor, |text, visitor| match text.parse() {
            Ok(number) => visitor.visit_u128(number),
            Err(_) => Err(Cause::Range.into()),
        })
    }

    fn deserialize_any<V: Visitor<'de>>(mut self, visitor: V) -> Result<V::Value, Mismatch> {
        let is_compound = matches!(self.first(), b'{' | b'[');
        if let Some(notes) = self.notes.take().filter(|_| is_compound) {
            notes.borrow_mut().buffered.push(self.place.segments());
        }
        self.visit(visitor, None, None)
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Mismatch> {
        if let Some(notes) = self.notes {
            notes.borrow_mut().ignored.insert(self.place.segments());
        }
        visitor.visit_unit()
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Mismatch> {
        let read = match self.first() {
            b'n' => visitor.visit_none(),
            _ => visitor.visit_some(self),
        };
        read.map_err(|mismatch| mismatch.at(self.place, None))
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
        let read = if name == RAW_VALUE {
            let text = std::iter::once((RAW_VALUE, self.raw.get()));
            visitor.visit_map(MapDeserializer::new(text))
        } else {
            visitor.visit_newtype_struct(self)
        };
        read.map_err(|mismatch| mismatch.at(self.place, None))
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
        if self.first() == b'[' {
            // A derived struct would read the items as its fields, in order.
            let (expected, actual) = (Some("object"), "array");
            return Err(Mismatch::from(Cause::Kind { expected, actual }).at(self.place, None));
        }
        self.visit(visitor, Some("object"), Some(fields))
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _name: &'static str,
        _variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Mismatch> {
        let read = match self.first() {
            b'"' => {
                let text = decoded(self.raw.get());
                let text: StrDeserializer<'_, Mismatch> = (&*text).into_deserializer();
                visitor.visit_enum(text)
            }
            b'{' => OneVariant::new(self).and_then(|variant| visitor.visit_enum(variant)),
            _ => return self.visit(visitor, Some("string"), None),
        };
        read.map_err(|mismatch| mismatch.at(self.place, None))
    }
}
