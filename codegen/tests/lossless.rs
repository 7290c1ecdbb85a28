//! Documents that a schema allows are read and written again unchanged.

use std::env;

use crate::common::trial::Trial;
use kratos_traits_codegen::{Options, generate};

/// The schemas of traits, and documents that Kratos takes for them.
const CASES: [(&str, &[&str]); 18] = [
    (
        r#"{ "type": "object", "properties": { "a": { "type": ["string", "null"] }, "b": {} }, "additionalProperties": false }"#,
        &[
            "{}",
            r#"{"a":null}"#,
            r#"{"a":"x"}"#,
            r#"{"b":null}"#,
            r#"{"b":{"c":[1,null]}}"#,
        ],
    ),
    (
        r#"{ "type": "object", "properties": { "a": { "type": ["integer", "null"] } }, "required": ["a", "b"] }"#,
        &[r#"{"a":null,"b":null}"#, r#"{"a":1,"b":false,"c":null}"#],
    ),
    (
        r#"{ "type": "object", "properties": { "a": { "type": ["object", "null"], "properties": { "b": { "type": "string" } } } } }"#,
        &[
            "{}",
            r#"{"a":null}"#,
            r#"{"a":{}}"#,
            r#"{"a":{"b":"x","c":null}}"#,
        ],
    ),
    (
        r#"{ "type": "object", "properties": { "a": { "type": "object", "properties": { "b": { "type": "string" } } } } }"#,
        &["{}", r#"{"a":{}}"#, r#"{"a":{"b":""}}"#],
    ),
    (
        r#"{ "type": "object", "properties": { "a": { "enum": ["x", 1, null, true, {"k": []}] }, "b": { "enum": ["", "-", "_", null] } } }"#,
        &[
            r#"{"a":"x","b":""}"#,
            r#"{"a":1,"b":"-"}"#,
            r#"{"a":null,"b":null}"#,
            r#"{"a":{"k":[]},"b":"_"}"#,
        ],
    ),
    (
        r#"{ "type": "object", "properties": { "a": { "anyOf": [{ "type": "string" }, { "type": "integer" }, { "type": "array" }] } } }"#,
        &[r#"{"a":"x"}"#, r#"{"a":1}"#, r#"{"a":[null]}"#],
    ),
    (
        r#"{ "type": "object", "properties": { "a": { "oneOf": [{ "type": "null" }, { "type": "object", "properties": { "b": { "const": 1 } }, "required": ["b"] }] } } }"#,
        &["{}", r#"{"a":null}"#, r#"{"a":{"b":1,"c":"x"}}"#],
    ),
    (
        r#"{ "type": "object", "properties": { "a": { "type": "object" } }, "anyOf": [
            { "properties": { "kind": { "const": "p" }, "a": { "properties": { "x": { "type": "string" } } } }, "required": ["kind"] },
            { "properties": { "kind": { "type": "integer" } } } ] }"#,
        &[
            r#"{"kind":"p","a":{"x":"y"}}"#,
            r#"{"kind":3,"a":{"x":5}}"#,
            "{}",
        ],
    ),
    (
        r#"{ "type": "object", "properties": { "a": { "allOf": [{ "type": "object", "properties": { "b": { "type": "string" } } }, { "properties": { "c": { "type": "boolean" } }, "required": ["c"] }] } } }"#,
        &[
            "{}",
            r#"{"a":{"c":true}}"#,
            r#"{"a":{"b":"x","c":false,"d":null}}"#,
        ],
    ),
    (
        r#"{ "type": "object", "properties": { "a": { "type": "array", "items": [{ "type": "string" }, { "type": "integer" }], "additionalItems": { "type": "null" } } } }"#,
        &[r#"{"a":[]}"#, r#"{"a":["x",1,null]}"#],
    ),
    (
        r#"{ "type": "object", "properties": { "a": { "type": "object", "patternProperties": { "^x": { "type": ["integer", "null"] } }, "additionalProperties": false },
            "b": { "type": "object", "patternProperties": { "^x": { "type": "integer" } }, "properties": { "xa": {}, "c": { "type": "string" } } } } }"#,
        &[
            r#"{"a":{"x1":1,"x2":null}}"#,
            r#"{"b":{"xa":1,"xb":2,"c":"y","d":[]}}"#,
        ],
    ),
    (
        r#"{ "type": "object", "properties": { "a": { "type": "string" } }, "additionalProperties": { "type": "array", "items": { "type": ["string", "null"] } } }"#,
        &[r#"{"a":"x","b":["y",null],"c":[]}"#],
    ),
    (
        r##"{ "type": "object", "properties": { "a": { "$ref": "#/definitions/node" } } }"##,
        &[
            "{}",
            r#"{"a":{}}"#,
            r#"{"a":{"v":1,"next":{"v":2,"next":{"all":[{"maybe":null},{}]}},"maybe":{"maybe":null}}}"#,
        ],
    ),
    (
        r#"{ "type": "object", "properties": { "a": { "properties": { "b": { "type": "string" } } }, "c": { "type": "number" } } }"#,
        &[
            r#"{"a":{"b":"x"}}"#,
            r#"{"a":5,"c":1.5}"#,
            r#"{"a":null,"c":7}"#,
        ],
    ),
    (
        r#"{ "type": "object", "properties": { "a": { "type": "object", "properties": { "b": { "type": ["boolean", "null"] } }, "required": ["b"] } } }"#,
        &["{}", r#"{"a":{"b":null}}"#, r#"{"a":{"b":true}}"#],
    ),
    (
        r##"{ "$ref": "#/definitions/traits", "properties": { "ignored": {} } }"##,
        &[r#"{"a":"x"}"#, r#"{"a":"x","b":1}"#],
    ),
    (
        r#"{ "type": "object", "properties": {
            "u": { "type": "integer", "minimum": 0, "maximum": 18446744073709551615 },
            "w": { "type": ["integer", "null"], "maximum": 1e19 },
            "v": { "type": "integer", "maximum": 1e30 },
            "e": { "enum": [18446744073709551615, -9223372036854775808] },
            "c": { "const": 9223372036854775808 },
            "all": { "type": "array", "items": { "type": "integer", "exclusiveMinimum": 9223372036854775807 } } } }"#,
        &[
            r#"{"u":18446744073709551615,"w":-9223372036854775808,"v":-9223372036854775808,"e":18446744073709551615}"#,
            r#"{"u":0,"w":null,"v":18446744073709551615,"e":-9223372036854775808}"#,
            r#"{"v":1e30,"c":9223372036854775808,"all":[9223372036854775808,18446744073709551615]}"#,
        ],
    ),
    (
        r#"{ "type": "object", "properties": { "type": { "type": "string" }, "Self": {}, "": { "type": ["null"] }, "x.y": { "type": "object", "properties": { "z/": {} }, "additionalProperties": false } } }"#,
        &[r#"{"type":"a","Self":null,"":null,"x.y":{"z/":0}}"#],
    ),
];

const DEFINITIONS: &str = r##"{
    "node": { "type": "object", "properties": {
        "v": { "type": "integer" },
        "next": { "$ref": "#/definitions/node" },
        "maybe": { "anyOf": [{ "$ref": "#/definitions/node" }, { "type": "null" }] },
        "all": { "type": "array", "items": { "$ref": "#/definitions/node" } }
    }, "additionalProperties": false },
    "traits": { "type": "object", "properties": { "a": { "type": "string" } }, "required": ["a"] }
}"##;

/// An object with more members than are read at once, and a document with all of them and one more.
fn wide() -> (String, String) {
    let kinds = [
        (r#"{ "type": "string" }"#, r#""x""#),
        (r#"{ "type": ["integer", "null"] }"#, "null"),
        (
            r#"{ "type": "array", "items": { "type": "boolean" } }"#,
            "[true]",
        ),
        (
            r#"{ "type": "object", "properties": { "a": {} }, "required": ["a"] }"#,
            r#"{"a":1}"#,
        ),
    ];
    let (mut properties, mut members) = (Vec::new(), Vec::new());
    for (index, (schema, value)) in kinds.iter().cycle().take(100).enumerate() {
        properties.push(format!(r#""m{index}": {schema}"#));
        members.push(format!(r#""m{index}":{value}"#));
    }
    let schema = format!(
        r#"{{ "type": "object", "properties": {{ {} }} }}"#,
        properties.join(", ")
    );
    (schema, format!("{{{},\"other\":0}}", members.join(",")))
}

#[expect(clippy::print_stderr, reason = "a check that did not run says so")]
#[test]
fn documents_round_trip_unchanged() {
    let mut trial = Trial::default();
    let (wide, full) = wide();
    let documents = ["{}", &full];
    for (traits, documents) in CASES.into_iter().chain([(&*wide, &documents[..])]) {
        let schema = format!(
            r#"{{ "definitions": {DEFINITIONS}, "properties": {{ "traits": {traits} }} }}"#
        );
        let generated = generate("trial", "case.json", &schema, &Options::new());
        let rust = generated.map(|generated| generated.rust);
        let module = trial.module(traits, rust.expect("Kratos takes it, and so do we"));
        for document in documents {
            trial.document(module, String::from(*document));
        }
    }
    if env::var_os("KRATOS_TRAITS_COMPILE").is_none() {
        eprintln!("NOT CHECKED: this takes a minute; ask for it with KRATOS_TRAITS_COMPILE=1");
        return;
    }
    trial.passes("lossless");
}
