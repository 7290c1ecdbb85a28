//! The names and the presence of members, as a JSON Schema says them.

use std::collections::{BTreeMap, BTreeSet};

use kratos_traits::JsonValue;

/// What a schema says of one place in a document.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Shape {
    /// The members of the object that the schema names.
    pub(crate) names: BTreeSet<String>,
    pub(crate) required: BTreeSet<String>,
    /// The values of a string, where they are listed.
    pub(crate) values: BTreeSet<String>,
}

/// What `schema` says of each object and string in `example`, by JSON Pointer; references lead into `document`.
pub(crate) fn of_schema(
    schema: &JsonValue,
    document: &JsonValue,
    example: &JsonValue,
) -> BTreeMap<String, Shape> {
    let mut all = BTreeMap::new();
    walk(&[schema], document, example, "", &mut all);
    all
}

fn walk(
    schemas: &[&JsonValue],
    document: &JsonValue,
    example: &JsonValue,
    at: &str,
    all: &mut BTreeMap<String, Shape>,
) {
    let mut parts = Vec::new();
    for schema in schemas {
        flatten(schema, document, &mut parts);
    }
    match example {
        JsonValue::Object(members) => {
            let mut shape = Shape::default();
            for part in &parts {
                let properties = part["properties"].as_object().into_iter().flatten();
                shape.names.extend(properties.map(|(name, _)| name.clone()));
                shape.required.extend(texts(&part["required"]));
            }
            for (name, value) in members {
                let named = parts.iter().map(|part| &part["properties"][name]);
                let mut inner: Vec<_> = named.filter(|schema| !schema.is_null()).collect();
                if inner.is_empty() {
                    inner.extend(parts.iter().map(|part| &part["additionalProperties"]));
                }
                walk(&inner, document, value, &format!("{at}/{name}"), all);
            }
            all.insert(at.to_owned(), shape);
        }
        JsonValue::Array(items) => {
            let inner: Vec<_> = parts.iter().map(|part| &part["items"]).collect();
            for (index, item) in items.iter().enumerate() {
                walk(&inner, document, item, &format!("{at}/{index}"), all);
            }
        }
        JsonValue::String(_) => {
            let mut shape = Shape::default();
            for part in &parts {
                shape.values.extend(texts(&part["enum"]));
                shape.values.extend(part["const"].as_str().map(Into::into));
            }
            all.insert(at.to_owned(), shape);
        }
        _ => {}
    }
}

/// The schema without references, and what it is composed of.
fn flatten<'s>(schema: &'s JsonValue, document: &'s JsonValue, parts: &mut Vec<&'s JsonValue>) {
    if let Some(reference) = schema["$ref"].as_str() {
        let target = document.pointer(&reference[1..]);
        let target = target.unwrap_or_else(|| panic!("{reference} leads to nothing"));
        flatten(target, document, parts);
    }
    for word in ["allOf", "anyOf", "oneOf"] {
        for part in schema[word].as_array().into_iter().flatten() {
            flatten(part, document, parts);
        }
    }
    parts.push(schema);
}

fn texts(list: &JsonValue) -> impl Iterator<Item = String> + '_ {
    let list = list.as_array().into_iter().flatten();
    list.filter_map(JsonValue::as_str).map(Into::into)
}
