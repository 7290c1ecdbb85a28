//! The paths that Kratos lists from a schema, and the JSON kind that its decoder assumes for each.
//!
//! Source: K-decoder-1, `jsonschemax/keys.go` of `ory/x`.

use std::collections::BTreeMap;

use crate::check::{Draft, Rules, strings};
use crate::json::{Json, Kind as JsonKind, Members};

/// The paths of the settings form. An object comes before its members.
pub(super) type FormPaths = BTreeMap<Vec<String>, FormPath>;

pub(super) struct FormPath {
    pub(super) kind: Kind,
    /// Whether the object that holds the value always requires it.
    pub(super) required: bool,
    /// Whether it always belongs to the traits, not only in a branch of a composed schema.
    pub(super) always: bool,
    has_default: bool,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Object,
    /// An array whose items have exactly one type, which is a JSON kind.
    Array,
    /// Kratos inserts nothing.
    Other,
    /// A reference to another document.
    Unknown,
}

/// Every path of the traits that Kratos lists.
pub(super) fn form_paths(rules: &Rules<'_>) -> FormPaths {
    let mut walk = Walk {
        rules,
        path: Vec::new(),
        references: Vec::new(),
        found: FormPaths::new(),
    };
    walk.visit(rules.traits(), false, true);
    walk.found
}

struct Walk<'a> {
    rules: &'a Rules<'a>,
    path: Vec<String>,
    references: Vec<&'a str>,
    found: FormPaths,
}

impl<'a> Walk<'a> {
    fn visit(&mut self, rules: &'a Json<'a>, required: bool, always: bool) {
        if let Some(reference) = rules.get("$ref").and_then(Json::as_str) {
            return self.follow(reference, required, always);
        }
        if let Some(kind) = self.kind(rules) {
            self.add(FormPath {
                kind,
                required,
                always,
                has_default: has_default(rules),
            });
        }
        for keyword in ["not", "if", "then", "else"] {
            if let Some(rules) = rules.get(keyword) {
                self.visit(rules, false, false);
            }
        }
        for keyword in ["allOf", "anyOf", "oneOf"] {
            let all = keyword == "allOf";
            let branches = rules.get(keyword).and_then(Json::items);
            for rules in branches.into_iter().flatten() {
                self.visit(rules, all && required, all && always);
            }
        }
        let required = rules.get("required").map_or_else(Vec::new, strings);
        let members = rules.get("properties").and_then(Json::members);
        for (name, rules) in members.into_iter().flat_map(Members::sorted) {
            // Kratos interprets the name as a path, and writes to another path or not at all.
            if name.is_empty()
                || name.contains(['.', '*', '?', '|', '#', '@', '\\'])
                || name.starts_with([':', '!', '{', '['])
            {
                continue;
            }
            self.path.push(name.to_owned());
            self.visit(rules, required.contains(&name), always);
            self.path.pop();
        }
    }

    /// Follows a reference. A cycle of references ends where Kratos's own form fails.
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
            None => self.add(FormPath {
                kind: Kind::Unknown,
                required,
                always,
                has_default: false,
            }),
        }
    }

    /// Adds the current path. If it is added several times, the last one counts, unless an earlier one has a default.
    fn add(&mut self, form_path: FormPath) {
        let earlier = self.found.get(&self.path);
        if !self.path.is_empty() && !earlier.is_some_and(|earlier| earlier.has_default) {
            self.found.insert(self.path.clone(), form_path);
        }
    }

    /// `None` if Kratos does not list it: no type, `null`, or several types.
    fn kind(&self, rules: &Json<'_>) -> Option<Kind> {
        if let Some(constant) = rules.get("const")
            && self.rules.draft() != Draft::Four
        {
            return match constant.kind() {
                JsonKind::Null => None,
                JsonKind::Array(_) | JsonKind::Object(_) => Some(Kind::Object),
                _ => Some(Kind::Other),
            };
        }
        match types(rules)[..] {
            ["object"] => Some(Kind::Object),
            ["array"] if self.items_are_json(rules) => Some(Kind::Array),
            ["null"] => None,
            [_] => Some(Kind::Other),
            [_, _, _, ..] if has_default(rules) => Some(Kind::Object),
            _ => has_default(rules).then_some(Kind::Other),
        }
    }

    fn items_are_json(&self, rules: &Json<'_>) -> bool {
        let items = rules.get("items").map_or(&[][..], |items| {
            items.items().unwrap_or(std::slice::from_ref(items))
        });
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
    rules.get("type").map_or_else(Vec::new, strings)
}

fn has_default(rules: &Json<'_>) -> bool {
    rules
        .get("default")
        .is_some_and(|default| !default.is_null())
}
