//! From schema types to Rust types.

mod common;

use common::{row, with_traits, written};

/// The type of the field `x`, which is required, for the schema `x`.
#[track_caller]
fn type_of(x: &str) -> String {
    let schema = with_traits(&format!("\"x\": {x}"));
    let end = schema.rfind(" } } }").expect("the end of traits");
    let schema = format!(
        "{}, \"required\": [\"x\"]{}",
        &schema[..end],
        &schema[end..]
    );
    let rust = written(&schema);
    let (_, after) = rust.split_once("    pub x: ").expect("there is a field x");
    let (ty, _) = after.split_once(",\n").expect("the field ends");
    String::from(ty)
}

/// The row of `x` in the table, without its name.
#[track_caller]
fn row_of(x: &str) -> String {
    row(&written(&with_traits(&format!("\"x\": {x}"))), "x")
}

#[test]
fn plain_types() {
    for (schema, ty) in [
        (r#"{ "type": "string" }"#, "String"),
        (r#"{ "type": "integer" }"#, "i64"),
        (r#"{ "type": "number" }"#, "f64"),
        (r#"{ "type": "boolean" }"#, "bool"),
        (r#"{ "type": "null" }"#, "JsonValue"),
        (r#"{}"#, "JsonValue"),
        (r#"{ "minLength": 3 }"#, "JsonValue"),
        (r#"{ "type": "string", "format": "made-up" }"#, "String"),
        // Kratos ignores what it does not know, and so do we.
        (
            r#"{ "type": "string", "regex": 5, "item": {}, "$defs": 5 }"#,
            "String",
        ),
    ] {
        assert_eq!(type_of(schema), ty, "{schema}");
    }
}

#[test]
fn arrays_and_maps() {
    for (schema, ty) in [
        (r#"{ "type": "array" }"#, "Vec<JsonValue>"),
        (
            r#"{ "type": "array", "items": { "type": "integer" } }"#,
            "Vec<i64>",
        ),
        (
            r#"{ "type": "array", "items": { "type": "object", "properties": { "a": {} } } }"#,
            "Vec<GuestTraitsXItem>",
        ),
        (r#"{ "type": "object" }"#, "BTreeMap<String, JsonValue>"),
        (
            r#"{ "type": "object", "properties": {}, "additionalProperties": true }"#,
            "BTreeMap<String, JsonValue>",
        ),
        (
            r#"{ "type": "object", "additionalProperties": {} }"#,
            "BTreeMap<String, JsonValue>",
        ),
        (
            r#"{ "type": "object", "additionalProperties": { "type": "boolean" } }"#,
            "BTreeMap<String, bool>",
        ),
        (
            r#"{ "type": "object", "additionalProperties": { "enum": ["a"] } }"#,
            "BTreeMap<String, GuestTraitsXValue>",
        ),
        (
            r#"{ "type": "object", "additionalProperties": false }"#,
            "GuestTraitsX",
        ),
    ] {
        assert_eq!(type_of(schema), ty, "{schema}");
    }
}

/// Kratos does not know `const` in draft-04, so other values are there too.
#[test]
fn draft_four_has_no_const() {
    for (draft, ty) in [("draft-04", "String"), ("draft-06", "GuestTraitsX")] {
        let schema = with_traits(
            r##""x": { "allOf": [{ "type": "string", "const": "a" }, { "$ref": "#/properties/traits/properties/y" }] },
"y": { "type": "string", "const": "a" }"##,
        );
        let draft = format!("{{ \"$schema\": \"http://json-schema.org/{draft}/schema#\",");
        let rust = written(&schema.replacen('{', &draft, 1));
        let field = format!("pub x: Option<{ty}>,");
        assert!(rust.contains(&field), "{rust}");
    }
}

#[test]
fn written_values() {
    for (schema, ty) in [
        (r#"{ "enum": ["a", "b"] }"#, "GuestTraitsX"),
        (r#"{ "type": "string", "const": "a" }"#, "GuestTraitsX"),
        (r#"{ "const": true }"#, "bool"),
        (r#"{ "const": 1 }"#, "i64"),
        (r#"{ "const": 1.0 }"#, "f64"),
        (r#"{ "type": "number", "const": 1 }"#, "f64"),
        (r#"{ "type": "integer", "const": 1.0 }"#, "i64"),
        (r#"{ "const": -9223372036854775808 }"#, "i64"),
        (
            r#"{ "type": "integer", "minimum": 0, "maximum": 1e19 }"#,
            "u64",
        ),
        (
            r#"{ "type": "integer", "exclusiveMaximum": 9223372036854775808 }"#,
            "i64",
        ),
        (
            r#"{ "type": "integer", "exclusiveMinimum": 9223372036854775807 }"#,
            "u64",
        ),
        (
            r#"{ "type": "integer", "maximum": 9223372036854775808 }"#,
            "i128",
        ),
        (
            r#"{ "type": "integer", "minimum": -9223372036854775808.5 }"#,
            "i64",
        ),
        (r#"{ "type": "integer", "minimum": -1e20 }"#, "JsonValue"),
        (
            r#"{ "type": "integer", "minimum": 0, "maximum": 18446744073709551616 }"#,
            "JsonValue",
        ),
        (r#"{ "enum": [-1, 18446744073709551615] }"#, "i128"),
        (r#"{ "const": 18446744073709551615 }"#, "u64"),
        (r#"{ "const": null }"#, "JsonValue"),
    ] {
        assert_eq!(type_of(schema), ty, "{schema}");
    }
    let rust = written(&with_traits(r#""x": { "enum": ["a", "B c", "Self", ""] }"#));
    let variants = r#"pub enum GuestTraitsX {
    #[serde(rename = "a")]
    A,
    #[serde(rename = "B c")]
    BC,
    #[serde(rename = "Self")]
    Self_,
    #[serde(rename = "")]
    Empty,
}
"#;
    assert!(rust.contains(variants), "{rust}");
}

#[test]
fn optional_members_are_options_and_left_out_when_none() {
    let rust = written(&with_traits(r#""x": { "type": "integer" }"#));
    let field = "    #[serde(default, skip_serializing_if = \"Option::is_none\")]\n    pub x: Option<i64>,\n";
    assert!(rust.contains(field), "{rust}");
}

#[test]
fn open_objects_keep_what_the_schema_does_not_name() {
    let open = with_traits(r#""x": { "type": "string" }"#);
    for (additional, closed, ty) in [
        ("false", true, None),
        ("true", false, Some("BTreeMap<String, JsonValue>")),
        ("{}", false, Some("BTreeMap<String, JsonValue>")),
        (
            r#"{ "type": "integer" }"#,
            false,
            Some("BTreeMap<String, i64>"),
        ),
    ] {
        let rust = written(&open.replace(": false }", &format!(": {additional} }}")));
        assert_eq!(rust.contains("#[serde(flatten)]"), !closed, "{additional}");
        let field = ty.map(|ty| format!("    pub additional_properties: {ty},\n"));
        assert_eq!(
            rust.contains("additional_properties"),
            field.as_ref().is_some_and(|field| rust.contains(field)),
            "{rust}"
        );
    }
}

/// Kratos runs `"additionalProperties": false` that slipped into `properties`.
#[test]
fn a_member_that_is_named_as_the_field_of_what_is_not_named() {
    let inner = |key: &str| {
        format!(
            r#""x": {{ "type": "object", "properties": {{ "a": {{ "type": "string" }}, {key:?}: false }} }}"#
        )
    };
    for key in ["additionalProperties", "additional_properties"] {
        let rust = written(&with_traits(&inner(key)));
        let present = "    #[serde(default, deserialize_with = \"read::present\")]\n    #[serde(skip_serializing_if = \"Option::is_none\")]\n";
        let own = match key {
            "additional_properties" => present.into(),
            _ => format!("    #[serde(rename = {key:?})]\n{present}"),
        };
        for lines in [
            format!("{own}    pub additional_properties: Option<JsonValue>,\n"),
            String::from(
                "    #[serde(flatten)]\n    pub additional_properties_: BTreeMap<String, JsonValue>,\n",
            ),
        ] {
            assert!(rust.contains(&lines), "{rust}");
        }
    }
}

#[test]
fn rows_say_kind_type_and_roles() {
    for (schema, row) in [
        (r#"{ "type": "string" }"#, "string as String"),
        (r#"{ "enum": ["a"] }"#, "string as GuestTraitsX"),
        (r#"{ "const": 2 }"#, "integer as i64"),
        (r#"{ "const": null }"#, "any as JsonValue"),
        (
            r#"{ "type": ["string", "null"] }"#,
            "nullable string as Option<String>",
        ),
        (
            r#"{ "type": ["object", "null"], "properties": { "y": {} } }"#,
            "nullable any as Option<GuestTraitsX>",
        ),
        (r#"{ "type": "array" }"#, "array as Vec<JsonValue>"),
        (
            r#"{ "type": "object" }"#,
            "open as BTreeMap<String, JsonValue>",
        ),
        (
            r#"{ "type": "object", "additionalProperties": { "type": "number" } }"#,
            "open as BTreeMap<String, f64>",
        ),
        (
            r#"{ "type": "object", "properties": { "y": {} } }"#,
            "open as GuestTraitsX",
        ),
        (
            r#"{ "type": "object", "properties": { "y": {} }, "additionalProperties": false }"#,
            "closed as GuestTraitsX",
        ),
    ] {
        assert_eq!(row_of(schema), row, "{schema}");
    }
}
