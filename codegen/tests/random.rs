//! Random schemas never cause a panic, and accepted ones compile.

use std::env;

use crate::common::oracle::{Dice, allows, guess};
use crate::common::trial::Trial;
use kratos_traits_codegen::{Options, generate};
use proptest::collection::vec;
use proptest::prelude::{BoxedStrategy, Just, Strategy, any, prop_oneof};
use proptest::sample::{Index, select};
use proptest::strategy::ValueTree;
use proptest::test_runner::{Config, RngAlgorithm, TestCaseResult, TestRunner};
use serde_json::{Map, Value, json};

const NAMES: [&str; 18] = [
    "a",
    "b",
    "name",
    "type",
    "Self",
    "x.y",
    "first name",
    "2fa",
    "größe",
    "名前",
    "",
    "-",
    "additional_properties",
    "self",
    "_",
    "fn evil() {}",
    "*/",
    "\u{202e}\"\\\n",
];

const TEXTS: [&str; 8] = [
    "",
    "a",
    "A-b",
    "a_b",
    "Self",
    "\"; fn evil() {} //",
    "*/ {} #[evil]",
    "\u{202e}\u{0}\r\n$evil",
];

fn name() -> impl Strategy<Value = String> {
    select(&NAMES[..]).prop_map(String::from)
}

fn scalar() -> BoxedStrategy<Value> {
    prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        (0..4_i64).prop_map(Value::from),
        Just(json!(1.5)),
        Just(json!(1e300)),
        select(&TEXTS[..]).prop_map(Value::from),
        Just(json!([])),
        Just(json!({ "a": 1 })),
    ]
    .boxed()
}

fn types() -> BoxedStrategy<Value> {
    let names = [
        "object", "object", "string", "array", "integer", "number", "boolean", "null",
    ];
    let several = vec(select(names[1..].to_vec()), 1..4).prop_map(|mut names| {
        names.sort_unstable();
        names.dedup();
        json!(names)
    });
    prop_oneof![4 => select(names.to_vec()).prop_map(Value::from), 1 => several].boxed()
}

fn reference() -> BoxedStrategy<Value> {
    let targets = [
        "#/definitions/a",
        "#/definitions/b",
        "#/definitions/c",
        "#/definitions/a/properties/a",
        "#",
        "#/definitions/none",
        "#/properties/traits",
        "#named",
        "other.json",
        "https://example.org/x.json",
    ];
    select(targets.to_vec())
        .prop_map(|target| json!({ "$ref": target, "type": "null" }))
        .boxed()
}

fn extension() -> BoxedStrategy<Value> {
    let all = [
        json!({ "credentials": { "password": { "identifier": true } } }),
        json!({ "credentials": { "code": { "identifier": true, "via": "email" } } }),
        json!({ "verification": { "via": "email" } }),
        json!({ "recovery": { "via": "sms" } }),
        json!({}),
    ];
    select(all.to_vec()).boxed()
}

fn members(inner: &BoxedStrategy<Value>) -> BoxedStrategy<Value> {
    vec((name(), inner.clone()), 0..4)
        .prop_map(|members| Value::Object(Map::from_iter(members)))
        .boxed()
}

/// Without duplicates, with which Kratos does not start.
fn once(mut all: Vec<Value>) -> Value {
    let mut seen = Vec::new();
    all.retain(|one| {
        let is_new = !seen.contains(one);
        seen.push(one.clone());
        is_new
    });
    Value::Array(all)
}

/// One keyword with a value of the right shape.
fn keyword(inner: &BoxedStrategy<Value>) -> BoxedStrategy<(&'static str, Value)> {
    let one = |name: &'static str| inner.clone().prop_map(move |value| (name, value)).boxed();
    let list = |name: &'static str| {
        vec(inner.clone(), 1..4)
            .prop_map(move |all| (name, json!(all)))
            .boxed()
    };
    let text = |name: &'static str| {
        select(&TEXTS[..])
            .prop_map(move |text| (name, json!(text)))
            .boxed()
    };
    let names = vec(name(), 0..3).prop_map(|mut names| {
        names.sort_unstable();
        names.dedup();
        ("required", json!(names))
    });
    prop_oneof![
        8 => types().prop_map(|types| ("type", types)),
        6 => members(inner).prop_map(|members| ("properties", members)),
        2 => names,
        2 => one("additionalProperties"),
        2 => Just(("additionalProperties", json!(false))),
        2 => one("items"),
        1 => list("items"),
        1 => one("contains"),
        1 => one("additionalItems"),
        1 => one("not"),
        1 => one("if"),
        1 => one("then"),
        1 => one("else"),
        1 => one("propertyNames"),
        1 => list("allOf"),
        1 => list("anyOf"),
        1 => list("oneOf"),
        1 => inner.clone().prop_map(|one| ("patternProperties", json!({ "^x": one }))),
        1 => inner.clone().prop_map(|one| ("dependencies", json!({ "a": one, "b": ["a"] }))),
        2 => vec(scalar(), 1..4).prop_map(|all| ("enum", once(all))),
        2 => vec(select(&TEXTS[..]), 1..5).prop_map(|all| {
            ("enum", once(all.into_iter().map(Value::from).collect()))
        }),
        1 => scalar().prop_map(|one| ("const", one)),
        1 => extension().prop_map(|one| ("ory.sh/kratos", one)),
        1 => text("title"),
        1 => text("description"),
        1 => text("format"),
        1 => text("made up"),
        1 => (0..3).prop_map(|count| ("minProperties", json!(count))),
    ]
    .boxed()
}

fn schema() -> BoxedStrategy<Value> {
    let leaf = prop_oneof![
        4 => types().prop_map(|types| json!({ "type": types })),
        1 => reference(),
        1 => any::<bool>().prop_map(Value::from),
        1 => Just(json!({})),
    ];
    leaf.prop_recursive(4, 40, 4, |inner| {
        vec(keyword(&inner.boxed()), 1..6)
            .prop_map(|keywords| {
                let keywords = keywords
                    .into_iter()
                    .map(|(key, value)| (String::from(key), value));
                Value::Object(Map::from_iter(keywords))
            })
            .boxed()
    })
    .boxed()
}

/// An identity schema whose traits are objects, so that most are taken.
fn identity_schema() -> BoxedStrategy<Value> {
    let traits = vec((name(), schema()), 1..5).prop_map(|members| {
        let members = members.into_iter().map(|(name, schema)| match schema {
            Value::Object(_) => (name, schema),
            _ => (name, json!({})),
        });
        Map::from_iter(members)
    });
    let definitions = (schema(), schema(), schema());
    (traits, definitions, any::<bool>(), any::<Index>())
        .prop_map(|(traits, (a, b, c), closed, required)| {
            let names: Vec<&String> = traits.keys().collect();
            json!({
                "definitions": { "a": a, "b": b, "c": c, "named": { "$id": "#named", "type": "string" } },
                "properties": { "traits": {
                    "type": "object",
                    "required": [required.get(&names)],
                    "additionalProperties": !closed,
                    "properties": traits,
                } },
            })
        })
        .boxed()
}

fn run(schema: &Value) -> Option<String> {
    generate("trial", "random.json", &schema.to_string(), &Options::new())
        .map(|generated| generated.rust)
        .ok()
}

fn runner(cases: u32) -> TestRunner {
    let config = Config {
        failure_persistence: None,
        // The default algorithm takes half of the time in an unoptimized build.
        rng_algorithm: RngAlgorithm::XorShift,
        ..Config::with_cases(cases)
    };
    TestRunner::new(config)
}

#[test]
fn random_schemas_never_panic_and_give_the_same_rust_twice() {
    let check = |schema: Value| -> TestCaseResult {
        proptest::prop_assert_eq!(run(&schema), run(&schema));
        Ok(())
    };
    runner(1_000)
        .run(&identity_schema(), check)
        .expect("no panic");
}

#[test]
fn random_text_never_panics() {
    let texts = prop_oneof![
        any::<String>(),
        (identity_schema(), any::<Index>(), any::<char>()).prop_map(|(schema, at, c)| {
            // A character somewhere else than it was.
            let mut text: Vec<char> = schema.to_string().chars().collect();
            let at = at.index(text.len());
            text[at] = c;
            text.into_iter().collect()
        }),
    ];
    let check = |text: String| -> TestCaseResult {
        let _ = generate("trial", "random.json", &text, &Options::new());
        Ok(())
    };
    runner(1_000).run(&texts, check).expect("no panic");
}

#[expect(clippy::print_stderr, reason = "a check that did not run says so")]
#[test]
fn accepted_schemas_compile_and_documents_round_trip() {
    let Ok(asked) = env::var("KRATOS_TRAITS_COMPILE") else {
        eprintln!(
            "NOT CHECKED: this takes a minute; ask for it with KRATOS_TRAITS_COMPILE=1, or with how many schemas to try"
        );
        return;
    };
    let wanted = asked.parse().ok().filter(|count| *count > 1).unwrap_or(200);
    let mut runner = runner(1);
    let mut trial = Trial::default();
    let mut refused = 0;
    while trial.len().0 < wanted {
        let tree = identity_schema().new_tree(&mut runner).expect("a schema");
        let schema = tree.current();
        match run(&schema) {
            Some(rust) => {
                let module = trial.module(&schema.to_string(), rust);
                let traits = &schema["properties"]["traits"];
                for seed in 1..30 {
                    let document = guess(&schema, traits, &mut Dice(seed * 0x9e37_79b9), 0);
                    if allows(&schema, traits, &document) {
                        trial.document(module, document.to_string());
                    }
                }
            }
            None => refused += 1,
        }
    }
    let (modules, documents) = trial.len();
    eprintln!(
        "{modules} random schemas were taken, with {documents} documents; {refused} were refused"
    );
    trial.passes("random");
}
