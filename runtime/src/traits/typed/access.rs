//! Access to the members, items and variants of JSON text for serde.

use std::borrow::Cow;
use std::collections::HashSet;

use serde::de::value::{BorrowedStrDeserializer, StrDeserializer};
use serde::de::{
    DeserializeSeed, Deserializer, EnumAccess, Error as _, IntoDeserializer, MapAccess, SeqAccess,
    Unexpected, VariantAccess, Visitor,
};
use serde::forward_to_deserialize_any;
use serde_json::value::RawValue;

use super::deserializer::Value;
use super::mismatch::{Cause, Mismatch, Place, Step};
use crate::traits::splice;

type Member<'de> = (Cow<'de, str>, &'de RawValue);

/// The members of an object; of duplicate members the last one, as in Go.
pub(super) struct Members<'p, 'de> {
    object: Value<'p, 'de>,
    /// The names of the fields, if the type is a struct.
    fields: Option<&'static [&'static str]>,
    members: std::vec::IntoIter<Member<'de>>,
    /// The member whose name has been read, but not its value.
    current: Option<Member<'de>>,
}

impl<'p, 'de> Members<'p, 'de> {
    pub(super) fn new(
        object: Value<'p, 'de>,
        fields: Option<&'static [&'static str]>,
    ) -> Result<Self, Mismatch> {
        let members = splice::Members::read(object.raw).ok_or(Cause::Other)?;
        Ok(Self {
            object,
            fields,
            members: last_of_each(members.iter().collect()).into_iter(),
            current: None,
        })
    }

    /// Calls `read` with the value of a member.
    fn at<R>(&self, (name, raw): &Member<'de>, read: impl FnOnce(Value<'_, 'de>) -> R) -> R {
        let listed = (self.fields).is_some_and(|fields| fields.contains(&&**name));
        let place = Place {
            above: Some(self.object.place),
            step: Step::Member { name, listed },
        };
        read(inside(self.object, raw, &place))
    }
}

fn last_of_each(mut members: Vec<Member<'_>>) -> Vec<Member<'_>> {
    let mut names: HashSet<Cow<'_, str>> = HashSet::with_capacity(members.len());
    let has_duplicates = !members.iter().all(|(name, _)| names.insert(name.clone()));
    if has_duplicates {
        names.clear();
        members.reverse();
        members.retain(|(name, _)| names.insert(name.clone()));
        members.reverse();
    }
    members
}

/// A value inside an object or array.
fn inside<'v, 'p: 'v, 'de>(
    holder: Value<'p, 'de>,
    raw: &'de RawValue,
    place: &'v Place<'v>,
) -> Value<'v, 'de> {
    Value {
        raw,
        place,
        ..holder
    }
}

fn read<'de, S: DeserializeSeed<'de>>(
    seed: S,
    value: Value<'_, 'de>,
) -> Result<S::Value, Mismatch> {
    let place = value.place;
    let read = seed.deserialize(value);
    read.map_err(|mismatch| mismatch.at(place, None))
}

impl<'de> MapAccess<'de> for &mut Members<'_, 'de> {
    type Error = Mismatch;

    fn next_key_seed<K: DeserializeSeed<'de>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, Mismatch> {
        let Some(member) = self.members.next() else {
            return Ok(None);
        };
        let key = seed.deserialize(Key(member.0.clone()));
        let key = key.map_err(|mismatch| self.at(&member, |value| mismatch.at(value.place, None)));
        self.current = Some(member);
        key.map(Some)
    }

    fn next_value_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<S::Value, Mismatch> {
        let member = self.current.take().ok_or(Cause::Other)?;
        self.at(&member, |value| read(seed, value))
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.members.len())
    }
}

/// The items of an array.
pub(super) struct Items<'p, 'de> {
    array: Value<'p, 'de>,
    items: std::iter::Enumerate<std::vec::IntoIter<&'de RawValue>>,
}

impl<'p, 'de> Items<'p, 'de> {
    pub(super) fn new(array: Value<'p, 'de>, items: Vec<&'de RawValue>) -> Self {
        let items = items.into_iter().enumerate();
        Self { array, items }
    }
}

impl<'de> SeqAccess<'de> for Items<'_, 'de> {
    type Error = Mismatch;

    fn next_element_seed<S: DeserializeSeed<'de>>(
        &mut self,
        seed: S,
    ) -> Result<Option<S::Value>, Mismatch> {
        let Some((position, raw)) = self.items.next() else {
            return Ok(None);
        };
        let place = Place {
            above: Some(self.array.place),
            step: Step::Item(position),
        };
        read(seed, inside(self.array, raw, &place)).map(Some)
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.items.len())
    }
}

/// An object of one member, read as a variant with a value.
pub(super) struct OneVariant<'p, 'de> {
    object: Value<'p, 'de>,
    name: Cow<'de, str>,
    raw: &'de RawValue,
}

impl<'p, 'de> OneVariant<'p, 'de> {
    pub(super) fn new(object: Value<'p, 'de>) -> Result<Self, Mismatch> {
        let depth = object.depth.checked_sub(1).ok_or(Cause::Deep)?;
        let object = Value { depth, ..object };
        let mut members = Members::new(object, None)?.members;
        match (members.next(), members.next()) {
            (Some((name, raw)), None) => Ok(Self { object, name, raw }),
            _ => Err(Cause::Other.into()),
        }
    }

    fn at<R>(&self, read: impl FnOnce(Value<'_, 'de>) -> R) -> R {
        let place = Place {
            above: Some(self.object.place),
            step: Step::Member {
                name: &self.name,
                listed: true,
            },
        };
        read(inside(self.object, self.raw, &place))
    }
}

impl<'de> EnumAccess<'de> for OneVariant<'_, 'de> {
    type Error = Mismatch;
    type Variant = Self;

    fn variant_seed<S: DeserializeSeed<'de>>(self, seed: S) -> Result<(S::Value, Self), Mismatch> {
        let name: StrDeserializer<'_, Mismatch> = (&*self.name).into_deserializer();
        let variant = seed.deserialize(name)?;
        Ok((variant, self))
    }
}

impl<'de> VariantAccess<'de> for OneVariant<'_, 'de> {
    type Error = Mismatch;

    fn unit_variant(self) -> Result<(), Mismatch> {
        self.at(|value| serde::Deserialize::deserialize(value))
    }

    fn newtype_variant_seed<S: DeserializeSeed<'de>>(self, seed: S) -> Result<S::Value, Mismatch> {
        self.at(|value| seed.deserialize(value))
    }

    fn tuple_variant<V: Visitor<'de>>(self, _: usize, visitor: V) -> Result<V::Value, Mismatch> {
        self.at(|value| value.deserialize_seq(visitor))
    }

    fn struct_variant<V: Visitor<'de>>(
        self,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Mismatch> {
        self.at(|value| value.deserialize_struct("", fields, visitor))
    }
}

/// The name of a member: a string, or a number or boolean if the map has such keys.
struct Key<'de>(Cow<'de, str>);

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
        match self.0 {
            Cow::Borrowed(name) => BorrowedStrDeserializer::new(name).deserialize_any(visitor),
            Cow::Owned(name) => visitor.visit_string(name),
        }
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
        visitor.visit_enum(StrDeserializer::new(&self.0))
    }

    forward_to_deserialize_any! {
        char str string bytes byte_buf unit unit_struct seq tuple tuple_struct map struct identifier ignored_any
    }
}
