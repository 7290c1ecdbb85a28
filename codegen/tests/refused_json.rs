//! Files that are no JSON, or no JSON that all readers agree about.

use crate::common::{self, errors_of};

#[track_caller]
fn not_json(text: &str, place: &str, what: &str) {
    assert_eq!(
        errors_of(text),
        format!(
            "guest.json:{place}: not JSON: {what}; write the identity schema as one JSON object"
        )
    );
}

#[test]
fn syntax() {
    not_json("", "1:1", "EOF while parsing a value");
    not_json("<html>", "1:1", "expected value");
    not_json("{\"properties\": {", "1:16", "EOF while parsing an object");
    not_json("{\n  \"a\": 1,\n}", "3:1", "a comma after the last item");
    not_json("[1, ]", "1:5", "a comma after the last item");
    not_json("{} x", "1:4", "trailing characters");
    not_json("{'a': 1}", "1:2", "key must be a string");
    not_json(
        "{\"a\": \"b\n\"}",
        "1:8",
        "control character (\\u0000-\\u001F) found while parsing a string",
    );
}

#[test]
fn columns_count_characters() {
    not_json("{\"größe€\": x}", "1:12", "expected value");
}

#[test]
fn half_a_surrogate_pair() {
    // Go reads U+FFFD, in the schema that is embedded too.
    let rust = common::rust_of(&common::with_traits(
        r#""a\ud800": { "enum": ["\udc00\ud83d\ude00"] }"#,
    ));
    for text in [
        "#[serde(rename = \"a\u{fffd}\", default",
        "#[serde(rename = \"\u{fffd}\u{1f600}\")]",
        r#""a\ufffd": { "enum": ["\ufffd\ud83d\ude00"] }"#,
    ] {
        assert!(rust.contains(text), "{text}\n{rust}");
    }
}

#[test]
fn a_byte_order_mark() {
    assert_eq!(
        errors_of("\u{feff}{}"),
        "guest.json:1:1: the file starts with a byte order mark, which Kratos does not read; save it as UTF-8 without one"
    );
}

#[test]
fn a_key_twice() {
    let schema = r#"{ "properties": { "traits": { "type": "object", "properties": {
  "a": { "title": "x", "type": "string", "title": "y", "\u0074itle": "z" }
} } } }"#;
    let message =
        "duplicate key \"title\", and Kratos uses the last one; keep one of them [duplicate-key]";
    assert_eq!(
        common::warnings_of(schema),
        [
            format!("guest.json:2:10: warning: {message}"),
            format!("guest.json:2:42: warning: {message}"),
        ]
    );
    assert!(common::rust_of(schema).contains("    /// z\n"));
}

#[test]
fn deep_nesting_is_said_and_no_stack_overflow() {
    let deep = |depth| format!("{}1{}", "[".repeat(depth), "]".repeat(depth));
    let too_deep = "guest.json:1:2001: nested deeper than 2000 levels; write a flatter schema";
    assert_eq!(errors_of(&deep(2_001)), too_deep);
    assert_eq!(errors_of(&deep(1_000_000)), too_deep);
    assert!(errors_of(&deep(2_000)).contains("expected an object as the identity schema"));
    // All that reads schemas, down to the bottom.
    let (begin, end) = (r#"{ "type": "object", "properties": { "x": "#, "} }");
    for (begin, end) in [
        (begin, end),
        (r#"{ "type": "array", "items": "#, "}"),
        (r#"{ "not": "#, "}"),
        (r#"{ "allOf": ["#, "] }"),
        (r#"{ "default": { "a": ["#, "] } }"),
    ] {
        let levels = 1_990 / begin.matches(['{', '[']).count();
        let inside = r#"{ "type": "string", "format": "phone" }"#;
        let x = format!("{}{inside}{}", begin.repeat(levels), end.repeat(levels));
        let traits = common::with_traits(&format!(r#""top": {x}"#));
        let warnings = common::warnings_of(&traits);
        let is_seen = warnings.iter().any(|one| one.contains("unknown-format"));
        assert_eq!(is_seen, !begin.contains("default"), "{begin}");
    }
    // From `$ref` to `$ref`.
    let links: Vec<String> = (0..3_000)
        .map(|at| {
            format!(
                "\"d{at}\": {{ \"allOf\": [{{ \"$ref\": \"#/definitions/d{}\" }}] }}",
                at + 1
            )
        })
        .collect();
    let schema = format!(
        "{{ \"definitions\": {{ {}, \"d3000\": {{ \"type\": \"boolean\" }} }}, \"properties\": {{ \"traits\": {{ \"type\": \"object\", \"properties\": {{ \"x\": {{ \"$ref\": \"#/definitions/d0\" }} }} }} }} }}",
        links.join(", ")
    );
    assert!(common::rust_of(&schema).contains("pub x: Option<bool>,"));
}

#[test]
fn no_part_of_a_schema_makes_it_panic() {
    let whole = include_str!("../../schemas/customer.schema.json");
    for end in 0..whole.trim_end().len() {
        errors_of(&whole[..end]);
    }
    for (start, _) in whole.match_indices(['{', '[', '"', ':', ',']) {
        for with in ["", "{", "]", "\"", "1", "null", "[]"] {
            let broken = format!("{}{with}{}", &whole[..start], &whole[start + 1..]);
            let _ = kratos_traits_codegen::generate(
                "guest",
                "guest.json",
                &broken,
                &kratos_traits_codegen::Options::new(),
            );
        }
    }
}
