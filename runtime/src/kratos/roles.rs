//! The roles that Kratos can give to a place of the traits, read from the schema.
//!
//! Kratos runs its extension at every schema that it evaluates for a value, so the search begins at the root of the document and
//! follows every keyword that holds a schema. What depends on values (`anyOf`, `if`, `not`, `dependencies`) counts as evaluated.
//!
//! Source: K-ext-8 to K-ext-10, the end of `validate` in `schema.go` of `ory/jsonschema` v3; seen on v1.3.1 and v26.2.0.

#[cfg(feature = "client")]
use std::collections::BTreeSet;
use std::collections::HashSet;
use std::ptr;

use super::extension;
use crate::check::Rules;
use crate::json::Json;
use crate::traits::facts::{Role, Schema};

/// Every role that a change at `path` can concern: those of the value there and of the values that hold it. `path` begins at the
/// traits; a segment of an array is a position.
///
/// The roles of values inside are not included: a change of them is a change at their own path.
pub(crate) fn roles_at(rules: &Rules<'_>, path: &[String]) -> Vec<Role> {
    Search::new(rules).along(path).0.found
}

/// Every role of the value at `path` itself, and those of the values inside it if they count as its own.
pub(crate) fn roles_of(rules: &Rules<'_>, path: &[String], with_inside: bool) -> Vec<Role> {
    let (_, here) = Search::new(rules).along(path);
    let mut search = Search::new(rules);
    for (node, _) in here.nodes {
        search.own_roles(node);
        if with_inside {
            search.everything_in(node);
        }
    }
    search.found
}

/// Whether a change of the value at `path` as a whole can concern an identifier or address: at the place itself, in a value that holds
/// it, or in one inside it. A `$ref` that this crate does not resolve counts as one.
pub(crate) fn can_change_addresses(schema: &Schema, path: &[String]) -> bool {
    schema
        .rules()
        .is_none_or(|rules| concerns_addresses(rules, path))
}

fn concerns_addresses(rules: &Rules<'_>, path: &[String]) -> bool {
    let (mut search, here) = Search::new(rules).along(path);
    for (node, _) in here.nodes {
        search.everything_in(node);
    }
    search.is_incomplete || search.found.iter().any(|role| role.is_privileged())
}

/// The types that the schemas for the value at `path` name, all together; `None` if no schema is for it.
#[cfg(feature = "client")]
pub(crate) fn types_at(rules: &Rules<'_>, path: &[String]) -> Option<BTreeSet<String>> {
    let (_, here) = Search::new(rules).along(path);
    let schemas = here.nodes.iter().map(|(node, _)| *node);
    let schemas = schemas.filter(|node| node.members().is_some());
    let types = schemas.clone().filter_map(|node| node.get("type"));
    let mut names = BTreeSet::new();
    for value in types {
        let list = value.items().unwrap_or(std::slice::from_ref(value));
        names.extend(
            list.iter()
                .filter_map(|name| serde_json::from_str(&name.text()).ok()),
        );
    }
    schemas.clone().next().is_some().then_some(names)
}

/// A search for roles.
struct Search<'r> {
    rules: &'r Rules<'r>,
    found: Vec<Role>,
    /// A reference was not resolved.
    is_incomplete: bool,
    /// The schemas in which everything was found.
    searched: HashSet<*const Json<'r>>,
}

impl<'r> Search<'r> {
    fn new(rules: &'r Rules<'r>) -> Self {
        Self {
            rules,
            found: Vec::new(),
            is_incomplete: false,
            searched: HashSet::new(),
        }
    }

    /// Finds the roles on the way from the root of the document to `path`; returns the schemas there.
    fn along(mut self, path: &[String]) -> (Self, Schemas<'r>) {
        let mut here = Schemas::default();
        here.add(self.rules, self.rules.root());
        self.is_incomplete |= here.is_incomplete;
        let traits = String::from("traits");
        for name in std::iter::once(&traits).chain(path) {
            let below = here.step(self.rules, name);
            for (node, _) in &below.nodes {
                self.own_roles(node);
            }
            self.is_incomplete |= below.is_incomplete;
            here = below;
        }
        (self, here)
    }

    fn own_roles(&mut self, node: &Json<'_>) {
        let Some(extension) = node.get(extension::KEYWORD) else {
            return;
        };
        for role in extension::roles(extension, &mut |_| {}) {
            if !self.found.contains(&role) {
                self.found.push(role);
            }
        }
    }

    /// Finds the roles in a schema and in all schemas in it.
    fn everything_in(&mut self, node: &'r Json<'r>) {
        let Some(node) = self.rules.follow_references(node) else {
            self.is_incomplete = true;
            return;
        };
        if !self.searched.insert(ptr::from_ref(node)) {
            return;
        }
        self.own_roles(node);
        for keyword in SCHEMAS {
            let Some(value) = node.get(keyword) else {
                continue;
            };
            match value.items() {
                Some(list) => list.iter().for_each(|one| self.everything_in(one)),
                None => self.everything_in(value),
            }
        }
        for keyword in ["properties", "patternProperties", "dependencies"] {
            let members = node.get(keyword).and_then(Json::members);
            for (_, member) in members.into_iter().flat_map(|all| all.iter()) {
                self.everything_in(member);
            }
        }
    }
}

/// The keywords with a schema or a list of schemas.
const SCHEMAS: [&str; 12] = [
    "allOf",
    "anyOf",
    "oneOf",
    "not",
    "if",
    "then",
    "else",
    "items",
    "additionalItems",
    "contains",
    "additionalProperties",
    "propertyNames",
];

/// A schema that Kratos can evaluate for a value, and whether it always does, or only in a branch such as `anyOf`.
pub(super) type Branch<'r> = (&'r Json<'r>, bool);

/// Adds a schema and all schemas in it that are about the same value. Kratos ignores the keywords beside a `$ref`. Returns whether
/// every `$ref` could be followed.
pub(super) fn add_branches<'r>(
    rules: &'r Rules<'r>,
    node: &'r Json<'r>,
    always: bool,
    found: &mut Vec<Branch<'r>>,
) -> bool {
    let Some(node) = rules.follow_references(node) else {
        return false;
    };
    if found.iter().any(|(one, _)| ptr::eq(*one, node)) {
        return true;
    }
    found.push((node, always));
    let mut is_complete = true;
    for keyword in ["allOf", "anyOf", "oneOf"] {
        let branches = node.get(keyword).and_then(Json::items);
        for branch in branches.into_iter().flatten() {
            is_complete &= add_branches(rules, branch, always && keyword == "allOf", found);
        }
    }
    for keyword in ["not", "if", "then", "else"] {
        if let Some(branch) = node.get(keyword) {
            is_complete &= add_branches(rules, branch, false, found);
        }
    }
    let dependencies = node.get("dependencies").and_then(Json::members);
    for (_, branch) in dependencies.into_iter().flat_map(|all| all.iter()) {
        // Otherwise it is a list of names.
        if branch.members().is_some() {
            is_complete &= add_branches(rules, branch, false, found);
        }
    }
    is_complete
}

/// The schemas that Kratos can evaluate for one value.
#[derive(Default)]
struct Schemas<'r> {
    nodes: Vec<Branch<'r>>,
    /// A reference was not resolved.
    is_incomplete: bool,
}

impl<'r> Schemas<'r> {
    fn add(&mut self, rules: &'r Rules<'r>, node: &'r Json<'r>) {
        self.is_incomplete |= !add_branches(rules, node, true, &mut self.nodes);
    }

    /// The schemas for the member or item `name`. Those of `propertyNames` are about the name itself, which changes with the member.
    fn step(&self, rules: &'r Rules<'r>, name: &str) -> Self {
        let mut below = Self::default();
        for (node, _) in &self.nodes {
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
    fn a_change_of_a_whole_value_concerns_what_is_inside() {
        let concerns = |traits: &str, path: &str| {
            let schema = format!(r#"{{"properties":{{"traits":{traits}}}}}"#);
            let schema = schema.replace('M', r#""ory.sh/kratos":{"recovery":{"via":"email"}}"#);
            let path: Vec<String> = path.split('.').map(Into::into).collect();
            concerns_addresses(&Rules::read(&schema).unwrap(), &path)
        };
        for inside in [
            r#"{"properties":{"b":{M}}}"#,
            r#"{"patternProperties":{"b":{M}}}"#,
            r#"{"additionalProperties":{M}}"#,
            r#"{"propertyNames":{M}}"#,
            r#"{"items":[{},{"items":{M}}]}"#,
            r#"{"items":[{}],"additionalItems":{M}}"#,
            r#"{"contains":{M}}"#,
            r#"{"not":{"properties":{"b":{M}}}}"#,
            r#"{"dependencies":{"b":{"properties":{"c":{M}}}}}"#,
            r##"{"$ref":"#/properties/traits/properties/c"}"##,
            r#"{"properties":{"b":{"$ref":"other.json"}}}"#,
            r#"{"allOf":[{"$ref":"other.json"}]}"#,
            "{M}",
        ] {
            let traits = format!(
                r#"{{"properties":{{"a":{inside},"c":{{"anyOf":[{{"properties":{{"x":{{M}}}}}}]}},"d":{{}}}}}}"#
            );
            assert!(concerns(&traits, "a"), "{inside}");
            assert!(
                !concerns(&traits, "d") && !concerns(&traits, "e"),
                "{inside}"
            );
        }
        // A schema that contains itself.
        let recursive = r##"{"properties":{"a":{"properties":{"a":{"$ref":"#/properties/traits/properties/a"}}}}}"##;
        assert!(!concerns(recursive, "a"));
        // The roles of other names than the one that changes.
        let unnamed = r#"{"properties":{"a":{}},"patternProperties":{"^x":{M}}}"#;
        assert!(concerns(unnamed, "x") && !concerns(unnamed, "a") && !concerns(unnamed, "y"));
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
