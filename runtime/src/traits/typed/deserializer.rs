//! A serde deserializer over JSON text that knows where it is, and what of the text the type asks for.

use std::borrow::Cow;
use std::cell::{Cell, RefCell};
use std::collections::{BTreeSet, HashSet};

use serde::de::value::{MapDeserializer, StrDeserializer};
use serde::de::{Deserializer, IntoDeserializer, Visitor};
use serde_json::value::RawValue;

use super::access::{Items, Members, OneVariant};
use super::misfit::{Misfit, What};
use super::place::Place;
use crate::traits::splice;
use crate::traits::string::decoded;

/// What is found out while a document is read.
#[derive(Default)]
pub(super) struct Reading<'r> {
    /// Whether anything of what follows is asked for.
    pub(super) recording: bool,
    /// The members that the type reads past.
    pub(super) unnamed: RefCell<BTreeSet<Vec<String>>>,
    /// Objects and arrays that the type takes as they are, perhaps to read them later.
    pub(super) collected: RefCell<Vec<Vec<String>>>,
    /// Of a reading along a chain, whether the value at its end was read.
    pub(super) reached: Cell<bool>,
    /// The object whose members somebody looks at.
    pub(super) watched: Option<Watched<'r>>,
}

/// An object of which some members are hidden from the type.
pub(super) struct Watched<'r> {
    pub(super) object: &'r [String],
    pub(super) hidden: HashSet<&'r str>,
    /// The names of the members that the type takes as they are, in order.
    pub(super) collected: RefCell<Vec<String>>,
}

/// A value of the document, and where it stands.
#[derive(Clone, Copy)]
pub(super) struct Value<'p, 'de> {
    pub(super) raw: &'de RawValue,
    pub(super) place: &'p Place<'p>,
    pub(super) reading: &'p Reading<'p>,
    /// How much deeper values may be nested.
    pub(super) depth: usize,
    /// The names that lead from here to the one value that is to be read; none, to read all.
    pub(super) chain: &'p [String],
    /// Whether it is in a value that the type takes as it is.
    pub(super) is_collected: bool,
}

/// As which serde_json's own `RawValue` asks for a text.
const RAW_VALUE: &str = "$serde_json::private::RawValue";

impl<'p, 'de> Value<'p, 'de> {
    fn first(&self) -> u8 {
        self.raw.get().as_bytes().first().copied().unwrap_or(b'n')
    }

    /// Gives the visitor what is there; `fields` are the names that a struct lists.
    fn visit<V: Visitor<'de>>(
        self,
        visitor: V,
        expected: Option<&'static str>,
        fields: Option<&'static [&'static str]>,
    ) -> Result<V::Value, Misfit> {
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
        read.map_err(|misfit| misfit.at(self.place, expected))
    }

    fn items<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Misfit> {
        let depth = self.depth.checked_sub(1).ok_or(What::Deep)?;
        let items = splice::items(self.raw).ok_or(What::Other)?;
        visitor.visit_seq(Items::new(Self { depth, ..self }, items))
    }

    fn members<V: Visitor<'de>>(
        self,
        visitor: V,
        expected: Option<&'static str>,
        fields: Option<&'static [&'static str]>,
    ) -> Result<V::Value, Misfit> {
        let depth = self.depth.checked_sub(1).ok_or(What::Deep);
        let depth = depth.map_err(|deep| Misfit::from(deep).at(self.place, None))?;
        let mut members = Members::new(Self { depth, ..self }, fields)
            .map_err(|misfit| misfit.at(self.place, None))?;
        match visitor.visit_map(&mut members) {
            Ok(value) => {
                members.finish();
                Ok(value)
            }
            Err(misfit) if fields.is_none() => Err(misfit.of_collected(self.place, expected)),
            Err(misfit) => Err(misfit.at(self.place, expected)),
        }
    }

    fn integer<V: Visitor<'de>>(
        self,
        visitor: V,
        read: impl FnOnce(&str, V) -> Result<V::Value, Misfit>,
    ) -> Result<V::Value, Misfit> {
        let text = self.raw.get();
        if !is_number(self.first()) {
            return self.visit(visitor, Some("integer"), None);
        }
        let read = if is_integer(text) {
            read(text, visitor)
        } else {
            // As Kratos has it: `1.0` is no integer.
            let (expected, actual) = (Some("integer"), "number");
            Err(What::Kind { expected, actual }.into())
        };
        read.map_err(|misfit| misfit.at(self.place, None))
    }

    /// Notes that the type takes the value as it is.
    fn collect(&mut self) {
        if let Some(watched) = &self.reading.watched
            && self.place.is_member_of(watched.object)
        {
            let name = self.place.segments().pop();
            watched.collected.borrow_mut().extend(name);
        }
        if !self.is_collected && matches!(self.first(), b'{' | b'[') {
            self.is_collected = true;
            if self.reading.recording {
                let place = self.place.segments();
                self.reading.collected.borrow_mut().push(place);
            }
        }
    }

    /// Notes that the type reads past the value.
    pub(super) fn pass(&self) {
        if self.reading.recording {
            let place = self.place.segments();
            self.reading.unnamed.borrow_mut().insert(place);
        }
    }
}

fn is_number(first: u8) -> bool {
    first == b'-' || first.is_ascii_digit()
}

/// Whether the text of a number is that of an integer.
fn is_integer(text: &str) -> bool {
    !text.contains(['.', 'e', 'E'])
}

/// An integer that 64 bits hold.
fn whole<'de, V: Visitor<'de>>(text: &str, visitor: V) -> Result<V::Value, Misfit> {
    if let Ok(number) = text.parse::<u64>() {
        visitor.visit_u64(number)
    } else if let Ok(number) = text.parse::<i64>() {
        visitor.visit_i64(number)
    } else {
        Err(What::Range.into())
    }
}

/// A number of any kind.
fn number<'de, V: Visitor<'de>>(text: &str, visitor: V) -> Result<V::Value, Misfit> {
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
        _ => Err(What::Range.into()),
    }
}

macro_rules! integers {
    ($($method:ident)*) => {
        $(fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Misfit> {
            self.integer(visitor, whole)
        })*
    };
}

macro_rules! numbers {
    ($($method:ident $visit:ident $number:ident,)*) => {
        $(fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Misfit> {
            if !is_number(self.first()) {
                return self.visit(visitor, Some("number"), None);
            }
            let read = match self.raw.get().parse::<$number>() {
                Ok(number) if number.is_finite() => visitor.$visit(number),
                _ => Err(Misfit::from(What::Range)),
            };
            read.map_err(|misfit| misfit.at(self.place, None))
        })*
    };
}

macro_rules! kinds {
    ($($method:ident $kind:expr,)*) => {
        $(fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Misfit> {
            self.visit(visitor, $kind, None)
        })*
    };
}

impl<'de> Deserializer<'de> for Value<'_, 'de> {
    type Error = Misfit;

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

    fn deserialize_i128<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Misfit> {
        self.integer(visitor, |text, visitor| match text.parse() {
            Ok(number) => visitor.visit_i128(number),
            Err(_) => Err(What::Range.into()),
        })
    }

    fn deserialize_u128<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Misfit> {
        self.integer(visitor, |text, visitor| match text.parse() {
            Ok(number) => visitor.visit_u128(number),
            Err(_) => Err(What::Range.into()),
        })
    }

    fn deserialize_any<V: Visitor<'de>>(mut self, visitor: V) -> Result<V::Value, Misfit> {
        self.collect();
        self.visit(visitor, None, None)
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Misfit> {
        self.pass();
        visitor.visit_unit()
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Misfit> {
        let read = match self.first() {
            b'n' => visitor.visit_none(),
            _ => visitor.visit_some(self),
        };
        read.map_err(|misfit| misfit.at(self.place, None))
    }

    fn deserialize_unit_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        visitor: V,
    ) -> Result<V::Value, Misfit> {
        self.deserialize_unit(visitor)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        visitor: V,
    ) -> Result<V::Value, Misfit> {
        let read = if name == RAW_VALUE {
            let text = std::iter::once((RAW_VALUE, self.raw.get()));
            visitor.visit_map(MapDeserializer::new(text))
        } else {
            visitor.visit_newtype_struct(self)
        };
        read.map_err(|misfit| misfit.at(self.place, None))
    }

    fn deserialize_tuple<V: Visitor<'de>>(
        self,
        _length: usize,
        visitor: V,
    ) -> Result<V::Value, Misfit> {
        self.deserialize_seq(visitor)
    }

    fn deserialize_tuple_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        _length: usize,
        visitor: V,
    ) -> Result<V::Value, Misfit> {
        self.deserialize_seq(visitor)
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Misfit> {
        if self.first() == b'[' {
            // A derived struct would take the items for its members, in order.
            let (expected, actual) = (Some("object"), "array");
            return Err(Misfit::from(What::Kind { expected, actual }).at(self.place, None));
        }
        self.visit(visitor, Some("object"), Some(fields))
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _name: &'static str,
        _variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Misfit> {
        let read = match self.first() {
            b'"' => {
                let text = decoded(self.raw.get());
                let text: StrDeserializer<'_, Misfit> = (&*text).into_deserializer();
                visitor.visit_enum(text)
            }
            b'{' => OneVariant::new(self).and_then(|variant| visitor.visit_enum(variant)),
            _ => return self.visit(visitor, Some("string"), None),
        };
        read.map_err(|misfit| misfit.at(self.place, None))
    }
}
