//! Each rule of the local check, with the id that Kratos gives to its problem (seen on v1.3.1, v26.2.0 and later).

use crate::check_rows::{DRAFT_04, LEFT_TO_KRATOS, ROWS, Row};
use kratos_traits::{RawTraits, Schema, TraitPath};
use serde_json::{Value, json};

const DRAFT_04_NAME: &str = "http://json-schema.org/draft-04/schema#";

/// The problems of `{"x": value}` when `rules` rule `x`: path and id.
fn problems(rules: &str, value: &str) -> Vec<(String, u64)> {
    problems_under(None, rules, value)
}

fn problems_under(draft: Option<&str>, rules: &str, value: &str) -> Vec<(String, u64)> {
    let traits = format!(r#"{{"type":"object","properties":{{"x":{rules}}}}}"#);
    judged(draft, &traits, &format!(r#"{{"x":{value}}}"#))
}

fn of_traits(rules: &Value, document: &Value) -> Vec<(String, u64)> {
    judged(None, &rules.to_string(), &document.to_string())
}

fn judged(draft: Option<&str>, traits: &str, document: &str) -> Vec<(String, u64)> {
    let draft = draft.map_or_else(String::new, |draft| format!(r#""$schema":"{draft}","#));
    let schema = Schema::new(
        "test.schema.json",
        format!(r#"{{{draft}"properties":{{"traits":{traits}}}}}"#).leak(),
        &[],
        0,
    );
    let found = schema.check(&RawTraits::parse(document).unwrap());
    found
        .iter()
        .map(|problem| (as_is(&problem.path), problem.message.id.0))
        .collect()
}

/// The path with the names that `Display` hides.
fn as_is(path: &TraitPath) -> String {
    TraitPath::new(path.segments()).to_string()
}

fn each_row_holds(rows: &[Row], draft: Option<&str>) {
    for row in rows {
        let rules = row.rules;
        let path = match row.at {
            "" => "x".to_owned(),
            at => format!("x.{at}"),
        };
        for good in row.good {
            assert_eq!(problems_under(draft, rules, good), [], "{rules} {good}");
        }
        for bad in row.bad {
            let found = problems_under(draft, rules, bad);
            // An array may have one problem several times.
            assert!(!found.is_empty(), "{rules} {bad}");
            let first = &found[0];
            assert_eq!(*first, (path.clone(), row.id), "{rules} {bad}");
        }
    }
}

#[test]
fn each_rule_has_its_id() {
    each_row_holds(ROWS, None);
}

#[test]
fn each_rule_of_draft_04_has_its_id() {
    each_row_holds(DRAFT_04, Some(DRAFT_04_NAME));
    assert_eq!(
        problems(r#"{"const":"a"}"#, r#""b""#),
        [("x".to_owned(), 4000029)]
    );
}

/// `serde_json::Value` holds neither number.
#[test]
fn one_odd_value_does_not_hide_the_rest() {
    let rules = json!({ "properties": { "y": { "type": "string" } } });
    for odd in ["1e999", "-1e999", r#""\ud800""#] {
        let document = format!(r#"{{"x":{odd},"a":[{odd}],"y":1}}"#);
        let found = judged(None, &rules.to_string(), &document);
        assert_eq!(found, [("y".to_owned(), 4000026)], "{odd}");
    }
    let found = problems(r#"{"minimum":1e999,"type":"string"}"#, "1");
    assert_eq!(found, [("x".to_owned(), 4000026)]);
}

#[test]
fn rules_hold_for_their_kind_only() {
    let rules = r#"{"minLength":9,"maximum":0,"maxItems":0,"required":["a"],"pattern":"^$"}"#;
    for value in ["null", "true"] {
        assert_eq!(problems(rules, value), [], "{value}");
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
    let here = [
        (r##"{"$ref":"#/definitions/x","type":"string"}"##, "1"),
        ("true", "1"),
    ];
    for (rules, value) in here.iter().chain(LEFT_TO_KRATOS) {
        assert_eq!(problems(rules, value), [], "{rules} {value}");
    }
}
