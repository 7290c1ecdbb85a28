//! What Kratos's decoder writes into the traits before it validates them.
//!
//! The settings flow writes `{}` for every absent place of a JSON kind. For an object that is what
//! the schema asks for; for an array it is not, and Kratos refuses its own `{}` ("expected array,
//! but got object", ory/kratos#2360), so an explicit `[]` is sent. Source: `decoderx/http.go` and
//! `jsonschemax/keys.go` of `ory/x`.

use std::collections::BTreeMap;

use serde_json::value::RawValue;

use crate::check::{Draft, Json, Rules};
use crate::problem::Problem;
use crate::traits::facts::Schema;
use crate::traits::path::TraitPath;
use crate::traits::raw::RawTraits;

/// The document to send, and what Kratos will say of it.
pub(crate) fn complete(schema: &Schema, traits: RawTraits) -> (RawTraits, Vec<Problem>) {
    let Some(rules) = Rules::of(schema) else {
        return (traits, Vec::new());
    };
    let places = places(&rules);
    let traits = sent(&places, traits);
    let mut decoded = Json::read(traits.raw());
    for (path, place) in &places {
        fill(&mut decoded, path, place.kind);
    }
    let problems = rules.judge(&decoded);
    (traits, problems)
}

/// Places by path, so that an object comes before its members.
type Places = BTreeMap<Vec<String>, Place>;

struct Place {
    kind: Kind,
    /// Whether the object that holds it always requires it.
    required: bool,
    /// Whether it belongs to the traits always, not in one branch of a composed schema only.
    always: bool,
    has_default: bool,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Object,
    /// An array of items of exactly one type, and that a JSON kind.
    Array,
    /// Nothing is written there.
    Other,
    /// Behind a reference to another document.
    Unknown,
}

/// Adds `[]` for absent arrays, and `{}` for absent objects that are required.
fn sent(places: &Places, mut traits: RawTraits) -> RawTraits {
    for (path, place) in places.iter().filter(|(_, place)| place.always) {
        let empty = match place.kind {
            Kind::Array => "[]",
            Kind::Object if place.required && holder_stands(path, &traits) => "{}",
            _ => continue,
        };
        let path = TraitPath::new(path.iter().cloned());
        if traits.get(&path).is_none()
            && let Ok(empty) = RawValue::from_string(empty.to_owned())
        {
            traits = traits.with(&path, empty).unwrap_or(traits);
        }
    }
    traits
}

fn holder_stands(path: &[String], traits: &RawTraits) -> bool {
    let holder = path.split_last().map_or(path, |(_, holder)| holder);
    let holder = traits.get(&TraitPath::new(holder.iter().cloned()));
    holder.is_some_and(|holder| holder.get().starts_with('{'))
}

/// Does what Kratos does: `{}` for what is absent, over any scalar on the way to it.
fn fill(here: &mut Json<'_>, path: &[String], kind: Kind) {
    let Some((first, rest)) = path.split_first() else {
        return;
    };
    if kind == Kind::Other || matches!(here, Json::Array(_) | Json::Unjudged) {
        return;
    }
    if !matches!(here, Json::Object(_)) {
        // What stands behind the reference may be filled in, or nothing is.
        *here = match kind {
            Kind::Unknown => Json::Unjudged,
            _ => Json::Object(BTreeMap::new()),
        };
    }
    if let Json::Object(members) = here {
        let member = members.entry(first.clone()).or_insert_with(|| match kind {
            Kind::Unknown => Json::Unjudged,
            _ => Json::Object(BTreeMap::new()),
        });
        fill(member, rest, kind);
    }
}

fn places(rules: &Rules<'_>) -> Places {
    let mut walk = Walk {
        rules,
        path: Vec::new(),
        references: Vec::new(),
        found: Places::new(),
    };
    walk.visit(rules.traits(), false, true);
    walk.found
}

struct Walk<'a> {
    rules: &'a Rules<'a>,
    path: Vec<String>,
    references: Vec<&'a str>,
    found: Places,
}

impl<'a> Walk<'a> {
    fn visit(&mut self, rules: &'a Json<'a>, required: bool, always: bool) {
        if let Some(reference) = rules.get("$ref").and_then(Json::as_str) {
            return self.follow(reference, required, always);
        }
        let place = |kind| Place {
            kind,
            required,
            always,
            has_default: rules.get("default").is_some(),
        };
        if let Some(kind) = self.kind(rules) {
            self.note(place(kind));
        }
        for keyword in ["not", "if", "then", "else"] {
            if let Some(rules) = rules.get(keyword) {
                self.visit(rules, false, false);
            }
        }
        for keyword in ["allOf", "anyOf", "oneOf"] {
            let branches = rules.get(keyword).and_then(Json::as_array);
            for rules in branches.into_iter().flatten() {
                self.visit(rules, false, false);
            }
        }
        let required = rules.get("required").map_or_else(Vec::new, Json::strings);
        let members = rules.get("properties").and_then(Json::as_object);
        for (name, rules) in members.into_iter().flatten() {
            // Kratos takes the name for a path, and writes elsewhere or not at all.
            if name.is_empty()
                || name.contains(['.', '*', '?', '|', '#', '@', '\\'])
                || name.starts_with([':', '!', '{', '['])
            {
                continue;
            }
            self.path.push(name.clone());
            self.visit(rules, required.contains(&name.as_str()), always);
            self.path.pop();
        }
    }

    /// On a circle of references we stop where Kratos's own form fails.
    fn follow(&mut self, reference: &'a str, required: bool, always: bool) {
        if self.references.contains(&reference) {
            return;
        }
        match self.rules.resolve(reference) {
            Some(rules) => {
                self.references.push(reference);
                self.visit(rules, required, always);
                self.references.pop();
            }
            None => self.note(Place {
                kind: Kind::Unknown,
                required,
                always,
                has_default: false,
            }),
        }
    }

    /// Of several places of one path the last one counts, unless one before it has a default.
    fn note(&mut self, place: Place) {
        if self.path.is_empty() {
            return;
        }
        let earlier = self.found.get(&self.path);
        if !earlier.is_some_and(|earlier| earlier.has_default) {
            self.found.insert(self.path.clone(), place);
        }
    }

    /// `None` for what Kratos does not list: no type, `null`, or several types.
    fn kind(&self, rules: &Json<'_>) -> Option<Kind> {
        if let Some(constant) = rules.get("const")
            && self.rules.draft() != Draft::Four
        {
            return match constant {
                Json::Null => None,
                Json::Array(_) | Json::Object(_) => Some(Kind::Object),
                _ => Some(Kind::Other),
            };
        }
        match types(rules)[..] {
            ["object"] => Some(Kind::Object),
            ["array"] if self.items_are_json(rules) => Some(Kind::Array),
            ["null"] => None,
            [_] => Some(Kind::Other),
            [_, _, _, ..] if rules.get("default").is_some() => Some(Kind::Object),
            _ => rules.get("default").map(|_| Kind::Other),
        }
    }

    fn items_are_json(&self, rules: &Json<'_>) -> bool {
        let items = match rules.get("items") {
            Some(Json::Array(items)) => items.iter().collect(),
            Some(items) => vec![items],
            None => Vec::new(),
        };
        let mut of_items = Vec::new();
        for rules in items {
            match rules.get("$ref").and_then(Json::as_str) {
                Some(to) => of_items.extend(self.rules.resolve(to).map_or_else(Vec::new, types)),
                None => of_items.extend(types(rules)),
            }
        }
        of_items.dedup();
        matches!(of_items[..], ["object" | "array" | "null"])
    }
}

fn types<'a>(rules: &'a Json<'_>) -> Vec<&'a str> {
    rules.get("type").map_or_else(Vec::new, Json::strings)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is sent for `document`, and the problems.
    fn completed(traits: &str, document: &str) -> (String, Vec<String>) {
        let json = format!(
            r##"{{"definitions":{{"addr":{{"type":"object","required":["city"]}}}},
            "properties":{{"traits":{{"type":"object",{traits}}}}}}}"##
        );
        let schema = Schema {
            source: "test.schema.json",
            json: json.leak(),
            traits: &[],
        };
        let (sent, problems) = complete(&schema, RawTraits::parse(document).unwrap());
        let problems = problems
            .iter()
            .map(|one| format!("{} {}", one.path, one.message.id.0));
        (sent.as_str().to_owned(), problems.collect())
    }

    #[test]
    fn what_is_sent_and_what_kratos_will_say() {
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
            // Optional ones are filled in by Kratos alone.
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
            // What is there stays; a scalar on the way to an object does not.
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
}
