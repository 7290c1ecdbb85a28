//! Deserializers for members with special rules: `#[serde(deserialize_with = "read::…")]`.

use std::fmt;
use std::marker::PhantomData;
use std::str::FromStr;

use serde::Deserialize;
use serde::de::value::MapAccessDeserializer;
use serde::de::{DeserializeSeed, Deserializer, Error, IntoDeserializer, MapAccess, Visitor};

use super::UnknownValue;
/// Reads an optional member that may be null: null is `Some`, absent is `None`.
pub use crate::form::present;

/// Reads a required member that may be null. Without this, serde reads an absent `Option` as `None`.
///
/// # Errors
///
/// It is neither null nor a `T`.
pub fn nullable<'de, T, D>(input: D) -> Result<Option<T>, D::Error>
where
    T: Deserialize<'de>,
    D: Deserializer<'de>,
{
    Option::deserialize(input)
}

/// Reads an object that is absent if it is empty, because Kratos writes `{}` for an absent object. Nothing is buffered, so errors
/// have the right line.
///
/// # Errors
///
/// It is neither null, nor empty, nor a `T`.
pub fn unless_empty<'de, T, D>(input: D) -> Result<Option<T>, D::Error>
where
    T: Deserialize<'de>,
    D: Deserializer<'de>,
{
    input.deserialize_option(UnlessEmpty(PhantomData))
}

struct UnlessEmpty<T>(PhantomData<T>);

impl<'de, T: Deserialize<'de>> Visitor<'de> for UnlessEmpty<T> {
    type Value = Option<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_unit<E>(self) -> Result<Option<T>, E> {
        Ok(None)
    }

    fn visit_none<E>(self) -> Result<Option<T>, E> {
        Ok(None)
    }

    fn visit_some<D: Deserializer<'de>>(self, input: D) -> Result<Option<T>, D::Error> {
        input.deserialize_map(self)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Option<T>, A::Error> {
        let first = members.next_key::<String>()?;
        if first.is_none() {
            return Ok(None);
        }
        T::deserialize(MapAccessDeserializer::new(Peeked { first, members })).map(Some)
    }
}

/// The members of an object whose first name has been read.
struct Peeked<A> {
    first: Option<String>,
    members: A,
}

impl<'de, A: MapAccess<'de>> MapAccess<'de> for Peeked<A> {
    type Error = A::Error;

    fn next_key_seed<K: DeserializeSeed<'de>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, A::Error> {
        match self.first.take() {
            Some(name) => seed.deserialize(name.into_deserializer()).map(Some),
            None => self.members.next_key_seed(seed),
        }
    }

    fn next_value_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<S::Value, A::Error> {
        self.members.next_value_seed(seed)
    }
}

/// Reads a generated enum. The message does not contain an unknown value, because it is personal data.
///
/// # Errors
///
/// It is not a string, or not one of the values.
pub fn choice<'de, T, D>(input: D) -> Result<T, D::Error>
where
    T: FromStr<Err = UnknownValue>,
    D: Deserializer<'de>,
{
    input.deserialize_str(ChoiceText(PhantomData))
}

struct ChoiceText<T>(PhantomData<T>);

impl<T: FromStr<Err = UnknownValue>> Visitor<'_> for ChoiceText<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("one of the values that the schema allows")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<T, E> {
        text.parse().map_err(E::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, PartialEq, Deserialize)]
    struct Address {
        city: String,
    }

    #[derive(Debug, PartialEq, Deserialize)]
    struct Guest {
        #[serde(default, deserialize_with = "present")]
        note: Option<Option<String>>,
        #[serde(deserialize_with = "nullable")]
        phone: Option<String>,
        #[serde(default, deserialize_with = "unless_empty")]
        address: Option<Address>,
    }

    fn read(text: &str) -> Result<Guest, String> {
        serde_json::from_str(text).map_err(|error| error.to_string())
    }

    #[test]
    fn absent_null_and_present_are_told_apart() {
        let guest = read(r#"{"phone":null}"#).unwrap();
        assert_eq!((guest.note, guest.phone), (None, None));
        let guest = read(r#"{"phone":"1","note":null}"#).unwrap();
        assert_eq!(
            (guest.note, guest.phone),
            (Some(None), Some("1".to_owned()))
        );
        assert!(read("{}").unwrap_err().contains("missing field `phone`"));
    }

    #[test]
    fn an_empty_object_is_absent_and_errors_keep_their_line() {
        let of = |address: &str| read(&format!("{{\"phone\":null,\n\"address\":{address}}}"));
        assert_eq!(of("{}").unwrap().address, None);
        assert_eq!(of("null").unwrap().address, None);
        let city = "Ulm".to_owned();
        assert_eq!(
            of(r#"{"city":"Ulm"}"#).unwrap().address,
            Some(Address { city })
        );
        assert!(of("{\"city\":1}").unwrap_err().contains("line 2"));
        assert!(
            of("{\"zip\":1}")
                .unwrap_err()
                .contains("missing field `city`")
        );
    }
}
