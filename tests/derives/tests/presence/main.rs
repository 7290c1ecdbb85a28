//! Derives that read serde's attributes, put on by the settings, name the members that serde writes and require those that it
//! has to read.

#![allow(clippy::unwrap_used, clippy::panic)]

mod shape;
mod typescript;

use std::collections::BTreeMap;

use kratos_traits::{IdentityTraits, JsonValue};
use kratos_traits_derive_tests::{by_schemars, by_ts_rs, by_utoipa};
use schemars::generate::SchemaSettings;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::json;
use shape::{Shape, of_schema};
use utoipa::ToSchema;
use utoipa::openapi::{ComponentsBuilder, OpenApiBuilder};

/// Has every member of the schema, at least one level deep.
fn full() -> JsonValue {
    json!({
        "e-mail": "a@example.org", "type": "t", "self": "s", "größe": 1.5, "2fa": true,
        "first.name, 'of' {x}": "f", "end*/of": "e", "camelCase": 3,
        "required-null": null, "requiredNumber": 2.5, "optional-null": null,
        "kind": "press-office", "kind-or-null": "not-so", "any": null, "required-any": [1],
        "name": { "first": "Ada", "last-name": "L", "title": null },
        "limits": { "per-day": 1.5, "per-year": 2.5, "per-decade": 3.5 },
        "labels": { "a-b": "c" }, "free": { "d-e": 1 },
        "homes": [{ "city": "B", "post-code": "1", "use": "at-work" }],
        "tree": { "label-of": "x", "next": { "label-of": "y", "next": { "label-of": "z" }, "any-other": 0 } },
        "not-named": { "a": 1 },
    })
}

/// The schema that the generated file carries.
fn embedded<T: IdentityTraits>() -> BTreeMap<String, Shape> {
    let schema: JsonValue = serde_json::from_str(T::schema().json).unwrap();
    let traits = schema["properties"]["traits"].clone();
    of_schema(&traits, &schema, &full())
}

/// What serde itself does must be what the embedded schema says, or the derives are held to something wrong.
fn serde_agrees<T: IdentityTraits + Serialize + DeserializeOwned>() {
    let shapes = embedded::<T>();
    assert_eq!(shapes[""].names.len(), 21);
    assert_eq!(shapes["/homes/0"].required, ["city".to_owned()].into());
    assert!(shapes["/labels"].names.is_empty());
    assert_eq!(shapes["/kind"].values.len(), 7);

    let read: T = serde_json::from_value(full()).unwrap();
    assert_eq!(serde_json::to_value(&read).unwrap(), full());

    let mut minimal = full();
    // Outer objects first: what was in one that is gone is not looked for.
    for (at, shape) in &shapes {
        for name in &shape.names {
            let mut without = full();
            object(&mut without, at).unwrap().remove(name);
            let read = serde_json::from_value::<T>(without);
            assert_eq!(read.is_err(), shape.required.contains(name), "{at}: {name}");
        }
        if let Some(object) = object(&mut minimal, at) {
            object.retain(|name, _| shape.required.contains(name));
        }
    }
    let read: T = serde_json::from_value(minimal.clone()).unwrap();
    assert_eq!(serde_json::to_value(&read).unwrap(), minimal);
}

fn object<'v>(
    value: &'v mut JsonValue,
    at: &str,
) -> Option<&'v mut serde_json::Map<String, JsonValue>> {
    value.pointer_mut(at)?.as_object_mut()
}

#[test]
fn serde_does_what_the_schema_says() {
    serde_agrees::<by_schemars::BySchemarsTraits>();
    serde_agrees::<by_ts_rs::ByTsRsTraits>();
    serde_agrees::<by_utoipa::ByUtoipaTraits>();
}

#[test]
fn schemars_says_the_same_of_what_is_written_and_read() {
    let settings = SchemaSettings::draft2020_12();
    for settings in [settings.clone().for_serialize(), settings.for_deserialize()] {
        let generator = settings.into_generator();
        let schema = generator.into_root_schema_for::<by_schemars::BySchemarsTraits>();
        let schema = schema.to_value();
        let said = of_schema(&schema, &schema, &full());
        assert_eq!(said, embedded::<by_schemars::BySchemarsTraits>());
        let types = &schema["properties"]["required-null"]["type"];
        assert_eq!(*types, json!(["string", "null"]));
    }
}

#[test]
fn utoipa_says_the_same() {
    let mut all = Vec::new();
    by_utoipa::ByUtoipaTraits::schemas(&mut all);
    let components = ComponentsBuilder::new().schemas_from_iter(all).build();
    let document = OpenApiBuilder::new().components(Some(components)).build();
    let document = serde_json::to_value(document).unwrap();
    let schema =
        serde_json::to_value(<by_utoipa::ByUtoipaTraits as utoipa::PartialSchema>::schema())
            .unwrap();
    let said = of_schema(&schema, &document, &full());
    assert_eq!(said, embedded::<by_utoipa::ByUtoipaTraits>());
    let types = &schema["properties"]["required-null"]["type"];
    assert_eq!(*types, json!(["string", "null"]));
}

#[test]
fn ts_rs_says_the_same() {
    let document = typescript::schema_of::<by_ts_rs::ByTsRsTraits>();
    let said = of_schema(&document["root"], &document, &full());
    assert_eq!(said, embedded::<by_ts_rs::ByTsRsTraits>());
}
