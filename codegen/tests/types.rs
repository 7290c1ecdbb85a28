//! From schema types to Rust types.

mod common;

use common::{with_traits, written};

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

/// The row of `x` in the companion macro, without name and place.
#[track_caller]
fn row_of(x: &str) -> String {
    let rust = written(&with_traits(&format!("\"x\": {x}")));
    let (_, after) = rust.split_once("\nx 2:1 ").expect("there is a row for x");
    let (row, _) = after.split_once(['"', '\n']).expect("the row ends");
    String::from(row)
}

#[test]
fn plain_types() {
    for (schema, ty) in [
        (r#"{ "type": "string" }"#, "::std::string::String"),
        (r#"{ "type": "integer" }"#, "i64"),
        (r#"{ "type": "number" }"#, "f64"),
        (r#"{ "type": "boolean" }"#, "bool"),
        (r#"{ "type": "null" }"#, "::kratos_traits::JsonValue"),
        (r#"{}"#, "::kratos_traits::JsonValue"),
        (r#"{ "minLength": 3 }"#, "::kratos_traits::JsonValue"),
        (
            r#"{ "type": "string", "format": "made-up" }"#,
            "::std::string::String",
        ),
        // Kratos ignores what it does not know, and so do we.
        (
            r#"{ "type": "string", "regex": 5, "item": {}, "$defs": 5 }"#,
            "::std::string::String",
        ),
    ] {
        assert_eq!(type_of(schema), ty, "{schema}");
    }
}

#[test]
fn arrays_and_maps() {
    for (schema, ty) in [
        (
            r#"{ "type": "array" }"#,
            "::std::vec::Vec<::kratos_traits::JsonValue>",
        ),
        (
            r#"{ "type": "array", "items": { "type": "integer" } }"#,
            "::std::vec::Vec<i64>",
        ),
        (
            r#"{ "type": "array", "items": { "type": "object", "properties": { "a": {} } } }"#,
            "::std::vec::Vec<GuestTraitsXItem>",
        ),
        (r#"{ "type": "object" }"#, "::kratos_traits::JsonObject"),
        (
            r#"{ "type": "object", "properties": {}, "additionalProperties": true }"#,
            "::kratos_traits::JsonObject",
        ),
        (
            r#"{ "type": "object", "additionalProperties": {} }"#,
            "::kratos_traits::JsonObject",
        ),
        (
            r#"{ "type": "object", "additionalProperties": { "type": "boolean" } }"#,
            "::std::collections::BTreeMap<::std::string::String, bool>",
        ),
        (
            r#"{ "type": "object", "additionalProperties": { "enum": ["a"] } }"#,
            "::std::collections::BTreeMap<::std::string::String, GuestTraitsXValue>",
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
    for (draft, ty) in [
        ("draft-04", "::std::string::String"),
        ("draft-06", "GuestTraitsX"),
    ] {
        let schema = with_traits(
            r##""x": { "allOf": [{ "type": "string", "const": "a" }, { "$ref": "#/properties/traits/properties/y" }] },
"y": { "type": "string", "const": "a" }"##,
        );
        let draft = format!("{{ \"$schema\": \"http://json-schema.org/{draft}/schema#\",");
        let rust = written(&schema.replacen('{', &draft, 1));
        let field = format!("pub x: ::std::option::Option<{ty}>,");
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
        (
            r#"{ "type": "integer", "minimum": -1e20 }"#,
            "::kratos_traits::JsonValue",
        ),
        (
            r#"{ "type": "integer", "minimum": 0, "maximum": 18446744073709551616 }"#,
            "::kratos_traits::JsonValue",
        ),
        (r#"{ "enum": [-1, 18446744073709551615] }"#, "i128"),
        (r#"{ "const": 18446744073709551615 }"#, "u64"),
        (r#"{ "const": null }"#, "::kratos_traits::JsonValue"),
    ] {
        assert_eq!(type_of(schema), ty, "{schema}");
    }
    let rust = written(&with_traits(r#""x": { "enum": ["a", "B c", "Self", ""] }"#));
    let variants = r#"pub enum GuestTraitsX {
    /// `a`
    A,
    /// `B c`
    BC,
    /// `Self`
    Self_,
    /// “”
    Empty,
}
::kratos_traits::__private::choice! {
    GuestTraitsX {
        A: "a",
        BC: "B c",
        Self_: "Self",
        Empty: "",
    }
}
"#;
    assert!(rust.contains(variants), "{rust}");
}

#[test]
fn optional_members_are_options_and_left_out_when_none() {
    let rust = written(&with_traits(r#""x": { "type": "integer" }"#));
    let field = "    pub x: ::std::option::Option<i64>,\n";
    assert!(rust.contains(field), "{rust}");
    assert!(rust.contains("        x: optional(\"x\"),\n"), "{rust}");
}

#[test]
fn open_objects_keep_what_the_schema_does_not_name() {
    let open = with_traits(r#""x": { "type": "string" }"#);
    for (additional, closed, ty) in [
        ("false", true, None),
        ("true", false, Some("::kratos_traits::JsonObject")),
        ("{}", false, Some("::kratos_traits::JsonObject")),
        (
            r#"{ "type": "integer" }"#,
            false,
            Some("::std::collections::BTreeMap<::std::string::String, i64>"),
        ),
    ] {
        let rust = written(&open.replace(": false }", &format!(": {additional} }}")));
        assert_eq!(rust.contains(": rest(),"), !closed, "{additional}");
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
        let all = [
            format!("    additional_properties: nullable({key:?}),"),
            String::from("    additional_properties_: rest(),"),
        ];
        let found = all.iter().filter(|line| rust.contains(line.as_str()));
        assert_eq!(found.count(), 2, "{rust}");
    }
}

#[test]
fn rows_say_kind_type_and_roles() {
    for (schema, row) in [
        (r#"{ "type": "string" }"#, "string optional: String"),
        (r#"{ "enum": ["a"] }"#, "string optional: GuestTraitsX"),
        (r#"{ "const": 2 }"#, "integer optional: i64"),
        (r#"{ "const": null }"#, "value optional: JsonValue"),
        (r#"{ "type": "array" }"#, "array optional: Vec<JsonValue>"),
        (
            r#"{ "type": "object" }"#,
            "object(open) optional: JsonObject",
        ),
        (
            r#"{ "type": "object", "additionalProperties": { "type": "number" } }"#,
            "object(open) optional: BTreeMap<String, f64>",
        ),
        (
            r#"{ "type": "object", "properties": { "y": {} } }"#,
            "object(open) optional: GuestTraitsX",
        ),
        (
            r#"{ "type": "object", "properties": { "y": {} }, "additionalProperties": false }"#,
            "object(closed) optional: GuestTraitsX",
        ),
    ] {
        assert_eq!(row_of(schema), row, "{schema}");
    }
}
