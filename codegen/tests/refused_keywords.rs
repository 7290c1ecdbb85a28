//! Keywords whose value is wrong, keywords that have no type yet, and names that collide.

mod common;

use common::refuses;

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
        common::said(
            r#"{ "definitions": { "x": { "minLength": "1", "anyOf": [{ "title": 1 }] } },
"properties": { "old": { "type": "strng" }, "traits": { "type": "object", "properties": { "x": {} } } } }"#
        ),
        "guest.json:1:40: `minLength` is a string; write a whole number from 0\n\
         guest.json:1:66: `title` is a number; write a string\n\
         guest.json:2:34: `type` is \"strng\"; did you mean `string`?"
    );
}

#[test]
fn required() {
    refused(
        r#""type": "object", "properties": { "y": {} }, "required": ["y", "z"]"#,
        71,
        "`required` names \"z\", which `properties` does not declare; write it there, such as `\"z\": { \"type\": \"string\" }`",
    );
    refused(
        r#""type": "object", "required": ["z"]"#,
        39,
        "`required` names \"z\", which `properties` does not declare; write it there, such as `\"z\": { \"type\": \"string\" }`",
    );
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
}

#[test]
fn members_without_a_type() {
    for (keyword, value, ty) in [
        ("properties", "{ \"y\": {} }", "object"),
        ("required", "[]", "object"),
        ("additionalProperties", "false", "object"),
        ("items", "{}", "array"),
    ] {
        refused(
            &format!("\"{keyword}\": {value}"),
            8,
            &format!(
                "`{keyword}` without a `type`, and then Kratos's settings flow does not see what is in it; write `\"type\": \"{ty}\"` beside it"
            ),
        );
    }
}

#[test]
fn not_supported_yet() {
    for (keyword, value, hint) in [
        (
            "$ref",
            "\"#/definitions/y\"",
            "write the schema that it points to here",
        ),
        ("allOf", "[{}]", "write its rules directly in this schema"),
        (
            "anyOf",
            "[{}]",
            "write the one schema that all of them allow",
        ),
        (
            "oneOf",
            "[{}]",
            "write the one schema that all of them allow",
        ),
        (
            "not",
            "{}",
            "leave the rule out, and check it in the application",
        ),
        (
            "if",
            "{}",
            "leave the rule out, and check it in the application",
        ),
        (
            "then",
            "{}",
            "leave the rule out, and check it in the application",
        ),
        (
            "else",
            "{}",
            "leave the rule out, and check it in the application",
        ),
        (
            "contains",
            "{}",
            "leave the rule out, and check it in the application",
        ),
        (
            "propertyNames",
            "{}",
            "leave the rule out, and check it in the application",
        ),
        (
            "dependencies",
            "{ \"y\": [\"z\"], \"a\": {} }",
            "leave the rule out, and check it in the application",
        ),
        (
            "patternProperties",
            "{ \"y\": {} }",
            "write `additionalProperties` with one schema for all members",
        ),
    ] {
        refused(
            &format!("\"{keyword}\": {value}"),
            8,
            &format!("`{keyword}` is not supported yet; {hint}"),
        );
    }
    refuses(
        "\"x\": { \"allOf\": [] }",
        &[
            "guest.json:2:8: `allOf` is not supported yet; write its rules directly in this schema",
            "guest.json:2:17: `allOf` is empty; write at least one schema",
        ],
    );
    refused(
        r#""type": ["string", "null"]"#,
        16,
        "a list in `type` is not supported yet; write one type, such as \"string\"",
    );
    refused(
        r#""type": "array", "items": [{}]"#,
        34,
        "a list in `items` is not supported yet; write one schema for all items",
    );
    refused(
        r#""type": "array", "items": true"#,
        34,
        "a schema that is only `true` is not supported yet; write `{}`, which means the same",
    );
    refused(
        r#""type": "object", "properties": { "y": false }"#,
        47,
        "a schema that is only `false` is not supported yet; leave this out and close the object with `\"additionalProperties\": false`",
    );
}

#[test]
fn only_strings_in_enum_and_scalars_in_const() {
    for (value, place, kind) in [
        ("[\"a\", 1]", 22, "a number"),
        ("[null]", 17, "null"),
        ("[{}, true]", 17, "an object"),
    ] {
        refused(
            &format!("\"enum\": {value}"),
            place,
            &format!("`enum` with {kind} is not supported yet; write strings only"),
        );
    }
    refused(
        r#""enum": []"#,
        16,
        "`enum` is empty, so no value is valid; write at least one string",
    );
    refused(
        r#""const": [1]"#,
        17,
        "`const` with an array is not supported yet; write a string, a number or a boolean",
    );
    refused(
        r#""const": 9223372036854775808"#,
        17,
        "`const` is 9223372036854775808, which does not fit the Rust type `i64`; write a smaller number",
    );
}

#[test]
fn a_type_that_contradicts_the_written_values() {
    refused(
        r#""type": "integer", "enum": ["1"]"#,
        16,
        "this `type` allows no value of the `enum` beside it, which has a string; write one type for both",
    );
    refused(
        r#""type": "string", "const": true"#,
        16,
        "this `type` allows no value of the `const` beside it, which has a boolean; write one type for both",
    );
    refused(
        r#""type": "integer", "const": 1.5"#,
        16,
        "this `type` allows no value of the `const` beside it, which has a number; write one type for both",
    );
}

#[test]
fn names_that_collide() {
    refuses(
        "\"firstName\": {},\n\"first-name\": {}",
        &[
            "guest.json:3:1: \"first-name\" and \"firstName\" (at 2:1) would both be the field `first_name`; rename one of them, here or with the setting `rename`",
        ],
    );
    refuses(
        "\"type\": {},\n\"type_\": {}",
        &[
            "guest.json:3:1: \"type_\" and \"type\" (at 2:1) would both be the field `type_`; rename one of them, here or with the setting `rename`",
        ],
    );
    refused(
        r#""enum": ["on-hold", "on hold"]"#,
        28,
        "\"on hold\" and \"on-hold\" (at 2:17) would both be the variant `OnHold`; rename one of them, here or with the setting `rename_value`",
    );
    refuses(
        "\"a\": { \"type\": \"object\", \"properties\": { \"b\": { \"enum\": [\"x\"] } } },\n\"a_b\": { \"enum\": [\"x\"] }",
        &[
            "guest.json:3:1: \"a_b\" and \"a.b\" (at 2:42) would both be the type `GuestTraitsAB`; rename one of them, here or with the setting `rename_type`",
        ],
    );
    refused(
        r#""type": "object", "properties": { "additionalProperties": {} }"#,
        42,
        "\"additionalProperties\" would be the field `additional_properties`, which holds the members that the schema does not name; rename it, here or with the setting `rename`, or write `\"additionalProperties\": false` in its object",
    );
    common::written(&common::with_traits("\"additional_properties\": {}"));
}
