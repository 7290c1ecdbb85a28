//! `unsatisfiable-schema`: rules that no value satisfies together are found, and only these.

use crate::common::{warnings_of, with_traits};
use proptest::prelude::{Just, Strategy, any, prop_oneof};
use proptest::sample::{select, subsequence};
use proptest::strategy::ValueTree as _;
use proptest::test_runner::{Config, TestRunner};
use serde_json::{Map, Value, json};

/// The warnings of this name about the member `x` with this schema, without the name.
fn warnings_about_x(schema: &str) -> Vec<String> {
    let warnings = warnings_of(&with_traits(&format!("\"x\": {schema}"))).into_iter();
    warnings
        .filter_map(|one| {
            let (_, message) = one.split_once(" warning: ")?;
            let message = message.strip_suffix(" [unsatisfiable-schema]")?;
            Some(message.to_owned())
        })
        .collect()
}

#[test]
fn an_optional_member_that_is_never_valid() {
    for (schema, reason) in [
        (
            r#"{ "type": "string", "minLength": 5, "maxLength": 3 }"#,
            "`minLength` is 5 and `maxLength` 3",
        ),
        (
            r#"{ "type": "array", "minItems": 2, "maxItems": 1 }"#,
            "`minItems` is 2 and `maxItems` 1",
        ),
        (
            r#"{ "type": "array", "items": [{}, {}], "additionalItems": false, "minItems": 3 }"#,
            "`minItems` is 3, but the list in `items` is shorter and closed",
        ),
        (
            r#"{ "type": "array", "items": false, "minItems": 1 }"#,
            "`minItems` is 1, but `items` allows none",
        ),
        (
            r#"{ "type": "array", "items": { "type": "string", "const": 1 }, "minItems": 1 }"#,
            "no item is valid (no value satisfies the rules)",
        ),
        (
            r#"{ "type": "object", "minProperties": 2, "maxProperties": 1 }"#,
            "`minProperties` is 2 and `maxProperties` 1",
        ),
        (
            r#"{ "type": "object", "required": ["a", "b"], "maxProperties": 1 }"#,
            "`required` has 2 names and `maxProperties` is 1",
        ),
        (
            r#"{ "type": "object", "properties": { "a": {} }, "additionalProperties": false, "minProperties": 2 }"#,
            "`minProperties` is 2, but it allows at most 1",
        ),
        (
            r#"{ "type": "number", "minimum": 1.5, "exclusiveMaximum": 1.50 }"#,
            "`minimum` is 1.5 and `exclusiveMaximum` 1.50",
        ),
        (
            r#"{ "type": "integer", "allOf": [{ "minimum": 1 }, { "maximum": -1e3 }] }"#,
            "`minimum` is 1 and `maximum` -1e3",
        ),
        (
            r#"{ "type": "integer", "exclusiveMinimum": 1, "exclusiveMaximum": 2 }"#,
            "there is no whole number between the limits",
        ),
        (
            r#"{ "type": ["string", "number"], "minLength": 1, "maxLength": 0, "minimum": 1, "maximum": 0 }"#,
            "`minLength` is 1 and `maxLength` 0, `minimum` is 1 and `maximum` 0",
        ),
        (
            r#"{ "enum": ["abc", 5], "maxLength": 2, "maximum": 4 }"#,
            "no value in `enum` or `const` satisfies the other rules",
        ),
        (
            r#"{ "enum": [1, 2], "const": 3 }"#,
            "no value in `enum` or `const` satisfies the other rules",
        ),
    ] {
        let so = ", so it can never be present; correct one of the rules";
        assert_eq!(
            warnings_about_x(schema),
            [format!("{reason}{so}")],
            "{schema}"
        );
    }
}

#[test]
fn a_required_member_makes_its_object_invalid() {
    let inner = r#"{ "type": "object", "properties": { "y": { "type": "string", "minLength": 2, "maxLength": 1 } }, "required": ["y"] }"#;
    assert_eq!(
        warnings_about_x(inner),
        [
            "it requires \"y\", which is never valid, so it can never be present; correct one of the rules",
            "`minLength` is 2 and `maxLength` 1, and it is required, so no value of the object around it is valid; correct one of the rules",
        ]
    );
    assert_eq!(
        warnings_about_x(
            r#"{ "type": "object", "properties": { "y": false }, "required": ["y"] }"#
        )
        .len(),
        2
    );
    // The member is optional.
    assert_eq!(
        warnings_about_x(r#"{ "type": "object", "properties": { "y": false } }"#),
        [""; 0]
    );
    let traits = r#"{ "properties": { "traits": { "type": "object", "properties": { "x": {} }, "minProperties": 2, "maxProperties": 1 } } }"#;
    assert!(warnings_of(traits)[0].contains("no identity is valid"));
}

#[test]
fn null_and_other_kinds_remain_valid() {
    for schema in [
        r#"{ "type": ["string", "null"], "minLength": 5, "maxLength": 3 }"#,
        r#"{ "minLength": 5, "maxLength": 3 }"#,
        r#"{ "type": "number", "minimum": 1.2, "maximum": 1.8 }"#,
        r#"{ "type": "string", "anyOf": [{ "minLength": 5 }, {}], "maxLength": 3 }"#,
        r#"{ "type": "integer", "minimum": 12345678901234567891, "maximum": 12345678901234567890 }"#,
        r#"{ "type": "array", "items": [{}], "minItems": 2 }"#,
        r#"{ "enum": [1], "const": 1.0 }"#,
        r#"{ "enum": [[1]], "const": [1.0] }"#,
    ] {
        assert_eq!(warnings_about_x(schema), [""; 0], "{schema}");
    }
}

#[test]
fn formats_and_addresses_accept_only_strings() {
    let format = "so it can never be present; correct one of the rules";
    for (schema, reason) in [
        (
            r#"{ "type": "integer", "format": "date" }"#,
            "the format \"date\" accepts only strings",
        ),
        (
            r#"{ "type": "integer", "ory.sh/kratos": { "recovery": { "via": "email" } } }"#,
            "`recovery` by e-mail accepts only strings",
        ),
        (
            r#"{ "type": "boolean", "ory.sh/kratos": { "verification": { "via": "email" } } }"#,
            "`verification` by e-mail accepts only strings",
        ),
        (
            r#"{ "type": "string", "ory.sh/kratos": { "verification": { "via": "sms" } } }"#,
            "`verification` by SMS has no `format` (write \"tel\")",
        ),
    ] {
        assert_eq!(
            warnings_about_x(schema),
            [format!("{reason}, {format}")],
            "{schema}"
        );
    }
    for schema in [
        r#"{ "format": "date" }"#,
        r#"{ "type": ["integer", "string"], "format": "date" }"#,
        r#"{ "type": "integer", "format": "no-validate" }"#,
        r#"{ "type": "integer", "format": "uuid" }"#,
        r#"{ "type": "string", "format": "tel", "ory.sh/kratos": { "verification": { "via": "sms" } } }"#,
    ] {
        assert_eq!(warnings_about_x(schema), [""; 0], "{schema}");
    }
}

/// Values of every kind, around the bounds of [`rules`].
fn values() -> Vec<Value> {
    let mut values = vec![Value::Null, json!(true)];
    values.extend((-8..=12).map(|quarters| json!(f64::from(quarters) / 4.0)));
    values.extend((-2..=3).map(|whole| json!(whole)));
    values.extend((0..4).map(|length| json!("é".repeat(length))));
    values.extend((0..4).map(|length| json!(vec![1; length])));
    values.extend((0..4).map(|length| {
        let names = ["a", "b", "c"].iter().take(length);
        Value::Object(names.map(|name| (String::from(*name), json!(1))).collect())
    }));
    values
}

/// `values` without the `1` beside a `1.0`.
fn different(mut values: Vec<Value>) -> Vec<Value> {
    let text = |value: &Value| {
        value
            .as_f64()
            .map_or(value.to_string(), |one| one.to_string())
    };
    values.sort_by_key(text);
    values.dedup_by_key(|value| text(value));
    values
}

fn rules() -> impl Strategy<Value = Map<String, Value>> {
    let kinds = [
        "null", "boolean", "integer", "number", "string", "array", "object",
    ];
    let bound = || select(vec![json!(-1), json!(0), json!(1), json!(1.5), json!(2)]);
    let count = || (0..4_u32).prop_map(|count| json!(count));
    let numbers = prop_oneof![
        (Just("minimum"), bound()),
        (Just("maximum"), bound()),
        (Just("exclusiveMinimum"), bound()),
        (Just("exclusiveMaximum"), bound()),
    ];
    let counts = select(vec![
        "minLength",
        "maxLength",
        "minItems",
        "maxItems",
        "minProperties",
        "maxProperties",
    ]);
    let rule = prop_oneof![
        4 => subsequence(kinds.to_vec(), 1..3).prop_map(|all| ("type", json!(all))),
        4 => numbers,
        4 => (counts, count()),
        1 => subsequence(values(), 1..4).prop_map(|all| ("enum", json!(different(all)))),
        1 => select(values()).prop_map(|one| ("const", one)),
        1 => Just(("items", json!([{}, {}]))),
        1 => Just(("additionalItems", json!(false))),
        1 => Just(("additionalProperties", json!(false))),
        1 => subsequence(vec!["a", "b"], 0..3).prop_map(|all| ("required", json!(all))),
        1 => any::<bool>().prop_map(|all| ("properties", json!({ "a": all, "b": true }))),
    ];
    let rules = proptest::collection::vec(rule, 1..6);
    rules.prop_map(|rules| {
        let rules = rules.into_iter();
        rules.map(|(key, rule)| (String::from(key), rule)).collect()
    })
}

fn obeys(value: &Value, rules: &Map<String, Value>) -> bool {
    let at_most = |length: usize, rule: &Value| length as u64 <= rule.as_u64().unwrap_or(0);
    let at_least = |length: usize, rule: &Value| length as u64 >= rule.as_u64().unwrap_or(0);
    let same = |other: &Value| match (value.as_f64(), other.as_f64()) {
        (Some(one), Some(other)) => one.total_cmp(&other).is_eq(),
        _ => value == other,
    };
    let list = |rule: &Value| rule.as_array().cloned().unwrap_or_default();
    rules
        .iter()
        .all(|(keyword, rule)| match (&**keyword, value) {
            ("type", _) => list(rule).iter().any(|kind| match kind.as_str() {
                Some("null") => value.is_null(),
                Some("boolean") => value.is_boolean(),
                Some("integer") => value.is_i64(),
                Some("number") => value.is_number(),
                Some("string") => value.is_string(),
                Some("array") => value.is_array(),
                _ => value.is_object(),
            }),
            ("enum", _) => list(rule).iter().any(same),
            ("const", _) => same(rule),
            ("minimum", Value::Number(_)) => value.as_f64() >= rule.as_f64(),
            ("maximum", Value::Number(_)) => value.as_f64() <= rule.as_f64(),
            ("exclusiveMinimum", Value::Number(_)) => value.as_f64() > rule.as_f64(),
            ("exclusiveMaximum", Value::Number(_)) => value.as_f64() < rule.as_f64(),
            ("minLength", Value::String(text)) => at_least(text.chars().count(), rule),
            ("maxLength", Value::String(text)) => at_most(text.chars().count(), rule),
            ("minItems", Value::Array(items)) => at_least(items.len(), rule),
            ("maxItems", Value::Array(items)) => at_most(items.len(), rule),
            ("additionalItems", Value::Array(items)) => {
                items.len() <= 2 || !rules.contains_key("items")
            }
            ("minProperties", Value::Object(members)) => at_least(members.len(), rule),
            ("maxProperties", Value::Object(members)) => at_most(members.len(), rule),
            ("required", Value::Object(members)) => list(rule)
                .iter()
                .all(|name| members.contains_key(name.as_str().unwrap_or_default())),
            ("properties", Value::Object(members)) => {
                rule["a"] != json!(false) || !members.contains_key("a")
            }
            ("additionalProperties", Value::Object(members)) => members
                .keys()
                .all(|name| rules.contains_key("properties") && name != "c"),
            _ => true,
        })
}

#[test]
fn no_warning_if_a_value_is_valid() {
    let values = values();
    let config = Config {
        failure_persistence: None,
        ..Config::default()
    };
    let (mut never, mut no_value) = (0, 0);
    let mut runner = TestRunner::new(config);
    for _ in 0..4_000 {
        let rules = rules().new_tree(&mut runner).expect("rules").current();
        let schema = Value::Object(rules.clone()).to_string();
        let valid = values.iter().find(|value| obeys(value, &rules));
        let warnings = warnings_about_x(&schema);
        let is_reported = warnings
            .iter()
            .any(|one| one.contains("so it can never be present"));
        assert!(
            !is_reported || valid.is_none(),
            "{schema} takes {valid:?}: {warnings:?}"
        );
        never += usize::from(is_reported);
        no_value += usize::from(valid.is_none());
    }
    // Most of what nothing obeys is found.
    assert!(never * 10 > no_value * 9, "{never} of {no_value}");
}
