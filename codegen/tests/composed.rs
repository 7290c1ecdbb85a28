//! Types of what is composed: several types, `allOf`, `anyOf`, tuples, maps, written values, boolean schemas.

mod common;

use common::{with_traits, written};

/// How the field `x` of the traits is read, and its type, where `x` is optional.
#[track_caller]
fn field(x: &str) -> String {
    of(&with_traits(&format!("\"x\": {x}")))
}

/// The same where `x` is required.
#[track_caller]
fn required(x: &str) -> String {
    let schema = with_traits(&format!("\"x\": {x}"));
    of(&schema.replace(
        "\"additionalProperties\": false } } }",
        "\"additionalProperties\": false, \"required\": [\"x\"] } } }",
    ))
}

#[track_caller]
fn of(schema: &str) -> String {
    let rust = written(schema);
    let (before, after) = rust.split_once("    pub x: ").expect("there is a field x");
    let (ty, _) = after.split_once(",\n").expect("the field ends");
    let (_, attributes) = before
        .rsplit_once("    ///")
        .expect("the field is described");
    let how = [
        "read::present",
        "read::nullable",
        "read::unless_empty",
        "default",
    ];
    let how = how.into_iter().find(|how| attributes.contains(how));
    format!("{} {ty}", how.unwrap_or("required"))
}

/// What is written for an optional field that may be null, of type `ty`.
fn nullable(ty: &str) -> String {
    format!("read::present Option<{ty}>")
}

fn optional(ty: &str) -> String {
    format!("default Option<{ty}>")
}

#[test]
fn absent_and_null_are_two_things() {
    for x in [
        r#"{ "type": ["string", "null"] }"#,
        r#"{ "anyOf": [{ "type": "null" }, { "type": "string" }] }"#,
        r#"{ "oneOf": [{ "type": "string" }, { "const": null }] }"#,
        r#"{ "type": ["string", "null"], "anyOf": [{}] }"#,
    ] {
        assert_eq!(field(x), nullable("Option<String>"), "{x}");
        assert_eq!(required(x), "read::nullable Option<String>", "{x}");
    }
    // Null is a value of any type, too.
    assert_eq!(field("{}"), nullable("JsonValue"));
    assert_eq!(required("{}"), "required JsonValue");
    assert_eq!(
        field(r#"{ "type": ["object", "null"], "properties": { "y": {} } }"#),
        nullable("Option<GuestTraitsX>")
    );
    assert_eq!(
        field(r#"{ "type": "array", "items": { "type": ["integer", "null"] } }"#),
        optional("Vec<Option<i64>>")
    );
}

#[test]
fn several_types_are_any_value_unless_one_holds_all() {
    for (x, ty) in [
        (r#"{ "type": ["string"] }"#, optional("String")),
        (r#"{ "type": ["integer", "number"] }"#, optional("f64")),
        (
            r#"{ "type": ["string", "integer"] }"#,
            nullable("JsonValue"),
        ),
        (
            r#"{ "anyOf": [{ "type": "string", "format": "email" }, { "type": "string", "format": "tel" }] }"#,
            optional("String"),
        ),
        (
            r#"{ "oneOf": [{ "type": "string" }, { "type": "object" }] }"#,
            nullable("JsonValue"),
        ),
        (
            r#"{ "anyOf": [{ "type": "object", "properties": { "a": {} } }, { "type": "object", "properties": { "b": {} } }] }"#,
            optional("GuestTraitsX"),
        ),
        (r#"{ "not": { "type": "string" } }"#, nullable("JsonValue")),
        (
            r#"{ "type": "string", "not": { "const": "a" }, "if": {}, "then": { "minLength": 2 }, "else": false }"#,
            optional("String"),
        ),
    ] {
        assert_eq!(field(x), ty, "{x}");
    }
}

#[test]
fn all_of_is_merged() {
    let x = r#"{ "type": "object", "properties": { "a": { "type": "string" } }, "allOf": [
        { "properties": { "a": { "title": "The A", "enum": ["p", "q"] }, "b": { "type": "integer" } }, "required": ["b"] },
        { "additionalProperties": false }
    ] }"#;
    let rust = written(&with_traits(&format!("\"x\": {x}")));
    for words in [
        "    /// The A\n",
        "    pub a: Option<GuestTraitsXA>,",
        "    pub b: i64,",
        "pub enum GuestTraitsXA {",
        "\n    x.a: string as GuestTraitsXA;\n",
    ] {
        assert!(rust.contains(words), "{words}\n{rust}");
    }
    assert_eq!(rust.matches("flatten").count(), 0);
}

#[test]
fn written_values_of_every_type() {
    for (x, ty) in [
        (
            r#"{ "enum": ["a", null] }"#,
            nullable("Option<GuestTraitsX>"),
        ),
        (r#"{ "enum": ["a", 1] }"#, nullable("JsonValue")),
        (
            r#"{ "type": "string", "enum": ["a", 1] }"#,
            optional("GuestTraitsX"),
        ),
        (r#"{ "enum": [1, 2] }"#, optional("i64")),
        (r#"{ "enum": [1, 2.5] }"#, optional("f64")),
        (r#"{ "enum": [true] }"#, optional("bool")),
        (
            r#"{ "oneOf": [{ "const": "a", "title": "An A" }, { "enum": ["b", "c"] }, { "type": "null" }] }"#,
            nullable("Option<GuestTraitsX>"),
        ),
        (
            r#"{ "anyOf": [{ "const": "a" }, { "type": "string", "minLength": 5 }] }"#,
            optional("String"),
        ),
        (r#"{ "const": [1] }"#, optional("Vec<JsonValue>")),
        (
            r#"{ "const": {} }"#,
            optional("BTreeMap<String, JsonValue>"),
        ),
        (r#"{ "const": 9223372036854775808 }"#, optional("u64")),
        (
            r#"{ "type": "integer", "const": "a" }"#,
            nullable("JsonValue"),
        ),
        (
            r#"{ "enum": ["a", "b"], "allOf": [{ "enum": ["b", "c"] }] }"#,
            optional("GuestTraitsX"),
        ),
    ] {
        assert_eq!(field(x), ty, "{x}");
    }
}

#[test]
fn values_that_would_be_one_variant_are_told_apart_by_what_they_are() {
    let values = [
        ("on-hold", "OnU2dHold"),
        ("on hold", "OnU20Hold"),
        ("OnHold2", "OnHold2"),
        ("onHold", "OnU48Old"),
        ("OnHold", "U4fNU48Old"),
        ("A", "AUpper"),
        ("a", "ALower"),
        ("b", "B"),
    ];
    // Whatever their order, the names are the same.
    for shift in 0..values.len() {
        let mut values = values;
        values.rotate_left(shift);
        let listed = values.map(|(value, _)| format!("{value:?}")).join(", ");
        let rust = written(&with_traits(&format!(r#""x": {{ "enum": [{listed}] }}"#)));
        for (value, variant) in values {
            let written = format!("    #[serde(rename = {value:?})]\n    {variant},\n");
            assert!(rust.contains(&written), "{written}\n{rust}");
        }
    }
}

#[test]
fn arrays_and_maps() {
    for (x, ty) in [
        (
            r#"{ "type": "array", "items": [{ "type": "string" }], "additionalItems": false }"#,
            optional("Vec<JsonValue>"),
        ),
        (
            r#"{ "type": "array", "items": true, "contains": { "const": 1 } }"#,
            optional("Vec<JsonValue>"),
        ),
        (
            r#"{ "type": "array", "items": false }"#,
            optional("Vec<JsonValue>"),
        ),
        (
            r#"{ "type": "object", "patternProperties": { "^x-": { "type": "integer" } } }"#,
            optional("BTreeMap<String, JsonValue>"),
        ),
        (
            r#"{ "type": "object", "patternProperties": { "^x-": { "type": "integer" } }, "additionalProperties": false }"#,
            optional("BTreeMap<String, i64>"),
        ),
        (
            r#"{ "type": "object", "patternProperties": { "^x-": {}, "^y-": {} }, "additionalProperties": false }"#,
            optional("BTreeMap<String, JsonValue>"),
        ),
        (
            r#"{ "type": "object", "propertyNames": { "maxLength": 3 }, "dependencies": { "a": ["b"], "b": {} } }"#,
            optional("BTreeMap<String, JsonValue>"),
        ),
        (
            r#"{ "type": "object", "additionalProperties": { "type": ["string", "null"] } }"#,
            optional("BTreeMap<String, Option<String>>"),
        ),
    ] {
        assert_eq!(field(x), ty, "{x}");
    }
}

#[test]
fn members_without_a_schema_of_their_own_are_any_value() {
    let rust = written(&with_traits(
        r#""x": { "type": "object", "required": ["z"], "properties": { "y": false }, "anyOf": [{ "properties": { "w": { "type": "string" } } }, {}] }"#,
    ));
    assert!(rust.contains("    pub z: JsonValue,\n"), "{rust}");
    for name in ["y", "w"] {
        let field = format!("    pub {name}: Option<JsonValue>,\n");
        assert!(rust.contains(&field), "{rust}");
    }
    assert!(
        rust.contains("\n    x.z: required any as JsonValue, at \"/properties/traits/properties/x/required/0\";\n"),
        "{rust}"
    );
}

#[test]
fn an_optional_object_that_is_never_empty_reads_empty_as_absent() {
    assert_eq!(
        field(r#"{ "type": "object", "properties": { "y": {} }, "required": ["y"] }"#),
        "read::unless_empty Option<GuestTraitsX>"
    );
    assert_eq!(
        field(r#"{ "type": "object", "properties": { "y": {} } }"#),
        optional("GuestTraitsX")
    );
    assert_eq!(
        required(r#"{ "type": "object", "properties": { "y": {} }, "required": ["y"] }"#),
        "required GuestTraitsX"
    );
}
