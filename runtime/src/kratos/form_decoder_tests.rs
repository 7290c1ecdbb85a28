//! The documents that are sent, and the problems that Kratos reports: a row for each rule of its decoder.

use super::form_decoder::complete;
use crate::traits::facts::Schema;
use crate::traits::raw::RawTraits;

/// The text that is sent for `document`, and the problems.
fn completed(traits: &str, document: &str) -> (String, Vec<String>) {
    let json = format!(
        r##"{{"definitions":{{"addr":{{"type":"object","required":["city"]}}}},
        "properties":{{"traits":{{"type":"object",{traits}}}}}}}"##
    );
    let schema = Schema::new("test.schema.json", json.leak(), &[], 0);
    let document = RawTraits::parse(document).unwrap();
    let document = document.json();
    let completed = complete(&schema, &document);
    let problems = completed
        .problems
        .iter()
        .map(|one| format!("{} {}", one.path, one.message.id.0));
    (completed.sent.text().into_owned(), problems.collect())
}

#[test]
fn sent_documents_and_expected_problems() {
    for (traits, document, sent, problems) in [
        // Required objects.
        (
            r#""required":["x"],"properties":{"x":{"type":"object"}}"#,
            "{}",
            r#"{"x":{}}"#,
            "",
        ),
        (
            r#""required":["x"],"properties":{"x":{"type":"object","required":["y","z"],"properties":{"y":{"type":"object"}}}}"#,
            "{}",
            r#"{"x":{"y":{}}}"#,
            "x.z 4000002",
        ),
        // Optional objects are inserted only by Kratos.
        (r#""properties":{"x":{"type":"object"}}"#, "{}", "{}", ""),
        (
            r#""properties":{"x":{"type":"object","minProperties":1}}"#,
            "{}",
            "{}",
            "x 4000001",
        ),
        (
            r#""properties":{"x":{"type":"object","required":["city"]}}"#,
            "{}",
            "{}",
            "x.city 4000002",
        ),
        (
            r#""minProperties":1,"properties":{"x":{"type":"object"}}"#,
            "{}",
            "{}",
            "",
        ),
        (
            r#""properties":{"x":{"type":"object","required":["y"],"properties":{"y":{"type":"object"}}}}"#,
            "{}",
            "{}",
            "",
        ),
        (
            r#""properties":{"x":{"const":{"a":1}}}"#,
            "{}",
            "{}",
            "x 4000030",
        ),
        (
            r#""required":["x"],"properties":{"x":{"type":["object","null"]}}"#,
            "{}",
            "{}",
            "x 4000002",
        ),
        (
            r#""required":["x"],"allOf":[{"properties":{"x":{"type":"object"}}}]"#,
            "{}",
            "{}",
            "",
        ),
        (
            r##""required":["x"],"properties":{"x":{"$ref":"#/definitions/addr"}}"##,
            "{}",
            r#"{"x":{}}"#,
            "",
        ),
        (
            r##""required":["x"],"properties":{"x":{"$ref":"elsewhere.json"}}"##,
            "{}",
            "{}",
            "",
        ),
        (
            r##""required":["x"],"properties":{"x":{"$ref":"#by-name"}}"##,
            "{}",
            "{}",
            "",
        ),
        (
            r#""required":["x"],"properties":{"x":{"type":["object","null","string"],"default":null}}"#,
            "{}",
            "{}",
            "x 4000002",
        ),
        (
            r##""maxProperties":0,"properties":{"x":{"$ref":"#by-name"}}"##,
            "{}",
            "{}",
            "",
        ),
        // Arrays.
        (
            r#""properties":{"x":{"type":"array","items":{"type":"object"}}}"#,
            "{}",
            r#"{"x":[]}"#,
            "",
        ),
        (
            r##""properties":{"x":{"type":"array","items":{"$ref":"#/definitions/addr"}}}"##,
            "{}",
            r#"{"x":[]}"#,
            "",
        ),
        (
            r#""properties":{"x":{"type":"array","items":{"type":"string"}}}"#,
            "{}",
            "{}",
            "",
        ),
        (
            r#""properties":{"o":{"type":"object","properties":{"x":{"type":"array","items":{"type":"object"}}}}}"#,
            "{}",
            r#"{"o":{"x":[]}}"#,
            "",
        ),
        // Present values stay; a scalar on the way to an object does not.
        (
            r#""properties":{"x":{"type":"object"}}"#,
            r#"{"x":null}"#,
            r#"{"x":null}"#,
            "x 4000026",
        ),
        (
            r#""properties":{"x":{"type":"object","properties":{"y":{"type":"object"}}}}"#,
            r#"{"x":5}"#,
            r#"{"x":5}"#,
            "x 4000001",
        ),
        (
            r#""properties":{"x":{"type":["object","null"],"properties":{"y":{"type":"object"}}}}"#,
            r#"{"x":null}"#,
            r#"{"x":null}"#,
            "",
        ),
        (
            r#""properties":{"x":{"properties":{"y":{"type":"object"}}}}"#,
            r#"{"x":["a"]}"#,
            r#"{"x":["a"]}"#,
            "x 4000001",
        ),
        // In branches.
        (
            r#""properties":{"x":{"allOf":[{"type":"array","items":{"type":"object"}}]}}"#,
            "{}",
            r#"{"x":[]}"#,
            "",
        ),
    ] {
        let (is_sent, found) = completed(traits, document);
        assert_eq!(
            (is_sent.as_str(), &*found.join(",")),
            (sent, problems),
            "{traits}"
        );
    }
}
