//! The roles that Kratos can give to a place of the traits, read from the schema.
//!
//! Kratos runs its extension at every schema that it evaluates for a value, so the search begins at the root of the document and
//! follows every keyword that holds a schema. What depends on values (`anyOf`, `if`, `not`, `dependencies`) counts as evaluated.
//!
//! Source: the end of `validate` in `schema.go` of `ory/jsonschema` v3; seen on v1.3.1 and v26.2.0.

use std::ptr;

use super::extension;
use crate::check::Rules;
use crate::json::Json;
use crate::traits::facts::Role;

/// Every role that a change at `path` can concern: those of the value there and of the values that hold it. `path` begins at the
/// traits; a segment of an array is a position.
///
/// The roles of values inside are not included: a change of them is a change at their own path.
#[cfg_attr(not(test), expect(dead_code, reason = "for the check of access"))]
pub(crate) fn roles_at(rules: &Rules<'_>, path: &[String]) -> Vec<Role> {
    let mut found = Vec::new();
    let mut here = Schemas::default();
    here.add(rules, rules.root());
    let traits = String::from("traits");
    for name in std::iter::once(&traits).chain(path) {
        let below = here.step(rules, name);
        for node in &below.nodes {
            let Some(extension) = node.get(extension::KEYWORD) else {
                continue;
            };
            for role in extension::roles(extension, &mut |_| {}) {
                if !found.contains(&role) {
                    found.push(role);
                }
            }
        }
        here = below;
    }
    found
}

/// The schemas that Kratos can evaluate for one value.
#[derive(Default)]
struct Schemas<'r> {
    nodes: Vec<&'r Json<'r>>,
}

impl<'r> Schemas<'r> {
    /// Adds a schema and all schemas in it that are about the same value. Kratos ignores the keywords beside a `$ref`.
    fn add(&mut self, rules: &'r Rules<'r>, node: &'r Json<'r>) {
        let Some(node) = rules.follow_references(node) else {
            return;
        };
        if self.nodes.iter().any(|one| ptr::eq(*one, node)) {
            return;
        }
        self.nodes.push(node);
        for keyword in ["allOf", "anyOf", "oneOf"] {
            let branches = node.get(keyword).and_then(Json::items);
            for branch in branches.into_iter().flatten() {
                self.add(rules, branch);
            }
        }
        for keyword in ["not", "if", "then", "else"] {
            if let Some(branch) = node.get(keyword) {
                self.add(rules, branch);
            }
        }
        let dependencies = node.get("dependencies").and_then(Json::members);
        for (_, branch) in dependencies.into_iter().flat_map(|all| all.iter()) {
            self.add(rules, branch);
        }
    }

    /// The schemas for the member or item `name`. Those of `propertyNames` are about the name itself, which changes with the member.
    fn step(&self, rules: &'r Rules<'r>, name: &str) -> Self {
        let mut below = Self::default();
        for node in &self.nodes {
            let members = |keyword| node.get(keyword).and_then(Json::members);
            let named = members("properties").and_then(|all| all.get(name));
            let mut is_named = named.is_some();
            let mut add = |node: &'r Json<'r>| below.add(rules, node);
            named.into_iter().for_each(&mut add);
            for (pattern, node) in members("patternProperties")
                .into_iter()
                .flat_map(|all| all.iter())
            {
                let matches = rules.matches(pattern, name);
                if matches != Some(false) {
                    add(node);
                }
                is_named |= matches == Some(true);
            }
            let rest = node.get("additionalProperties").filter(|_| !is_named);
            rest.into_iter().for_each(&mut add);
            node.get("propertyNames").into_iter().for_each(&mut add);
            if let Ok(position) = name.parse::<usize>() {
                let items = node.get("items");
                match items.and_then(Json::items) {
                    Some(tuple) => match tuple.get(position) {
                        Some(item) => add(item),
                        None => node.get("additionalItems").into_iter().for_each(&mut add),
                    },
                    None => items.into_iter().for_each(&mut add),
                }
                node.get("contains").into_iter().for_each(&mut add);
            }
        }
        below
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::traits::facts::Channel;

    const MAIL: Role = Role::Recovery(Channel::Email);

    /// Where the role `M` of a traits schema can run.
    fn at(schema: &str, path: &str) -> bool {
        let schema = schema.replace("M", r#""ory.sh/kratos":{"recovery":{"via":"email"}}"#);
        let rules = Rules::read(&schema).unwrap();
        let path: Vec<String> = path
            .split('.')
            .filter(|name| !name.is_empty())
            .map(Into::into)
            .collect();
        roles_at(&rules, &path) == [MAIL]
    }

    fn in_traits(traits: &str, path: &str) -> bool {
        at(&format!(r#"{{"properties":{{"traits":{traits}}}}}"#), path)
    }

    #[test]
    fn members_and_what_holds_them() {
        assert!(in_traits(r#"{"properties":{"a":{M}}}"#, "a"));
        assert!(in_traits(r#"{"properties":{"a":{M}}}"#, "a.b.0"));
        assert!(!in_traits(r#"{"properties":{"a":{M}}}"#, "b"));
        assert!(!in_traits(
            r#"{"properties":{"a":{"properties":{"b":{M}}}}}"#,
            "a"
        ));
        assert!(in_traits(
            r#"{"properties":{"a":{"properties":{"b":{M}}}}}"#,
            "a.b"
        ));
        assert!(in_traits(r"{M}", "a"));
    }

    #[test]
    fn names_by_pattern_and_all_others() {
        let schema = r#"{"properties":{"ab":{}},"patternProperties":{"^a":{M}}}"#;
        assert!(in_traits(schema, "ab") && in_traits(schema, "ac") && !in_traits(schema, "b"));
        let schema = r#"{"properties":{"a":{}},"additionalProperties":{M}}"#;
        assert!(!in_traits(schema, "a") && in_traits(schema, "b"));
        let schema = r#"{"patternProperties":{"^a":{}},"additionalProperties":{M}}"#;
        assert!(!in_traits(schema, "a") && in_traits(schema, "b"));
        // A named member of one branch is an unnamed one of the other.
        let schema = r#"{"properties":{"a":{}},"allOf":[{"additionalProperties":{M}}]}"#;
        assert!(in_traits(schema, "a"));
        let schema = r#"{"propertyNames":{"anyOf":[{M}]}}"#;
        assert!(in_traits(schema, "a"));
    }

    #[test]
    fn items() {
        assert!(in_traits(r#"{"properties":{"a":{"items":{M}}}}"#, "a.3"));
        let tuple = r#"{"properties":{"a":{"items":[{},{M}],"additionalItems":{}}}}"#;
        assert!(!in_traits(tuple, "a.0") && in_traits(tuple, "a.1") && !in_traits(tuple, "a.2"));
        let tuple = r#"{"properties":{"a":{"items":[{}],"additionalItems":{M}}}}"#;
        assert!(!in_traits(tuple, "a.0") && in_traits(tuple, "a.1"));
        assert!(in_traits(r#"{"properties":{"a":{"contains":{M}}}}"#, "a.0"));
    }

    #[test]
    fn every_composition() {
        for composed in [
            r#""allOf":[{M}]"#,
            r#""anyOf":[{},{M}]"#,
            r#""oneOf":[{"not":{M}}]"#,
            r#""if":{M}"#,
            r#""if":{},"then":{M}"#,
            r#""if":{},"else":{M}"#,
            r#""dependencies":{"x":{M}}"#,
        ] {
            assert!(
                in_traits(&format!(r#"{{"properties":{{"a":{{{composed}}}}}}}"#), "a"),
                "{composed}"
            );
            // The same at the root of the document, which leads back to the trait.
            let composed =
                composed.replace('M', r#""properties":{"traits":{"properties":{"a":{M}}}}"#);
            let schema = format!(r#"{{"properties":{{"traits":{{}}}},{composed}}}"#);
            assert!(at(&schema, "a") && !at(&schema, "b"), "{composed}");
        }
        let schema = r#"{"properties":{"traits":{}},"patternProperties":{"^t":{"patternProperties":{"a":{M}}}}}"#;
        assert!(at(schema, "a"));
        // A schema beside the traits is never evaluated.
        assert!(!at(r#"{"properties":{"traits":{},"metadata":{M}}}"#, "a"));
    }

    #[test]
    fn references() {
        let schema = r##"{"definitions":{"m":{M}},"properties":{"traits":{"properties":{
            "a":{"$ref":"#/definitions/m"},"b":{"$ref":"#/definitions/n",M},"c":{"properties":{"c":{"$ref":"#/properties/traits/properties/c"},"d":{M}}}}}}}"##;
        assert!(at(schema, "a"));
        // The keywords beside a `$ref` are ignored.
        assert!(!at(schema, "b"));
        assert!(at(schema, "c.c.c.d") && !at(schema, "c.c.c.e"));
    }
}
