//! Kratos's decoder: it changes the submitted traits before they are validated.
//!
//! It writes `{}` at every absent place of the kind JSON, and replaces a text, number or `null` where
//! a parent of such a place must be an object. Source: K-decoder-2 to K-decoder-6, `decoderx/http.go` of `ory/x`; tested on v1.3.1.

use kratos_traits::{RawTraits, TraitPath};
use serde_json::Value;
use serde_json::value::RawValue;

use super::paths::{Kind, Listed};
use super::refusal::Refusal;

/// The decoded traits.
pub(super) enum Decoded {
    Document(RawTraits),
    /// The JSON type of a value that is not an object.
    NotAnObject(&'static str),
}

impl Decoded {
    /// The values that the form of a refused submit shows.
    pub(super) fn shown(&self) -> Value {
        match self {
            Self::Document(traits) => serde_json::from_str(traits.as_str()).unwrap_or_default(),
            Self::NotAnObject(_) => Value::Null,
        }
    }
}

/// Decodes the member `traits` of a body. Absent and `null` are the empty object.
pub(super) fn decode(traits: Option<&RawValue>, paths: &[Listed]) -> Result<Decoded, Refusal> {
    let json: Vec<&str> = (paths.iter().filter(|one| one.kind == Kind::Json))
        .map(|one| one.name.as_str())
        .collect();
    let text = traits.map_or("null", RawValue::get);
    // Kratos reads the text of a string as JSON.
    let text = serde_json::from_str::<String>(text).unwrap_or_else(|_| text.to_owned());
    let value = if text.is_empty() {
        Value::Null
    } else {
        serde_json::from_str::<Value>(&text).map_err(|_| not_json(&text))?
    };
    let text = match (&value, json.first()) {
        (Value::Null, _) | (Value::Bool(_) | Value::Number(_) | Value::String(_), Some(_)) => "{}",
        (Value::Bool(_), None) => return Ok(Decoded::NotAnObject("boolean")),
        (Value::Number(_), None) => return Ok(Decoded::NotAnObject("number")),
        (Value::String(_), None) => return Ok(Decoded::NotAnObject("string")),
        (Value::Array(_), None) => return Ok(Decoded::NotAnObject("array")),
        (Value::Array(_), Some(first)) => return Err(in_an_array(first)),
        (Value::Object(_), _) => text.trim(),
    };
    let mut document = RawTraits::parse(text).map_err(|_| not_json(text))?;
    for name in json {
        document = fill(document, name)?;
    }
    Ok(Decoded::Document(document))
}

fn fill(mut document: RawTraits, name: &str) -> Result<RawTraits, Refusal> {
    // Kratos splits the name at every dot, also at dots within a member name.
    let path = TraitPath::new(name.split('.'));
    if document.get(&path).is_some() {
        return Ok(document);
    }
    let empty = || RawValue::from_string("{}".to_owned()).unwrap_or_default();
    loop {
        let blocked = match document.with(&path, empty()) {
            Ok(filled) => return Ok(filled),
            Err(blocked) => blocked,
        };
        let text = document.get(&blocked).unwrap_or_default();
        match text.get().as_bytes().first() {
            Some(b'[') => return Err(in_an_array(&path.segments()[blocked.segments().len()])),
            // Unreachable: a member can always be added to an object.
            Some(b'{') => return Ok(document),
            _ => match document.with(&blocked, empty()) {
                Ok(cleared) => document = cleared,
                Err(_) => return Ok(document),
            },
        }
    }
}

fn in_an_array(name: &str) -> Refusal {
    let name = name.split('.').next().unwrap_or_default();
    Refusal::undecodable(format!(
        "cannot set array element for non-numeric key '{name}'"
    ))
}

fn not_json(text: &str) -> Refusal {
    let first = text.chars().next().unwrap_or_default();
    Refusal::undecodable(format!(
        "invalid character {first:?} looking for beginning of value"
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    const NESTED: [&str; 4] = ["children", "g.dot", "name", "name.title"];

    fn decoded(names: &[&str], traits: &str) -> String {
        let paths: Vec<Listed> = (names.iter())
            .map(|name| Listed {
                name: (*name).to_owned(),
                kind: Kind::Json,
                required: false,
                format: None,
                pattern: None,
                title: None,
            })
            .collect();
        let traits: Box<RawValue> = serde_json::from_str(traits).unwrap();
        match decode(Some(&traits), &paths) {
            Ok(Decoded::Document(document)) => document.as_str().to_owned(),
            Ok(Decoded::NotAnObject(kind)) => kind.to_owned(),
            Err(_) => "refused".to_owned(),
        }
    }

    #[test]
    fn absent_objects_are_filled_in() {
        const ALL: &str = r#"{"children":{},"g":{"dot":{}},"name":{"title":{}}}"#;
        for traits in ["{}", "null", "5", "true", r#""""#, r#""{}""#] {
            assert_eq!(decoded(&NESTED, traits), ALL, "{traits}");
        }
        assert_eq!(
            decoded(
                &NESTED,
                r#"{"z":1.50,"children":[],"g":{"dot":1},"name":{"title":null}}"#
            ),
            r#"{"z":1.50,"children":[],"g":{"dot":1},"name":{"title":null}}"#
        );
        for name in [r#""x""#, "5", "null"] {
            let traits = format!(r#"{{"children":[],"g":{{"dot":{{}}}},"name":{name}}}"#);
            assert_eq!(
                decoded(&NESTED, &traits),
                r#"{"children":[],"g":{"dot":{}},"name":{"title":{}}}"#
            );
        }
    }

    #[test]
    fn an_array_in_the_place_of_an_object_is_refused() {
        for traits in ["[]", r#"{"name":[]}"#, r#""x""#] {
            assert_eq!(decoded(&NESTED, traits), "refused", "{traits}");
        }
    }

    #[test]
    fn without_objects_in_the_schema_nothing_is_filled_in() {
        for (traits, as_decoded) in [
            ("{}", "{}"),
            ("null", "{}"),
            ("5", "number"),
            ("false", "boolean"),
            ("[1]", "array"),
            (r#""\"x\"""#, "string"),
        ] {
            assert_eq!(decoded(&[], traits), as_decoded, "{traits}");
        }
    }
}
