//! What Kratos asks of the document and of `traits`.

use crate::common::{self, errors_of, refuses, warnings_of};

const WRITE: &str =
    r#"write `"traits": { "type": "object", "properties": { … } }` inside `"properties"`"#;

#[test]
fn not_an_object() {
    for (text, kind) in [
        ("1", "a number"),
        ("[]", "an array"),
        ("null", "null"),
        ("\"x\"", "a string"),
        ("true", "a boolean"),
    ] {
        assert_eq!(
            errors_of(text),
            format!(
                "guest.json:1:1: expected an object as the identity schema, found {kind}; {WRITE}"
            )
        );
    }
}

#[test]
fn no_traits() {
    let none = |place| {
        format!(
            "guest.json:{place}: `properties.traits`, the schema of the traits, is missing; {WRITE}"
        )
    };
    assert_eq!(errors_of("\n{}"), none("2:1"));
    assert_eq!(errors_of(r#"{ "properties": {} }"#), none("1:3"));
    assert_eq!(
        errors_of(r#"{ "properties": { "email": {} } }"#),
        none("1:3")
    );
    assert_eq!(
        errors_of(r#"{ "properties": { "trait": {} } }"#),
        "guest.json:1:19: `properties.traits` is missing, but there is \"trait\"; did you mean `traits`?"
    );
    assert_eq!(
        errors_of(r#"{ "properties": 5 }"#),
        "guest.json:1:17: `properties` is a number; write an object"
    );
}

#[test]
fn traits_that_are_no_object_schema() {
    assert_eq!(
        errors_of(r#"{ "properties": { "traits": true } }"#),
        format!("guest.json:1:19: `traits` is a boolean, but Kratos requires an object; {WRITE}")
    );
    assert_eq!(
        errors_of(r#"{ "properties": { "traits": 5 } }"#),
        "guest.json:1:29: `traits` is a number; write a schema, which is an object"
    );
    assert_eq!(
        errors_of(r##"{ "properties": { "traits": { "$ref": "#/definitions/x" } } }"##),
        "guest.json:1:19: `traits` is a `$ref`, and Kratos does not start unless `properties` with at least one trait is beside it; write the schema of the traits here\n\
         guest.json:1:29: the `$ref` of `traits` does not lead to an object, so every settings flow fails; write `\"type\": \"object\"` there\n\
         guest.json:1:39: there is no schema at \"#/definitions/x\", so Kratos fails at the first identity; write a path to a schema, such as \"#/definitions/name\""
    );
    assert_eq!(
        errors_of(
            r##"{ "$ref": "#/definitions/x", "properties": { "traits": { "type": "object", "properties": { "x": {} } } } }"##
        ),
        format!(
            "guest.json:1:1: the root is a `$ref`, so Kratos ignores everything beside it; {WRITE}"
        )
    );
}

#[test]
fn the_type_of_traits() {
    assert_eq!(
        errors_of(r#"{ "properties": { "traits": { "properties": { "x": {} } } } }"#),
        "guest.json:1:19: `traits` has no `type`, so every settings flow fails; write `\"type\": \"object\"` in it"
    );
    for ty in [r#""string""#, r#"["object"]"#] {
        assert_eq!(
            errors_of(&format!(
                r#"{{ "properties": {{ "traits": {{ "type": {ty}, "properties": {{ "x": {{}} }} }} }} }}"#
            )),
            "guest.json:1:39: the `type` of `traits` is not \"object\", so Kratos does not start; write \"object\""
        );
    }
}

#[test]
fn no_trait_at_all() {
    assert_eq!(
        errors_of(r#"{ "properties": { "traits": { "type": "object" } } }"#),
        "guest.json:1:19: `traits` has no `properties`, so Kratos does not start; write `\"properties\": { … }` with at least one trait"
    );
    assert_eq!(
        errors_of(r#"{ "properties": { "traits": { "type": "object", "properties": {} } } }"#),
        "guest.json:1:49: the `properties` of `traits` are empty, so Kratos does not start; write at least one trait"
    );
}

#[test]
fn a_trait_that_is_a_boolean() {
    refuses(
        r#""additionalProperties": false"#,
        &[
            r#"guest.json:2:25: the trait "additionalProperties" is a boolean, so Kratos does not start; if you mean the keyword, move it out of `properties`"#,
        ],
    );
    refuses(
        r#""x": true, "y": {}, "z": false"#,
        &[
            r#"guest.json:2:6: the trait "x" is a boolean, so Kratos does not start; write an object, such as `{ "type": "string" }`"#,
            r#"guest.json:2:26: the trait "z" is a boolean, so Kratos does not start; write an object, such as `{ "type": "string" }`"#,
        ],
    );
}

#[test]
fn drafts() {
    let with = |draft| {
        format!(
            r#"{{ "$schema": {draft}, "properties": {{ "traits": {{ "type": "object", "properties": {{ "x": {{}} }} }} }} }}"#
        )
    };
    for draft in [
        "http://json-schema.org/schema#",
        "http://json-schema.org/draft-07/schema#",
        "http://json-schema.org/draft-06/schema#",
        "http://json-schema.org/draft-04/schema#",
    ] {
        common::rust_of(&with(format!("{draft:?}")));
    }
    for draft in [
        "http://json-schema.org/draft-07/schema",
        "https://json-schema.org/draft/2020-12/schema",
    ] {
        assert_eq!(
            errors_of(&with(format!("{draft:?}"))),
            format!(
                "guest.json:1:14: Kratos does not know the `$schema` {draft:?} and fails at the first identity; write \"http://json-schema.org/draft-07/schema#\""
            )
        );
    }
    assert_eq!(
        errors_of(&with(String::from("7"))),
        "guest.json:1:14: `$schema` is a number; write a string"
    );
}

#[test]
fn a_root_that_refuses_every_identity() {
    let traits = r#""properties": { "traits": { "type": "object", "properties": { "x": {} } } }"#;
    assert_eq!(
        warnings_of(&format!(r#"{{ "type": "array", {traits} }}"#)),
        [
            "guest.json:1:11: warning: the root's `type` refuses every identity; write \"object\" [unsatisfiable-schema]"
        ]
    );
    assert_eq!(
        warnings_of(&format!(r#"{{ "required": ["traits", "x"], {traits} }}"#)),
        [
            "guest.json:1:26: warning: the root requires \"x\", but Kratos checks only `traits` here and so refuses every identity; write `\"required\": [\"traits\"]`, and require traits inside `traits` [unsatisfiable-schema]"
        ]
    );
    assert!(warnings_of(&format!(r#"{{ "allOf": [{{}}], {traits} }}"#)).is_empty());
}

#[test]
fn all_problems_at_once_and_in_the_order_of_the_file() {
    assert_eq!(
        errors_of(
            r#"{
  "$schema": "draft-07",
  "required": ["email"],
  "properties": {
    "traits": {
      "properties": {
        "email": {
          "format": "uri",
          "ory.sh/kratos": { "verification": { "via": "mail" } }
        },
        "e-mail": { "$ref": "x.json" },
        "e.mail": { "type": "text" }
      }
    }
  },
  "title": 7
}"#
        ),
        [
            "guest.json:2:14: Kratos does not know the `$schema` \"draft-07\" and fails at the first identity; write \"http://json-schema.org/draft-07/schema#\"",
            "guest.json:5:5: `traits` has no `type`, so every settings flow fails; write `\"type\": \"object\"` in it",
            "guest.json:8:21: `format` is \"uri\" beside `ory.sh/kratos.verification`, so Kratos does not start; write one of `email`, `tel`, `date`, `time`, `date-time`, `no-validate`",
            "guest.json:9:55: `ory.sh/kratos.verification.via` is \"mail\"; did you mean `email`?",
            "guest.json:11:29: `$ref` leads to the file \"x.json\", which cannot be read; write the path of a file, relative to this file or to its `$id`",
            "guest.json:12:9: \"e.mail\" and \"e-mail\" (at guest.json:11:9) would have the same field name `e_mail`; rename one of them in the schema, or with `rename = \"…\"` under `[schemas.guest.traits.\"e\\\\.mail\"]` in kratos-traits.toml, or `Options::rename(\"e\\\\.mail\", …)`",
            "guest.json:12:29: `type` is \"text\"; write one of `object`, `array`, `string`, `integer`, `number`, `boolean`, `null`",
            "guest.json:16:12: `title` is a number; write a string",
        ]
        .join("\n")
    );
}

#[test]
fn more_than_kratos_reads() {
    let of = |bytes: usize| {
        let schema = common::with_traits(r#""x": { "description": "" }"#);
        let more = "d".repeat(bytes - schema.len());
        schema.replace("\"\"", &format!("\"{more}\""))
    };
    common::rust_of(&of(1 << 20));
    common::rust_of(&(of(1 << 20) + "\n"));
    assert_eq!(
        errors_of(&of((1 << 20) + 1)),
        "guest.json:1:1: the schema has 1048577 bytes, and Kratos does not start with more than 1048576; shorten it"
    );
}

#[test]
fn what_draft_04_does_not_have() {
    let with = |members: &str| {
        format!(
            r#"{{ "$schema": "http://json-schema.org/draft-04/schema#", "definitions": {{ {members} }},
            "properties": {{ "traits": {{ "type": "object", "properties": {{ "x": {{}} }} }} }} }}"#
        )
    };
    for (definition, what) in [
        (
            r#"{ "exclusiveMinimum": 3 }"#,
            "a number as `exclusiveMinimum`",
        ),
        (r#"{ "required": [] }"#, "an empty `required`"),
        ("true", "a boolean as a schema"),
        (
            r#"{ "allOf": [{ "items": [true] }] }"#,
            "a boolean as a schema",
        ),
        (
            r#"{ "dependencies": { "a": [] } }"#,
            "an empty list in `dependencies`",
        ),
    ] {
        let text = errors_of(&with(&format!(r#""a": {definition}"#)));
        assert!(text.starts_with("guest.json:1:"), "{text}");
        let expected =
            format!(": {what} is not valid in draft-04, so Kratos fails at the first identity;");
        assert_eq!(text.matches(&expected).count(), 1, "{text}");
    }
    for definition in [
        r#"{ "additionalProperties": false, "additionalItems": true }"#,
        r#"{ "const": true, "contains": true, "dependencies": { "a": ["b"], "c": {} } }"#,
    ] {
        common::rust_of(&with(&format!(r#""a": {definition}"#)));
    }
}
