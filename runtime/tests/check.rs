//! Each rule of the local check, with the id that Kratos gives to its problem (seen on v1.3.1, v26.2.0 and later).

#![allow(
    clippy::unwrap_used,
    reason = "a test that cannot go on says so this way"
)]

use kratos_traits::check::check;
use kratos_traits::{RawTraits, Schema};
use serde_json::{Value, json};

/// The problems of `{"x": value}` when `rules` rule `x`: path and id.
fn problems(rules: &Value, value: &Value) -> Vec<(String, u64)> {
    let traits = json!({ "type": "object", "properties": { "x": rules } });
    of_traits(&traits, &json!({ "x": value }))
}

fn of_traits(rules: &Value, document: &Value) -> Vec<(String, u64)> {
    let json = json!({ "properties": { "traits": rules } }).to_string();
    let schema = Schema {
        source: "test.schema.json",
        json: Box::leak(json.into_boxed_str()),
        traits: &[],
    };
    let raw = RawTraits::parse(&document.to_string()).unwrap();
    let found = check(&schema, &raw);
    found
        .iter()
        .map(|problem| (problem.path.to_string(), problem.message.id.0))
        .collect()
}

#[test]
fn each_rule_has_its_id() {
    for (rules, good, bad, id) in [
        (json!({"type": "string"}), json!("4"), json!(4), 4000026),
        (json!({"type": "integer"}), json!(4), json!(4.0), 4000026),
        (json!({"type": "integer"}), json!(4), json!("4"), 4000026),
        (json!({"type": "number"}), json!(4), json!(true), 4000026),
        (
            json!({"type": ["string", "null"]}),
            json!(null),
            json!(1),
            4000026,
        ),
        (json!({"const": "a"}), json!("a"), json!("b"), 4000029),
        (json!({"const": 1}), json!(1.0), json!(2), 4000029),
        (
            json!({"const": {"a": 1}}),
            json!({"a": 1}),
            json!({"a": 2}),
            4000030,
        ),
        (json!({"enum": ["a", "b"]}), json!("b"), json!("c"), 4000001),
        (json!({"minLength": 2}), json!("äö"), json!("ä"), 4000003),
        (json!({"maxLength": 2}), json!("äö"), json!("äöü"), 4000017),
        (json!({"pattern": "^a"}), json!("ab"), json!("ba"), 4000004),
        (
            json!({"format": "email"}),
            json!("a@b"),
            json!("a"),
            4000040,
        ),
        (
            json!({"format": "tel"}),
            json!("+4930123456"),
            json!("1"),
            4000041,
        ),
        (json!({"minimum": 3}), json!(3), json!(2.5), 4000018),
        (json!({"exclusiveMinimum": 3}), json!(4), json!(3), 4000019),
        (json!({"maximum": 3}), json!(3.0), json!(4), 4000020),
        (
            json!({"exclusiveMaximum": 3}),
            json!(2.9),
            json!(3),
            4000021,
        ),
        (json!({"multipleOf": 3}), json!(6), json!(7), 4000022),
        (json!({"maxItems": 1}), json!([1]), json!([1, 2]), 4000023),
        (json!({"minItems": 1}), json!([1]), json!([]), 4000024),
        (
            json!({"uniqueItems": true}),
            json!([1, 2]),
            json!([1, 2, 1.0]),
            4000025,
        ),
        (
            json!({"minProperties": 1}),
            json!({"a": 1}),
            json!({}),
            4000001,
        ),
        (
            json!({"maxProperties": 1}),
            json!({"a": 1}),
            json!({"a": 1, "b": 2}),
            4000001,
        ),
        (
            json!({"additionalProperties": false}),
            json!({}),
            json!({"a": 1}),
            4000001,
        ),
    ] {
        assert_eq!(problems(&rules, &good), [], "{rules} {good}");
        assert_eq!(
            problems(&rules, &bad),
            [("x".to_owned(), id)],
            "{rules} {bad}"
        );
    }
}

#[test]
fn rules_hold_for_their_kind_only() {
    let rules = json!({
        "minLength": 9, "maximum": 0, "maxItems": 0, "required": ["a"], "pattern": "^$"
    });
    for value in [json!(null), json!(true)] {
        assert_eq!(problems(&rules, &value), [], "{value}");
    }
}

#[test]
fn problems_stand_where_they_are() {
    let rules = json!({
        "type": "object",
        "required": ["name", "tags"],
        "additionalProperties": false,
        "properties": {
            "name": { "type": "object", "required": ["first"], "properties": { "first": {} } },
            "tags": { "type": "array", "items": { "type": "string" } },
            "map": { "type": "object", "additionalProperties": { "type": "boolean" } }
        }
    });
    let document = json!({ "name": {}, "tags": ["a", 1], "map": { "k.1": 0 }, "extra": 1 });
    let mut found = of_traits(&rules, &document);
    found.sort();
    let expected = [
        ("", 4000001),
        ("map.k\\.1", 4000026),
        ("name.first", 4000002),
        ("tags.1", 4000026),
    ];
    assert_eq!(found, expected.map(|(path, id)| (path.to_owned(), id)));
    let found = of_traits(&rules, &json!({}));
    assert_eq!(
        found,
        [("name", 4000002), ("tags", 4000002)].map(|(path, id)| (path.to_owned(), id))
    );
}

#[test]
fn what_is_not_judged_here_refuses_nothing() {
    for (rules, value) in [
        (
            json!({"$ref": "#/definitions/x", "type": "string"}),
            json!(1),
        ),
        (json!({"anyOf": [{"type": "string"}]}), json!(1)),
        (
            json!({"patternProperties": {"^a": {}}, "additionalProperties": false}),
            json!({"a": 1}),
        ),
        (json!({"format": "uuid"}), json!("x")),
        (json!({"type": "integer"}), json!(1e300)),
        (json!(true), json!(1)),
    ] {
        assert_eq!(problems(&rules, &value), [], "{rules} {value}");
    }
}
