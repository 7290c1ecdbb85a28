//! The places of the traits that Kratos lists from a schema: for the nodes of a form, and for what
//! its decoder fills in. Source: `jsonschemax/keys.go` of `ory/x`.

mod kind;

use kratos_traits::Schema;
use serde_json::Value;

pub(super) use self::kind::{Kind, referenced};
use self::kind::{kind, resolve};

/// One listed place below the traits object.
pub(super) struct Listed {
    /// The member names joined by dots, which Kratos does not escape here.
    pub(super) name: String,
    pub(super) kind: Kind,
    pub(super) required: bool,
    pub(super) format: Option<String>,
    pub(super) pattern: Option<String>,
    pub(super) title: Option<String>,
}

/// All places by name. Of several that have one name, the last one that Kratos meets counts.
pub(super) fn list(schema: &Schema) -> Vec<Listed> {
    let Ok(root) = serde_json::from_str::<Value>(schema.json) else {
        return Vec::new();
    };
    let mut walk = Walk {
        root: &root,
        names: Vec::new(),
        references: Vec::new(),
        found: Vec::new(),
    };
    if let Some(traits) = root.pointer("/properties/traits") {
        walk.visit(traits, false);
    }
    let mut found = walk.found;
    found.reverse();
    found.sort_by(|one, other| one.name.cmp(&other.name));
    found.dedup_by(|later, kept| later.name == kept.name);
    found
}

struct Walk<'a> {
    root: &'a Value,
    names: Vec<&'a str>,
    references: Vec<&'a str>,
    found: Vec<Listed>,
}

impl<'a> Walk<'a> {
    fn visit(&mut self, rules: &'a Value, required: bool) {
        if let Some(reference) = rules.get("$ref").and_then(Value::as_str) {
            return self.follow(reference);
        }
        self.note(rules, required);
        for keyword in ["not", "if", "then", "else"] {
            if let Some(rules) = rules.get(keyword) {
                self.visit(rules, false);
            }
        }
        for keyword in ["allOf", "anyOf", "oneOf"] {
            let branches = rules.get(keyword).and_then(Value::as_array);
            for rules in branches.into_iter().flatten() {
                self.visit(rules, false);
            }
        }
        let names = rules.get("required").and_then(Value::as_array);
        let members = rules.get("properties").and_then(Value::as_object);
        for (name, rules) in members.into_iter().flatten() {
            let required = names.is_some_and(|names| names.iter().any(|one| one == name.as_str()));
            self.names.push(name);
            self.visit(rules, required);
            self.names.pop();
        }
    }

    /// Kratos ignores what stands beside a `$ref`. On a circle of them its forms fail; we stop.
    fn follow(&mut self, reference: &'a str) {
        if self.references.contains(&reference) {
            return;
        }
        if let Some(rules) = resolve(self.root, reference) {
            self.references.push(reference);
            self.visit(rules, false);
            self.references.pop();
        }
    }

    fn note(&mut self, rules: &Value, required: bool) {
        let Some(kind) = kind(self.root, rules) else {
            return;
        };
        if self.names.is_empty() {
            return;
        }
        let text = |keyword| {
            rules
                .get(keyword)
                .and_then(Value::as_str)
                .map(str::to_owned)
        };
        self.found.push(Listed {
            name: self.names.join("."),
            kind,
            required,
            format: text("format"),
            pattern: text("pattern"),
            title: text("title").filter(|title| !title.is_empty()),
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn listed(traits: &str) -> Vec<String> {
        let json = format!(
            r##"{{"definitions":{{"addr":{{"type":"object","properties":{{"geo":{{"type":"object"}}}}}},
            "loop":{{"properties":{{"x":{{"$ref":"#/definitions/loop"}}}}}}}},
            "properties":{{"traits":{{"type":"object","properties":{traits}}}}}}}"##
        );
        let schema = Schema::new("test.schema.json", json.leak(), &[], 0);
        let mark = |one: Listed| match one.kind {
            Kind::Json => format!("{} json", one.name),
            _ => one.name,
        };
        list(&schema).into_iter().map(mark).collect()
    }

    #[test]
    fn kinds_as_kratos_has_them() {
        for (rules, found) in [
            (r#"{"type":"string"}"#, "t"),
            (r#"{"type":"object"}"#, "t json"),
            (r#"{"type":["object","null"]}"#, ""),
            ("{}", ""),
            (r#"{"const":{}}"#, "t json"),
            (r#"{"const":5}"#, "t"),
            (r#"{"default":"x"}"#, "t"),
            (r#"{"type":"array"}"#, "t"),
            (r#"{"type":"array","items":{"type":"string"}}"#, "t"),
            (r#"{"type":"array","items":{"type":"object"}}"#, "t json"),
            (
                r#"{"type":"array","items":{"type":["object","null"]}}"#,
                "t",
            ),
            (
                r##"{"type":"array","items":{"$ref":"#/definitions/addr"}}"##,
                "t json",
            ),
            (r#"{"anyOf":[{"type":"object"},{"type":"string"}]}"#, "t"),
            (
                r#"{"anyOf":[{"type":"string"},{"type":"object"}]}"#,
                "t json",
            ),
            (r##"{"$ref":"#/definitions/loop"}"##, ""),
        ] {
            assert_eq!(
                listed(&format!(r#"{{"t":{rules}}}"#)).join(","),
                found,
                "{rules}"
            );
        }
    }

    #[test]
    fn members_of_objects() {
        assert_eq!(
            listed(
                r##"{"b":{"$ref":"#/definitions/addr"},"a.x":{"type":"object","properties":{"y":{"type":"string"}}}}"##
            ),
            ["a.x json", "a.x.y", "b json", "b.geo json"]
        );
    }
}
