//! Keywords whose value is wrong, and names that collide.

use crate::common::{self, refuses};

/// The schema of `x` has the keyword, whose value begins in `column`, and is refused with `message`.
#[track_caller]
fn refused(keywords: &str, column: usize, message: &str) {
    refuses(
        &format!("\"x\": {{ {keywords} }}"),
        &[&format!("guest.json:2:{column}: {message}")],
    );
}

#[test]
fn values_of_another_type() {
    for (keyword, value, message) in [
        ("title", "1", "`title` is a number; write a string"),
        (
            "description",
            "[]",
            "`description` is an array; write a string",
        ),
        ("format", "null", "`format` is null; write a string"),
        ("pattern", "{}", "`pattern` is an object; write a string"),
        (
            "contentEncoding",
            "1",
            "`contentEncoding` is a number; write a string",
        ),
        ("$id", "1", "`$id` is a number; write a string"),
        (
            "$id",
            "\"::%%zz\"",
            "`$id` is \"::%%zz\", which is not a valid URI, so Kratos does not start; write a valid one, or remove `$id`",
        ),
        (
            "$id",
            "\"https://{domain}/x\"",
            "`$id` is \"https://{domain}/x\", which is not a valid URI, so Kratos does not start; write a valid one, or remove `$id`",
        ),
        ("$comment", "1", "`$comment` is a number; write a string"),
        ("enum", "\"a\"", "`enum` is a string; write an array"),
        ("examples", "1", "`examples` is a number; write an array"),
        (
            "readOnly",
            "1",
            "`readOnly` is a number; write `true` or `false`",
        ),
        (
            "uniqueItems",
            "\"yes\"",
            "`uniqueItems` is a string; write `true` or `false`",
        ),
        (
            "minLength",
            "\"1\"",
            "`minLength` is a string; write a whole number from 0",
        ),
        (
            "maxLength",
            "-1",
            "`maxLength` is -1; write a whole number from 0, without a point",
        ),
        (
            "minItems",
            "1.0",
            "`minItems` is 1.0; write a whole number from 0, without a point",
        ),
        (
            "maxItems",
            "1e2",
            "`maxItems` is 1e2; write a whole number from 0, without a point",
        ),
        (
            "minProperties",
            "null",
            "`minProperties` is null; write a whole number from 0",
        ),
        (
            "maxProperties",
            "true",
            "`maxProperties` is a boolean; write a whole number from 0",
        ),
        ("minimum", "\"1\"", "`minimum` is a string; write a number"),
        ("maximum", "[]", "`maximum` is an array; write a number"),
        (
            "exclusiveMinimum",
            "true",
            "`exclusiveMinimum` is a boolean; write a number",
        ),
        (
            "exclusiveMaximum",
            "null",
            "`exclusiveMaximum` is null; write a number",
        ),
        (
            "multipleOf",
            "0.0e5",
            "`multipleOf` is 0.0e5; write a number above 0",
        ),
        (
            "multipleOf",
            "-2",
            "`multipleOf` is -2; write a number above 0",
        ),
        (
            "multipleOf",
            "\"2\"",
            "`multipleOf` is a string; write a number above 0",
        ),
        (
            "definitions",
            "[]",
            "`definitions` is an array; write an object",
        ),
        ("type", "7", "`type` is a number; write a string"),
        (
            "type",
            "\"strng\"",
            "`type` is \"strng\"; did you mean `string`?",
        ),
    ] {
        let keywords = format!("\"{keyword}\": {value}");
        refused(&keywords, 8 + keyword.len() + 4, message);
    }
    refused(
        r#""type": "array", "items": 5"#,
        34,
        "`items` is a number; write a schema, which is an object",
    );
    refused(
        r#""type": "object", "additionalProperties": "no""#,
        50,
        "`additionalProperties` is a string; write a schema, which is an object",
    );
    refused(
        r#""type": "object", "properties": []"#,
        40,
        "`properties` is an array; write an object",
    );
    refused(
        r#""type": "object", "properties": { "y": 1 }"#,
        47,
        "`y` is a number; write a schema, which is an object",
    );
    refused(
        r#""type": "object", "required": "y""#,
        38,
        "`required` is a string; write an array",
    );
}

#[test]
fn wrong_values_where_no_type_comes_from() {
    assert_eq!(
        common::errors_of(
            r#"{ "definitions": { "x": { "minLength": "1", "anyOf": [{ "title": 1 }] } },
"properties": { "old": { "type": "strng" }, "traits": { "type": "object", "properties": { "x": {} } } } }"#
        ),
        "guest.json:1:40: `minLength` is a string; write a whole number from 0\n\
         guest.json:1:66: `title` is a number; write a string\n\
         guest.json:2:34: `type` is \"strng\"; did you mean `string`?"
    );
}

#[test]
fn lists_of_names() {
    refused(
        r#""type": "object", "properties": { "y": {} }, "required": ["y", "y"]"#,
        71,
        "`required` has \"y\" twice; write each name once",
    );
    refused(
        r#""type": "object", "properties": { "y": {} }, "required": ["y", 1]"#,
        71,
        "`required` is a number; write a string",
    );
    refused(
        r#""type": ["string", "string"]"#,
        27,
        "`type` has \"string\" twice; write each name once",
    );
    refused(
        r#""type": []"#,
        16,
        "`type` is empty; write at least one type",
    );
    refused(
        r#""type": ["string", "nil"]"#,
        27,
        "`type` is \"nil\"; write one of `object`, `array`, `string`, `integer`, `number`, `boolean`, `null`",
    );
}

#[test]
fn lists_of_schemas() {
    for keyword in ["allOf", "anyOf", "oneOf", "items"] {
        let column = 12 + keyword.len();
        refused(
            &format!("\"{keyword}\": []"),
            column,
            &format!("`{keyword}` is empty; write at least one schema"),
        );
        refused(
            &format!("\"{keyword}\": [1]"),
            column + 1,
            &format!("`{keyword}` is a number; write a schema, which is an object"),
        );
    }
    for keyword in [
        "not",
        "if",
        "then",
        "else",
        "contains",
        "propertyNames",
        "additionalItems",
    ] {
        refused(
            &format!("\"{keyword}\": 1"),
            12 + keyword.len(),
            &format!("`{keyword}` is a number; write a schema, which is an object"),
        );
    }
    refused(
        r#""dependencies": { "y": ["z", 1] }"#,
        37,
        "`dependencies` is a number; write a string",
    );
}

#[test]
fn patterns_that_go_refuses() {
    refused(
        r#""pattern": "^(?!a)""#,
        19,
        "Kratos refuses the pattern \"^(?!a)\": it has a look-ahead or look-behind, which Go does not support; write a pattern without `(?=`, `(?!`, `(?<=` and `(?<!`",
    );
    refused(
        r#""patternProperties": { "(a)\\1": {} }"#,
        31,
        "Kratos refuses the pattern \"(a)\\\\1\": it has a back-reference, which Go does not support; write a pattern without one",
    );
}

#[test]
fn names_that_collide() {
    refuses(
        "\"firstName\": {},\n\"first-name\": {}",
        &[
            "guest.json:3:1: \"first-name\" and \"firstName\" (at guest.json:2:1) would have the same field name `first_name`; rename one of them in the schema, or with `rename = \"…\"` under `[schemas.guest.traits.\"first-name\"]` in kratos-traits.toml, or `Options::rename(\"first-name\", …)`",
        ],
    );
    refuses(
        "\"type\": {},\n\"type_\": {}",
        &[
            "guest.json:3:1: \"type_\" and \"type\" (at guest.json:2:1) would have the same field name `type_`; rename one of them in the schema, or with `rename = \"…\"` under `[schemas.guest.traits.\"type_\"]` in kratos-traits.toml, or `Options::rename(\"type_\", …)`",
        ],
    );
    refuses(
        "\"a\": { \"type\": \"object\", \"properties\": { \"b\": { \"enum\": [\"x\"] } } },\n\"a_b\": { \"enum\": [\"x\"] }",
        &[
            "guest.json:3:1: \"a_b\" and \"a.b\" (at guest.json:2:42) would have the same type name `GuestTraitsAB`; rename one of them in the schema, or with `rename_type = \"…\"` under `[schemas.guest.traits.\"a_b\"]` in kratos-traits.toml, or `Options::rename_type(\"a_b\", …)`",
        ],
    );
}

#[test]
fn a_value_that_stands_twice() {
    refused(
        "\"enum\": [\"x\", 1, \"x\"]",
        25,
        "duplicate value in `enum`, so Kratos does not start; remove it",
    );
}

#[test]
fn values_of_an_enum_are_some_and_different() {
    for (values, column) in [
        ("[1, 1.0]", 20),
        ("[10, 1e1]", 21),
        (r#"[{ "a": 1, "b": [2] }, { "b": [2.0], "a": 1 }]"#, 39),
    ] {
        refuses(
            &format!(r#""x": {{ "enum": {values} }}"#),
            &[&format!(
                "guest.json:2:{column}: duplicate value in `enum`, so Kratos does not start; remove it"
            )],
        );
    }
    let report = common::errors_of(&common::with_traits(r#""x": { "enum": [] }"#));
    assert!(
        report.contains(
            "guest.json:2:16: `enum` is empty, so Kratos does not start; write at least one value"
        ),
        "{report}"
    );
}

#[test]
fn a_reference_is_a_uri() {
    refuses(
        r##""x": { "$ref": "#/properties/traits/properties/%y" }, "%y": {}"##,
        &[
            "guest.json:2:16: `$ref` is \"#/properties/traits/properties/%y\", which is not a valid URI, so Kratos does not start; write a `%` as `%25`, and a host and port without placeholders",
        ],
    );
}

/// Comparing each with all others took half a minute here.
#[test]
fn thousands_of_values_are_looked_at_once() {
    let values: Vec<String> = (0..8000).map(|n| n.to_string()).collect();
    let started = std::time::Instant::now();
    common::rust_of(&common::with_traits(&format!(
        r#""x": {{ "enum": [{}] }}"#,
        values.join(",")
    )));
    assert!(started.elapsed() < std::time::Duration::from_secs(5));
}
