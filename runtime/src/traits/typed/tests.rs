//! Documents read as hand-written types, of the form of generated ones.

use std::collections::BTreeMap;

use serde::{Deserialize, Deserializer, Serialize};
use serde_json::value::RawValue;

use super::{Survey, read, written};
use crate::JsonValue;
use crate::json::Json;
use crate::json::path::TraitPath;

#[derive(Debug, Default, PartialEq, Serialize, Deserialize)]
struct Person {
    email: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    age: Option<i64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    discount: Option<f64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    name: Option<Name>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    gifts: Option<Vec<Gift>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    accounts: Option<BTreeMap<String, Gift>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    any: Option<JsonValue>,
    #[serde(
        default,
        deserialize_with = "present",
        skip_serializing_if = "Option::is_none"
    )]
    nullable: Option<Option<Name>>,
}

fn present<'de, D: Deserializer<'de>, T: Deserialize<'de>>(d: D) -> Result<Option<T>, D::Error> {
    T::deserialize(d).map(Some)
}

#[derive(Debug, Default, PartialEq, Serialize, Deserialize)]
struct Name {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    first: Option<String>,
    #[serde(
        rename = "given-name",
        default,
        skip_serializing_if = "Option::is_none"
    )]
    given_name: Option<String>,
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct Gift {
    recipient: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    kind: Option<Kind>,
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
enum Kind {
    #[serde(rename = "private")]
    Private,
    Weighed(u8),
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct Open<V> {
    email: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    nickname: Option<String>,
    #[serde(flatten)]
    additional_properties: BTreeMap<String, V>,
}

fn json(text: &str) -> Json<'static> {
    let raw = RawValue::from_string(text.to_owned()).unwrap();
    Json::read(Box::leak(raw))
}

/// The problem of a document: its path, as it is and as it is shown, and the text.
fn problem<T: serde::de::DeserializeOwned>(text: &str) -> [String; 3] {
    let mismatch = read::<T>(&json(text)).err().unwrap();
    let problem = mismatch.problem(&[]);
    let shown = problem.path.to_string();
    let path = TraitPath::new(problem.path.segments()).to_string();
    [path, shown, problem.message.text]
}

#[test]
fn values_are_read_as_serde_json_reads_them() {
    for text in [
        r#"{"email":"a"}"#,
        r#"{"email":"a\n\u00e4","age":-3,"discount":0.25,"name":{"first":"Ada"},"nullable":null}"#,
        r#"{"email":"a","discount":7,"gifts":[{"recipient":"b","kind":"private"},{"recipient":"c"}]}"#,
        r#"{"email":"a","gifts":[{"recipient":"b","kind":{"Weighed":3}}],"accounts":{"x":{"recipient":"d"}}}"#,
        r#"{"email":"a","any":{"b":[1,-1,1.5,18446744073709551615,1e20,null,true,"\ud83d\ude00"]}}"#,
        r#"{"email":"a","name":null,"age":null,"nullable":{"given-name":"x"}}"#,
    ] {
        let by_serde: Person = serde_json::from_str(text).unwrap();
        assert_eq!(read::<Person>(&json(text)).unwrap(), by_serde, "{text}");
    }
    let text = r#"{"email":"a","x":1,"y":{"z":[2]}}"#;
    let by_serde: Open<JsonValue> = serde_json::from_str(text).unwrap();
    assert_eq!(read::<Open<JsonValue>>(&json(text)).unwrap(), by_serde);
}

#[test]
fn other_types() {
    #[derive(Debug, Deserialize)]
    struct Wide {
        #[serde(default)]
        signed: i128,
        #[serde(default)]
        unsigned: u128,
        #[serde(default)]
        by_number: BTreeMap<u16, char>,
        #[serde(default)]
        pair: (bool, f32),
        #[serde(default)]
        boxed: Option<Box<Wide>>,
        #[serde(default)]
        text: Option<Box<RawValue>>,
        #[serde(default)]
        #[allow(dead_code, reason = "read only")]
        unit: (),
        #[serde(default)]
        one_of: Option<OneOf>,
    }
    #[derive(Debug, PartialEq, Deserialize)]
    #[serde(untagged)]
    enum OneOf {
        Number(i64),
        Text(String),
    }
    let wide: Wide = read(&json(
        r#"{"signed":-170141183460469231731687303715884105728,"unsigned":18446744073709551616,
            "by_number":{"7":"x"},"pair":[true,0.1],"boxed":{"unit":null,"one_of":"t"},"one_of":-0}"#,
    ))
    .unwrap();
    assert_eq!((wide.signed, wide.unsigned), (i128::MIN, 1 << 64));
    assert_eq!(wide.by_number[&7], 'x');
    assert_eq!(wide.pair, (true, 0.1));
    assert_eq!(wide.one_of, Some(OneOf::Number(0)));
    assert_eq!(wide.boxed.unwrap().one_of, Some(OneOf::Text("t".into())));
    let exact: Wide = read(&json(r#"{"text":{"a":1.10,"a":2}}"#)).unwrap();
    assert_eq!(exact.text.unwrap().get(), r#"{"a":1.10,"a":2}"#);
    assert_eq!(
        problem::<Wide>(r#"{"by_number":{"70000":"x"}}"#)[1],
        "by_number.*"
    );
}

#[test]
fn the_last_of_duplicate_members_counts() {
    let person: Person = read(&json(
        r#"{"email":"a","age":"none","name":{"first":"A","x":1},"email":"b","\u0061ge":4,"name":{"first":"B"}}"#,
    ))
    .unwrap();
    assert_eq!((person.email.as_str(), person.age), ("b", Some(4)));
    assert_eq!(person.name.unwrap().first.unwrap(), "B");
    let open: Open<i64> = read(&json(r#"{"n":"x","email":"a","n":1}"#)).unwrap();
    assert_eq!(open.additional_properties["n"], 1);
}

#[test]
fn half_a_surrogate_pair_is_a_replacement_character() {
    let text = r#"{"email":"a\ud800","any":["\udc00"],"accounts":{"\ud800":{"recipient":"r"}}}"#;
    let person: Person = read(&json(text)).unwrap();
    assert_eq!(person.email, "a\u{fffd}");
    assert_eq!(person.any.unwrap()[0], "\u{fffd}");
    assert!(person.accounts.unwrap().contains_key("\u{fffd}"));
}

#[test]
fn a_mismatch_has_its_path_and_message() {
    let text = |value: &str| format!(r#"{{"email":"a",{value}}}"#);
    for (value, path, message) in [
        (
            r#""age":99999999999999999999"#,
            "age",
            "the number is beyond what the Rust type of this trait can hold",
        ),
        (r#""age":1.0"#, "age", "expected integer, but got number"),
        (r#""age":1e2"#, "age", "expected integer, but got number"),
        (
            r#""age":"secret""#,
            "age",
            "expected integer, but got string",
        ),
        (
            r#""discount":1e999"#,
            "discount",
            "the number is beyond what the Rust type of this trait can hold",
        ),
        (
            r#""discount":true"#,
            "discount",
            "expected number, but got boolean",
        ),
        (
            r#""any":[{"b":-1e999}]"#,
            "any.0.b",
            "the number is beyond what the Rust type of this trait can hold",
        ),
        (
            r#""name":"secret""#,
            "name",
            "expected object, but got string",
        ),
        (
            r#""name":["secret"]"#,
            "name",
            "expected object, but got array",
        ),
        (
            r#""name":{"given-name":7}"#,
            "name.given-name",
            "expected string, but got number",
        ),
        (
            r#""nullable":{"first":[]}"#,
            "nullable.first",
            "expected string, but got array",
        ),
        (r#""gifts":{}"#, "gifts", "expected array, but got object"),
        (
            r#""gifts":[{"recipient":"r"},{}]"#,
            "gifts.1.recipient",
            "Property recipient is missing.",
        ),
        (
            r#""gifts":[{"recipient":"r","kind":"secret"}]"#,
            "gifts.0.kind",
            "the value does not fit the Rust type of this trait",
        ),
        (
            r#""gifts":[{"recipient":"r","kind":{"Weighed":256}}]"#,
            "gifts.0.kind.Weighed",
            "the number is beyond what the Rust type of this trait can hold",
        ),
    ] {
        let [found, shown, text] = problem::<Person>(&text(value));
        let unlisted = path.starts_with("any");
        assert_eq!((found.as_str(), text.as_str()), (path, message), "{value}");
        assert_eq!(shown, if unlisted { "any.0.*" } else { path });
        assert!(!text.contains("secret"));
    }
    let key = problem::<Person>(r#"{"email":"a","accounts":{"me":{"recipient":3}}}"#);
    assert_eq!(key[..2], ["accounts.me.recipient", "accounts.*.recipient"]);
    assert_eq!(problem::<Person>("{}")[0], "email");
    assert_eq!(problem::<Person>("[]")[2], "expected object, but got array");
}

#[test]
fn the_member_that_a_flattened_map_refuses_is_named() {
    let open = problem::<Open<i64>>(r#"{"a":1,"email":"e","b":2,"c":"secret","d":4,"e":"secret"}"#);
    assert_eq!(open[0], "c");
    assert_eq!(
        open[1..],
        [
            "*",
            "the Rust type of this trait does not accept this kind of value: string"
        ]
    );
    let own = problem::<Open<i64>>(r#"{"a":1,"b":"secret"}"#);
    assert_eq!(own[0], "email");
    let inner = problem::<Open<Gift>>(r#"{"email":"e","a":{"recipient":"r"},"b":{"x":1}}"#);
    assert_eq!(inner[0], "b");
    let first = problem::<Open<u8>>(r#"{"email":"e","a":256}"#);
    assert_eq!(first[0], "a");
    let nested =
        problem::<Open<Open<u8>>>(r#"{"email":"e","a":{"email":"e"},"b":{"email":"e","c":""}}"#);
    assert_eq!(nested[0], "b");
    let deep = problem::<Pair<Open<u8>>>(
        r#"{"pair":[{"email":"e"},{"nickname":"n","z":1,"a":"secret","email":"e"}],"pair_of":""}"#,
    );
    assert_eq!(deep[..2], ["pair.1.a", "pair.1.*"]);
    let missing = problem::<Open<Gift>>(r#"{"recipient":{"recipient":"r"},"a":{},"email":"e"}"#);
    assert_eq!(missing[0], "a");
}

#[derive(Debug, Deserialize)]
struct Pair<T> {
    #[allow(dead_code, reason = "read only")]
    pair: Vec<T>,
}

/// The members that the type does not name, at any depth.
fn unnamed(survey: &Survey) -> Vec<String> {
    survey
        .unnamed()
        .map(|path| TraitPath::new(path).to_string())
        .collect()
}

#[test]
fn no_member_is_blamed_for_another_that_is_missing() {
    #[derive(Debug, Deserialize)]
    struct Holder {
        #[serde(default, deserialize_with = "crate::generated::read::unless_empty")]
        gift: Option<Gift>,
    }
    let read = read::<Holder>(&json(r#"{"gift":{"note":"x"}}"#));
    assert_eq!(read.unwrap_err().path(), ["gift"]);
    let read = self::read::<Holder>(&json(r#"{"gift":{"recipient":"a","note":"x"}}"#));
    assert_eq!(read.unwrap().gift.unwrap().recipient, "a");
}

#[test]
fn members_that_the_type_does_not_name() {
    let deep = format!("{}{}", "[".repeat(9_999), "]".repeat(9_999));
    let text = format!(
        r#"{{"email":"a","name":{{"first":null,"x":{{"y":1}}}},"gifts":[{{"recipient":"r","n":1}}],"any":{{"z":{{"w":1}}}},
            "accounts":{{"k":{{"recipient":"r","m":1}}}},"nullable":{{"o":1}},"deep":{deep}}}"#
    );
    let survey = Survey::of::<Person>(&json(&text)).unwrap();
    let expected = ["accounts.k.m", "deep", "gifts.0.n", "name.x", "nullable.o"];
    assert_eq!(unnamed(&survey), expected);
    let names = |path: &str| survey.names(TraitPath::parse(path).segments());
    assert!(!names("name.x.y"));
    assert!(names("name.first"));
    assert!(names("any.z.w"));
}

#[test]
fn a_flattened_map_names_all_members_but_those_that_its_values_ignore() {
    let text =
        r#"{"email":"a","k":{"recipient":"r","n":1,"kind":"private"},"l":{"recipient":"s"}}"#;
    let survey = Survey::of::<Open<Gift>>(&json(text)).unwrap();
    assert_eq!(unnamed(&survey), ["k.n"]);
    let survey = Survey::of::<Open<JsonValue>>(&json(text)).unwrap();
    assert!(unnamed(&survey).is_empty());
}

#[test]
fn one_value_of_a_document_that_does_not_fit() {
    let text = json(
        r#"{"age":"x","name":{"first":"Ada","y":1},"gifts":[{"recipient":"r","n":1}],"nullable":{"first":5}}"#,
    );
    assert!(Survey::of::<Person>(&text).is_none());
    let at = |path: &str| Survey::at::<Person>(&text, TraitPath::parse(path).segments());
    assert_eq!(unnamed(&at("name")), ["name.y"]);
    assert_eq!(unnamed(&at("gifts.0")), ["gifts.0.n"]);
    let is_unknown = |survey: &Survey, path: &str| {
        let inside = TraitPath::parse(path).child("z");
        let is_unknown = survey.is_unknown(inside.segments());
        assert_eq!(survey.names(inside.segments()), !is_unknown);
        is_unknown
    };
    assert!(!is_unknown(&at("name"), "name"));
    assert!(is_unknown(&at("nullable"), "nullable"));
    let open = Survey::at::<Open<Gift>>(&text, &["name".into()]);
    assert!(is_unknown(&open, "name"));
}

#[test]
fn a_named_member_is_written_once() {
    let open = Open {
        email: "own".into(),
        nickname: None,
        additional_properties: BTreeMap::from([
            ("email".to_owned(), JsonValue::from("other")),
            ("x".to_owned(), JsonValue::from(1)),
        ]),
    };
    let text = written(&open).unwrap();
    assert_eq!(text.get(), r#"{"email":"own","x":1}"#);
    let nested = written(&[Some(&open)]).unwrap();
    assert_eq!(nested.get(), r#"[{"email":"own","x":1}]"#);
    let plain = written(&BTreeMap::from([("a", 1.5)])).unwrap();
    assert_eq!(plain.get(), r#"{"a":1.5}"#);
}

#[test]
fn a_deep_value_is_named_and_a_wide_one_is_read() {
    let deep = format!(
        r#"{{"email":"a","any":{}1{}}}"#,
        "[".repeat(200),
        "]".repeat(200)
    );
    let [path, _, text] = problem::<Person>(&deep);
    assert!(path.starts_with("any.0.0"));
    assert_eq!(text, "the value is nested too deeply");
    let wide: Vec<String> = (0..15_000).map(|n| format!(r#""m{n}":{n}"#)).collect();
    let wide = format!(r#"{{"email":"a",{},"last":"x"}}"#, wide.join(","));
    assert_eq!(problem::<Open<i64>>(&wide)[0], "last");
}

#[test]
fn any_json_is_read_as_serde_json_reads_it() {
    crate::json::random_tests::each(&crate::json::random_tests::any_json(), |any| {
        let text = any.text();
        let by_serde: Result<JsonValue, _> = serde_json::from_str(&text);
        let read = read::<JsonValue>(&json(&text));
        // An integer, which serde_json reads as an `f64`.
        let has_negative_zero = text.contains("-0");
        if let (Ok(by_serde), false) = (by_serde, has_negative_zero) {
            proptest::prop_assert_eq!(read.unwrap(), by_serde);
        }
        Ok(())
    });
}
