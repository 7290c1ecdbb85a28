//! Files that are no JSON, or no JSON that all readers agree about.

mod common;

use common::said;

#[track_caller]
fn not_json(text: &str, place: &str, what: &str) {
    assert_eq!(
        said(text),
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
    assert_eq!(
        said("{\n\"title\": \"\\ud800\" }"),
        "guest.json:2:10: not JSON: this string has half of a surrogate pair (`\\uD800` to `\\uDFFF`); write the character itself"
    );
}

#[test]
fn a_byte_order_mark() {
    assert_eq!(
        said("\u{feff}{}"),
        "guest.json:1:1: the file starts with a byte order mark, which Kratos does not read; save it as UTF-8 without one"
    );
}

#[test]
fn a_key_twice() {
    let schema = r#"{ "properties": { "traits": { "type": "object", "properties": {
  "a": { "title": "x", "type": "string", "title": "y", "\u0074itle": "z" }
} } } }"#;
    let message = "the key \"title\" is here again later, and Kratos takes that one; keep one of them [duplicate-key]";
    assert_eq!(
        common::warned(schema),
        [
            format!("guest.json:2:10: warning: {message}"),
            format!("guest.json:2:42: warning: {message}"),
        ]
    );
    assert!(common::written(schema).contains("    /// z\n"));
}

#[test]
fn deep_nesting_is_said_and_no_stack_overflow() {
    let deep = |depth| format!("{}1{}", "[".repeat(depth), "]".repeat(depth));
    let too_deep = "guest.json:1:65: nested deeper than 64 levels; write a flatter schema";
    assert_eq!(said(&deep(64)), too_deep);
    assert_eq!(said(&deep(1_000_000)), too_deep);
    assert!(said(&deep(63)).contains("an identity schema is an object"));
}

#[test]
fn no_part_of_a_schema_makes_it_panic() {
    let whole = include_str!("../../schemas/customer.schema.json");
    for end in 0..whole.trim_end().len() {
        said(&whole[..end]);
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
