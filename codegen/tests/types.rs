//! From schema types to Rust types: of single schemas, and of those composed by `allOf`, `anyOf`, tuples, maps and so on.

use crate::common::{row, rust_of, with_traits};

/// How the optional field `x` of the traits is read, and its type.
#[track_caller]
fn field(x: &str) -> String {
    of(&with_traits(&format!("\"x\": {x}")))
}

/// The same for a required field.
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
    let rust = rust_of(schema);
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

/// The result of [`field`] for a type with null.
fn nullable(ty: &str) -> String {
    format!("read::present Option<{ty}>")
}

fn optional(ty: &str) -> String {
    format!("default Option<{ty}>")
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
        // Kratos ignores unknown keywords, and so does the generator.
        (
            r#"{ "type": "string", "regex": 5, "item": {}, "$defs": 5 }"#,
            "String",
        ),
    ] {
        assert_eq!(required(schema), format!("required {ty}"), "{schema}");
    }
}

#[test]
fn arrays_and_maps() {
    for (x, ty) in [
        (r#"{ "type": "array" }"#, optional("Vec<JsonValue>")),
        (
            r#"{ "type": "array", "items": { "type": "integer" } }"#,
            optional("Vec<i64>"),
        ),
        (
            r#"{ "type": "array", "items": { "type": "object", "properties": { "a": {} } } }"#,
            optional("Vec<GuestTraitsXItem>"),
        ),
        (
            r#"{ "type": "object" }"#,
            optional("BTreeMap<String, JsonValue>"),
        ),
        (
            r#"{ "type": "object", "properties": {}, "additionalProperties": true }"#,
            optional("BTreeMap<String, JsonValue>"),
        ),
        (
            r#"{ "type": "object", "additionalProperties": {} }"#,
            optional("BTreeMap<String, JsonValue>"),
        ),
        (
            r#"{ "type": "object", "additionalProperties": { "type": "boolean" } }"#,
            optional("BTreeMap<String, bool>"),
        ),
        (
            r#"{ "type": "object", "additionalProperties": { "enum": ["a"] } }"#,
            optional("BTreeMap<String, GuestTraitsXValue>"),
        ),
        (
            r#"{ "type": "object", "additionalProperties": false }"#,
            optional("GuestTraitsX"),
        ),
        (
            r#"{ "type": "array", "items": [{ "type": "string" }], "additionalItems": false }"#,
            optional("Vec<String>"),
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
fn enums_and_constants() {
    for (x, ty) in [
        (r#"{ "enum": ["a", "b"] }"#, optional("GuestTraitsX")),
        (
            r#"{ "type": "string", "const": "a" }"#,
            optional("GuestTraitsX"),
        ),
        (r#"{ "const": true }"#, optional("bool")),
        (r#"{ "const": 1 }"#, optional("i64")),
        (r#"{ "const": 1.0 }"#, optional("f64")),
        (r#"{ "type": "number", "const": 1 }"#, optional("f64")),
        (r#"{ "type": "integer", "const": 1.0 }"#, optional("i64")),
        (r#"{ "const": -9223372036854775808 }"#, optional("i64")),
        (
            r#"{ "type": "integer", "minimum": 0, "maximum": 1e19 }"#,
            optional("u64"),
        ),
        (
            r#"{ "type": "integer", "exclusiveMaximum": 9223372036854775808 }"#,
            optional("i64"),
        ),
        (
            r#"{ "type": "integer", "exclusiveMinimum": 9223372036854775807 }"#,
            optional("u64"),
        ),
        (
            r#"{ "type": "integer", "maximum": 9223372036854775808 }"#,
            optional("i128"),
        ),
        (
            r#"{ "type": "integer", "minimum": -9223372036854775808.5 }"#,
            optional("i64"),
        ),
        (
            r#"{ "type": "integer", "minimum": -1e20 }"#,
            nullable("JsonValue"),
        ),
        (
            r#"{ "type": "integer", "minimum": 0, "maximum": 18446744073709551616 }"#,
            nullable("JsonValue"),
        ),
        (
            r#"{ "enum": [-1, 18446744073709551615] }"#,
            optional("i128"),
        ),
        (r#"{ "const": 18446744073709551615 }"#, optional("u64")),
        (r#"{ "const": null }"#, nullable("JsonValue")),
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
    let rust = rust_of(&with_traits(r#""x": { "enum": ["a", "B c", "Self", ""] }"#));
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

/// Kratos does not know `const` in draft-04, so other values are there too.
#[test]
fn draft_four_has_no_const() {
    for (draft, ty) in [("draft-04", "String"), ("draft-06", "GuestTraitsX")] {
        let schema = with_traits(
            r##""x": { "allOf": [{ "type": "string", "const": "a" }, { "$ref": "#/properties/traits/properties/y" }] },
"y": { "type": "string", "const": "a" }"##,
        );
        let draft = format!("{{ \"$schema\": \"http://json-schema.org/{draft}/schema#\",");
        let rust = rust_of(&schema.replacen('{', &draft, 1));
        let field = format!("pub x: Option<{ty}>,");
        assert!(rust.contains(&field), "{rust}");
    }
}

#[test]
fn values_with_the_same_variant_name_get_distinct_names() {
    let values = [
        ("on-hold", "OnMinusHold"),
        ("on hold", "OnSpaceHold"),
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
        let rust = rust_of(&with_traits(&format!(r#""x": {{ "enum": [{listed}] }}"#)));
        for (value, variant) in values {
            let written = format!("    #[serde(rename = {value:?})]\n    {variant},\n");
            assert!(rust.contains(&written), "{written}\n{rust}");
        }
    }
}

#[test]
fn absent_and_null_are_distinct() {
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
fn several_types_become_any_value_unless_one_type_contains_all() {
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
    let rust = rust_of(&with_traits(&format!("\"x\": {x}")));
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
fn members_without_a_schema_are_any_value() {
    let rust = rust_of(&with_traits(
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
fn an_optional_object_with_required_members_reads_empty_as_absent() {
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

#[test]
fn optional_members_are_options_and_skipped_when_none() {
    let rust = rust_of(&with_traits(r#""x": { "type": "integer" }"#));
    let field = "    #[serde(default, skip_serializing_if = \"Option::is_none\")]\n    pub x: Option<i64>,\n";
    assert!(rust.contains(field), "{rust}");
}

#[test]
fn open_objects_keep_members_that_the_schema_does_not_name() {
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
        let rust = rust_of(&open.replace(": false }", &format!(": {additional} }}")));
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
fn a_member_named_additional_properties() {
    let inner = |key: &str| {
        format!(
            r#""x": {{ "type": "object", "properties": {{ "a": {{ "type": "string" }}, {key:?}: false }} }}"#
        )
    };
    for key in ["additionalProperties", "additional_properties"] {
        let rust = rust_of(&with_traits(&inner(key)));
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
fn rows_have_kind_type_and_roles() {
    for (schema, expected) in [
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
        let rust = rust_of(&with_traits(&format!("\"x\": {schema}")));
        assert_eq!(row(&rust, "x"), expected, "{schema}");
    }
}

/// `Vec` of the type that all items of a list have, if there can be no other items.
#[test]
fn a_tuple_of_one_type() {
    let two = r#"{ "type": "number" }, { "type": "number" }"#;
    for (array, ty) in [
        (
            format!(r#""items": [{two}], "additionalItems": false"#),
            "Vec<f64>",
        ),
        (format!(r#""items": [{two}], "maxItems": 2"#), "Vec<f64>"),
        (
            format!(r#""items": [{two}], "additionalItems": {{ "type": "number" }}"#),
            "Vec<f64>",
        ),
        (
            r#""items": [{ "const": "a" }, { "type": "string" }], "additionalItems": false"#.into(),
            "Vec<String>",
        ),
        // A third item can be anything.
        (format!(r#""items": [{two}]"#), "Vec<JsonValue>"),
        (
            format!(r#""items": [{two}], "maxItems": 3"#),
            "Vec<JsonValue>",
        ),
        (
            r#""items": [{ "type": "number" }, { "type": "string" }], "additionalItems": false"#
                .into(),
            "Vec<JsonValue>",
        ),
        (
            r#""items": [{ "type": "number" }, {}], "additionalItems": false"#.into(),
            "Vec<JsonValue>",
        ),
    ] {
        let rust = rust_of(&with_traits(&format!(
            r#""x": {{ "type": "array", {array} }}"#
        )));
        let field = format!("    pub x: Option<{ty}>,\n");
        assert!(rust.contains(&field), "{array}\n{rust}");
    }
}

/// The type of a member that all branches of `oneOf` or `anyOf` declare; required if all require it.
#[test]
fn members_of_branches_that_agree() {
    let branch = |kind: &str, other: &str| {
        format!(
            r#"{{ "type": "object", "properties": {{ "kind": {{ "const": "{kind}" }}, "street": {{ "type": "string" }}, {other} }}, "required": ["kind", "street"] }}"#
        )
    };
    let schema = |of: &str, a: &str, b: &str| {
        let branches = [branch("home", a), branch("work", b)].join(", ");
        with_traits(&format!(
            r#""address": {{ "{of}": [{branches}, {{ "type": "null" }}] }}"#
        ))
    };
    for of in ["oneOf", "anyOf"] {
        let rust = rust_of(&schema(
            of,
            r#""floor": { "type": "integer" }, "since": { "type": "integer" }"#,
            r#""floor": { "type": "integer" }, "since": { "type": "string" }"#,
        ));
        for text in [
            "    pub kind: GuestTraitsAddressKind,\n",
            "    pub street: String,\n",
            "    pub floor: Option<i64>,\n",
            "    pub since: Option<JsonValue>,\n",
            "    Home,\n",
            "    Work,\n",
        ] {
            assert!(rust.contains(text), "{of}: {text}\n{rust}");
        }
    }
    // What a branch does not name can be anything in it, unless the branch is closed.
    let open = r#""x": { "oneOf": [{ "type": "object", "properties": { "a": { "type": "string" } }, "required": ["a"] }, { "type": "object", "properties": { "b": { "type": "string" } } }] }"#;
    let rust = rust_of(&with_traits(open));
    assert!(rust.contains("    pub a: Option<"), "{rust}");
    assert!(!rust.contains("    pub a: Option<String>"), "{rust}");
    let closed = open.replace(
        "\"type\": \"object\",",
        "\"type\": \"object\", \"additionalProperties\": false,",
    );
    let rust = rust_of(&with_traits(&closed));
    for name in ["a", "b"] {
        let field = format!("    pub {name}: Option<String>,\n");
        assert!(rust.contains(&field), "{rust}");
    }
}
