//! On random schemas with roles in every place, the generator knows every role of a trait that the schema's text gives it at run time:
//! two readers that share no code.

use std::collections::BTreeMap;

use kratos_traits::{Channel, Role, Schema};
use kratos_traits_codegen::{Options, generate};
use serde_json::{Map, Value, json};

/// A fixed sequence of numbers for a seed (xorshift).
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) % sides
    }

    fn pick<T: Copy>(&mut self, from: &[T]) -> T {
        from[usize::try_from(self.roll(from.len() as u64)).unwrap_or(0)]
    }
}

const NAMES: [&str; 4] = ["a", "ab", "b", "c"];
const PATTERNS: [&str; 7] = ["^a", "b$", "", "^(a|b)$", "^[ab]+$", "^x", "c|^b"];

fn role(dice: &mut Dice) -> Value {
    match dice.roll(4) {
        0 => json!({ "credentials": { "password": { "identifier": true } } }),
        1 => json!({ "verification": { "via": "sms" } }),
        2 => json!({ "credentials": { "code": { "identifier": true, "via": "email" } } }),
        _ => json!({ "recovery": { "via": "email" } }),
    }
}

fn members(dice: &mut Dice, names: &[&str], depth: u64) -> Value {
    let count = dice.roll(2) + 1;
    let members = (0..count).map(|_| (dice.pick(names).to_owned(), schema(dice, depth)));
    Value::Object(members.collect())
}

/// A schema with schemas in it, which get fewer with the depth.
fn schema(dice: &mut Dice, depth: u64) -> Value {
    let mut keywords = Map::new();
    if dice.roll(4) == 0 {
        keywords.insert("ory.sh/kratos".into(), role(dice));
    }
    if dice.roll(3) == 0 {
        let ty = dice.pick(&["object", "object", "array", "string"]);
        keywords.insert("type".into(), ty.into());
    }
    if depth == 0 {
        return Value::Object(keywords);
    }
    for _ in 0..=dice.roll(3) {
        add_keyword(dice, depth - 1, &mut keywords);
    }
    Value::Object(keywords)
}

fn add_keyword(dice: &mut Dice, depth: u64, keywords: &mut Map<String, Value>) {
    let (name, value) = match dice.roll(18) {
        0..=3 => ("properties", members(dice, &NAMES, depth)),
        4 | 5 => ("patternProperties", members(dice, &PATTERNS, depth)),
        6 | 7 => ("additionalProperties", schema(dice, depth)),
        8 => ("items", schema(dice, depth)),
        9 => ("items", json!([schema(dice, depth), schema(dice, depth)])),
        10 => ("contains", schema(dice, depth)),
        11 => ("propertyNames", schema(dice, 0)),
        12 => ("not", schema(dice, depth)),
        13 => ("dependencies", members(dice, &NAMES, depth)),
        14 => {
            keywords.insert("if".into(), schema(dice, depth));
            (dice.pick(&["then", "else"]), schema(dice, depth))
        }
        15 => {
            let target = dice.pick(&["#/definitions/one", "#/definitions/two"]);
            (dice.pick(&["allOf", "anyOf"]), json!([{ "$ref": target }]))
        }
        _ => {
            let branches = json!([schema(dice, depth), schema(dice, depth)]);
            (dice.pick(&["allOf", "anyOf", "oneOf"]), branches)
        }
    };
    keywords.insert(name.into(), value);
}

/// An identity schema: with rules of the root that lead back to the traits, and two definitions.
fn document(dice: &mut Dice) -> Value {
    let mut traits = schema(dice, 3);
    traits["type"] = "object".into();
    for name in NAMES {
        if dice.roll(2) == 0 || name == "a" {
            traits["properties"][name] = schema(dice, 2);
        }
    }
    let mut document = json!({
        "definitions": { "one": schema(dice, 1), "two": schema(dice, 2) },
        "properties": { "traits": traits },
    });
    let traits = schema(dice, 2);
    let rule = match dice.roll(2) {
        0 => json!({ "properties": { "traits": traits } }),
        _ => json!({ "patternProperties": { "^t": traits } }),
    };
    match dice.roll(6) {
        0 => document["allOf"] = json!([rule]),
        1 => document["anyOf"] = json!([{}, rule]),
        2 => document["not"] = rule,
        3 => document["dependencies"] = json!({ "traits": rule }),
        _ => {}
    }
    document
}

/// The word of the table for a role.
fn word(role: Role) -> &'static str {
    match role {
        Role::PasswordIdentifier => "identifier(password)",
        Role::CodeIdentifier(Channel::Email) => "identifier(code, email)",
        Role::Verification(Channel::Sms) => "verification(sms)",
        Role::Recovery(Channel::Email) => "recovery(email)",
        _ => "a role that the schemas do not have",
    }
}

/// The rows of the table by path.
fn rows(rust: &str) -> BTreeMap<&str, &str> {
    let (_, table) = rust.split_once("::schema! {").unwrap_or_default();
    let rows = table
        .lines()
        .filter_map(|line| line.trim().split_once(": "));
    rows.take_while(|(path, _)| !path.starts_with('='))
        .collect()
}

/// What the generator does not know of this schema, and how many roles it was asked for; `None` if it refuses the schema.
fn missing(text: &str) -> Option<(Vec<String>, usize)> {
    let generated = generate("guest", "guest.json", text, &Options::new()).ok()?;
    let rows = rows(&generated.rust);
    let schema = Schema::from_text("guest.json", text).expect("the generator accepts it");
    let (mut missing, mut asked) = (Vec::new(), 0);
    for facts in schema.traits {
        // The row of the trait, or of the object that holds it.
        let holder = (1..=facts.path.len()).rev().find_map(|depth| {
            let path = facts.path[..depth].join(".");
            rows.get_key_value(&*path)
        });
        // Without one, nothing but a whole form can set the trait.
        let Some((path, row)) = holder else { continue };
        let is_inside =
            |other: &[&str]| other.len() > facts.path.len() && other.starts_with(facts.path);
        let has_members = schema.traits.iter().any(|one| is_inside(one.path));
        let below = format!("{path}.");
        let knows = |word: &str| {
            // The generator may have rows for members where the other reader has none.
            let mut inside = rows.iter().filter(|(path, _)| path.starts_with(&below));
            row.contains(word) || !has_members && inside.any(|(_, row)| row.contains(word))
        };
        for role in facts.roles {
            asked += 1;
            if !knows(word(*role)) {
                missing.push(format!("{}: {}", facts.path.join("."), word(*role)));
            }
        }
    }
    Some((missing, asked))
}

#[test]
fn the_generator_knows_every_role_of_a_trait() {
    let (mut accepted, mut roles) = (0, 0);
    for seed in 1..=400_u64 {
        let mut dice = Dice(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15));
        let text = document(&mut dice).to_string();
        if let Some((missing, asked)) = missing(&text) {
            assert!(missing.is_empty(), "{missing:?}\nseed {seed}: {text}");
            accepted += 1;
            roles += asked;
        }
    }
    assert!(accepted > 100 && roles > 500, "{accepted} {roles}");
}
