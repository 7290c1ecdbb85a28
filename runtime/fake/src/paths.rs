//! The places of the traits that Kratos lists from a schema: for the nodes of a form, and for what
//! its decoder fills in. Source: K-decoder-1, `jsonschemax/keys.go` of `ory/x`.

use kratos_traits::Schema;
use serde_json::Value;

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

/// All places, sorted by name. If several have the same name, the last one in Kratos's order wins.
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

    /// Follows a `$ref`, and ignores the keywords beside it as Kratos does. The fake skips circular
    /// references, at which Kratos's forms fail.
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

/// How Kratos treats a place of the traits.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Text,
    Number,
    Checkbox,
    /// An object, or an array of objects, arrays or nulls: no node, and `{}` when it is absent.
    Json,
}

/// The target of a reference into the same document.
fn resolve<'a>(root: &'a Value, reference: &str) -> Option<&'a Value> {
    root.pointer(reference.strip_prefix('#')?)
}

/// The rules after all references; `None` if one leads to another document or back to itself.
pub(super) fn referenced<'a>(root: &'a Value, rules: &'a Value) -> Option<&'a Value> {
    let mut here = rules;
    // Longer chains do not occur in practice.
    for _ in 0..32 {
        match here.get("$ref").and_then(Value::as_str) {
            Some(reference) => here = resolve(root, reference)?,
            None => return Some(here),
        }
    }
    None
}

/// The kind of a place; `None` if Kratos does not list it: no type, `null`, or several types.
fn kind(root: &Value, rules: &Value) -> Option<Kind> {
    if let Some(constant) = rules.get("const") {
        return match constant {
            Value::Null => None,
            Value::Bool(_) => Some(Kind::Checkbox),
            Value::Number(_) => Some(Kind::Number),
            Value::String(_) => Some(Kind::Text),
            Value::Array(_) | Value::Object(_) => Some(Kind::Json),
        };
    }
    match types(rules)[..] {
        ["object"] => Some(Kind::Json),
        ["array"] => Some(array(root, rules)),
        ["string"] => Some(Kind::Text),
        ["number" | "integer"] => Some(Kind::Number),
        ["boolean"] => Some(Kind::Checkbox),
        _ => rules.get("default").map(|_| Kind::Text),
    }
}

fn array(root: &Value, rules: &Value) -> Kind {
    let items = match rules.get("items") {
        Some(Value::Array(items)) => items.iter().collect(),
        Some(items) => vec![items],
        None => Vec::new(),
    };
    let mut of_items = Vec::new();
    for rules in items {
        of_items.extend(types(rules));
        let reference = rules.get("$ref").and_then(Value::as_str);
        of_items.extend(
            reference
                .and_then(|to| resolve(root, to))
                .map(types)
                .unwrap_or_default(),
        );
    }
    of_items.dedup();
    match of_items[..] {
        ["object" | "array" | "null"] => Kind::Json,
        _ => Kind::Text,
    }
}

fn types(rules: &Value) -> Vec<&str> {
    match rules.get("type") {
        Some(Value::String(one)) => vec![one],
        Some(Value::Array(several)) => several.iter().filter_map(Value::as_str).collect(),
        _ => Vec::new(),
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
    fn kinds_are_those_of_kratos() {
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
    fn members_of_objects_are_listed() {
        assert_eq!(
            listed(
                r##"{"b":{"$ref":"#/definitions/addr"},"a.x":{"type":"object","properties":{"y":{"type":"string"}}}}"##
            ),
            ["a.x json", "a.x.y", "b json", "b.geo json"]
        );
    }
}
