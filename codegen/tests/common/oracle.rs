//! Documents for a random schema: guessed from the schema, then judged by the rules of JSON Schema as Kratos runs them.

use serde_json::{Map, Value};

/// A small generator of random numbers: the same seed gives the same documents.
pub(crate) struct Dice(pub(crate) u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % sides as u64).unwrap_or_default()
    }

    fn pick<'v, T>(&mut self, from: &'v [T]) -> Option<&'v T> {
        (!from.is_empty()).then(|| &from[self.roll(from.len())])
    }
}

/// A guess at a document that `schema` allows.
pub(crate) fn guess(root: &Value, schema: &Value, dice: &mut Dice, depth: usize) -> Value {
    if let Some(target) = target(root, schema) {
        return if depth > 8 {
            Value::Null
        } else {
            guess(root, target, dice, depth + 1)
        };
    }
    let written = schema["enum"].as_array().map(Vec::as_slice);
    if let Some(value) = written.and_then(|all| dice.pick(all)) {
        return value.clone();
    }
    if let Some(value) = schema.get("const") {
        return value.clone();
    }
    for composed in ["anyOf", "oneOf", "allOf"] {
        let branches = schema[composed].as_array().map(Vec::as_slice);
        if let Some(branch) = branches.and_then(|all| dice.pick(all))
            && schema.get("type").is_none()
        {
            return guess(root, branch, dice, depth + 1);
        }
    }
    let kind = match &schema["type"] {
        Value::String(kind) => kind.as_str(),
        Value::Array(kinds) => dice.pick(kinds).and_then(Value::as_str).unwrap_or("null"),
        _ if depth > 6 => "null",
        _ => [
            "null", "boolean", "integer", "number", "string", "array", "object",
        ][dice.roll(7)],
    };
    match kind {
        "boolean" => Value::from(dice.roll(2) == 0),
        "integer" => Value::from(i64::try_from(dice.roll(5)).unwrap_or_default() - 2),
        "number" => [Value::from(1.5), Value::from(3)][dice.roll(2)].clone(),
        "string" => Value::from(["", "a", "A-b", "x"][dice.roll(4)]),
        "array" => array(root, schema, dice, depth),
        "object" => object(root, schema, dice, depth),
        _ => Value::Null,
    }
}

fn array(root: &Value, schema: &Value, dice: &mut Dice, depth: usize) -> Value {
    let item = |at: usize| match &schema["items"] {
        Value::Array(items) => items.get(at).unwrap_or(&schema["additionalItems"]),
        other => other,
    };
    let length = if depth > 6 { 0 } else { dice.roll(3) };
    let items = (0..length).map(|at| guess(root, item(at), dice, depth + 1));
    Value::Array(items.collect())
}

fn object(root: &Value, schema: &Value, dice: &mut Dice, depth: usize) -> Value {
    let mut members = Map::new();
    let required = schema["required"].as_array().into_iter().flatten();
    let required: Vec<&str> = required.filter_map(Value::as_str).collect();
    for (name, member) in schema["properties"].as_object().into_iter().flatten() {
        if required.contains(&name.as_str()) || depth < 6 && dice.roll(3) > 0 {
            members.insert(name.clone(), guess(root, member, dice, depth + 1));
        }
    }
    for name in required {
        if !members.contains_key(name) {
            members.insert(String::from(name), Value::from(dice.roll(2)));
        }
    }
    for name in ["a", "x1", "other"] {
        if dice.roll(4) == 0 && !members.contains_key(name) && depth < 6 {
            let pattern = schema["patternProperties"]
                .get("^x")
                .filter(|_| name == "x1");
            let rules = pattern.unwrap_or(&schema["additionalProperties"]);
            members.insert(String::from(name), guess(root, rules, dice, depth + 1));
        }
    }
    Value::Object(members)
}

fn target<'v>(root: &'v Value, schema: &Value) -> Option<&'v Value> {
    match schema.get("$ref")?.as_str()? {
        "#named" => Some(&root["definitions"]["named"]),
        pointer => root.pointer(pointer.trim_start_matches('#')),
    }
}

/// Whether `schema` allows `value`.
pub(crate) fn allows(root: &Value, schema: &Value, value: &Value) -> bool {
    let all = |rules: &[Value]| rules.iter().filter(|one| allows(root, one, value)).count();
    let Value::Object(rules) = schema else {
        return schema != &Value::Bool(false);
    };
    if let Some(target) = target(root, schema) {
        return allows(root, target, value);
    }
    rules.iter().all(|(keyword, rule)| {
        let list = rule.as_array().map_or(&[][..], Vec::as_slice);
        match keyword.as_str() {
            "type" if rule.is_string() => is_of(rule, value),
            "type" => list.iter().any(|kind| is_of(kind, value)),
            "enum" => list.iter().any(|one| same(one, value)),
            "const" => same(rule, value),
            "allOf" => all(list) == list.len(),
            "anyOf" => all(list) > 0,
            "oneOf" => all(list) == 1,
            "not" => !allows(root, rule, value),
            "if" => {
                let branch = if allows(root, rule, value) {
                    "then"
                } else {
                    "else"
                };
                rules.get(branch).is_none_or(|one| allows(root, one, value))
            }
            _ => match value {
                Value::Object(members) => of_object(root, rules, keyword, rule, members, value),
                Value::Array(items) => of_array(root, rules, keyword, rule, items),
                _ => true,
            },
        }
    })
}

fn of_object(
    root: &Value,
    rules: &Map<String, Value>,
    keyword: &str,
    rule: &Value,
    members: &Map<String, Value>,
    value: &Value,
) -> bool {
    let mut each = members.iter();
    match keyword {
        "required" => rule.as_array().is_none_or(|all| {
            all.iter()
                .all(|one| one.as_str().is_some_and(|one| members.contains_key(one)))
        }),
        "properties" => {
            each.all(|(name, member)| rule.get(name).is_none_or(|one| allows(root, one, member)))
        }
        "patternProperties" => {
            each.all(|(name, member)| !name.starts_with('x') || allows(root, &rule["^x"], member))
        }
        "additionalProperties" => each.all(|(name, member)| {
            rules
                .get("properties")
                .is_some_and(|all| all.get(name).is_some())
                || rules.contains_key("patternProperties") && name.starts_with('x')
                || allows(root, rule, member)
        }),
        "propertyNames" => each.all(|(name, _)| allows(root, rule, &Value::from(name.as_str()))),
        "minProperties" => rule
            .as_u64()
            .is_none_or(|least| members.len() as u64 >= least),
        "dependencies" => rule.as_object().is_none_or(|all| {
            all.iter().all(|(name, rule)| match rule {
                _ if !members.contains_key(name) => true,
                Value::Array(names) => names
                    .iter()
                    .all(|one| one.as_str().is_some_and(|one| members.contains_key(one))),
                rule => allows(root, rule, value),
            })
        }),
        _ => true,
    }
}

fn of_array(
    root: &Value,
    rules: &Map<String, Value>,
    keyword: &str,
    rule: &Value,
    items: &[Value],
) -> bool {
    match (keyword, rule) {
        ("items", Value::Array(tuple)) => tuple
            .iter()
            .zip(items)
            .all(|(rule, item)| allows(root, rule, item)),
        ("items", rule) => items.iter().all(|item| allows(root, rule, item)),
        ("additionalItems", rule) => match rules.get("items") {
            Some(Value::Array(tuple)) => items
                .iter()
                .skip(tuple.len())
                .all(|item| allows(root, rule, item)),
            _ => true,
        },
        ("contains", rule) => items.iter().any(|item| allows(root, rule, item)),
        _ => true,
    }
}

fn is_of(kind: &Value, value: &Value) -> bool {
    match kind.as_str().unwrap_or_default() {
        "integer" => value.is_i64() || value.is_u64(),
        "number" => value.is_number(),
        "string" => value.is_string(),
        "boolean" => value.is_boolean(),
        "array" => value.is_array(),
        "object" => value.is_object(),
        "null" => value.is_null(),
        _ => false,
    }
}

fn same(a: &Value, b: &Value) -> bool {
    match (a, b) {
        (Value::Number(a), Value::Number(b)) => a == b || a.as_f64() == b.as_f64(),
        _ => a == b,
    }
}
