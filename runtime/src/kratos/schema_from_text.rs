//! Reads the facts of an identity schema at run time.

use std::fmt;
use std::ptr;

use super::extension;
use super::roles::{Branch, add_branches, roles_of};
use crate::check::{Rules, strings};
use crate::json::Json;
use crate::json::path::TraitPath;
use crate::traits::facts::{Role, Schema, TraitFacts};

/// The text is not an identity schema, or gives a role to a trait that Kratos does not have.
///
/// The message names all mistakes, each with the path of its trait.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SchemaError {
    mistakes: Vec<String>,
}

impl fmt::Display for SchemaError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "invalid identity schema: {}", self.mistakes.join("; "))
    }
}

impl std::error::Error for SchemaError {}

impl Schema {
    /// Reads an identity schema at run time, for a test or a tool. `source` is its name in messages.
    ///
    /// The schema lives until the process ends: every call allocates memory that is never freed. All traits are
    /// [editable](TraitFacts::editable). The generator (`kratos-traits-codegen`) finds more mistakes in a schema than this
    /// function, and its types are the only ones that an update can be written with.
    ///
    /// ```
    /// use kratos_traits::{Channel, Role, Schema};
    ///
    /// let schema = Schema::from_text("person.schema.json", r#"{
    ///     "properties": { "traits": { "type": "object", "properties": {
    ///         "email": { "type": "string", "ory.sh/kratos": { "verification": { "via": "email" } } }
    ///     } } }
    /// }"#)?;
    /// assert_eq!(schema.traits[0].path, ["email"]);
    /// assert_eq!(schema.traits[0].roles, [Role::Verification(Channel::Email)]);
    /// # Ok::<(), kratos_traits::SchemaError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// The text is not JSON, has no object schema at `properties.traits`, or has an unknown key or value in `ory.sh/kratos`.
    pub fn from_text(source: &str, text: &str) -> Result<&'static Self, SchemaError> {
        let failed = |mistake: String| SchemaError {
            mistakes: vec![mistake],
        };
        serde_json::from_str::<serde::de::IgnoredAny>(text)
            .map_err(|error| failed(error.to_string()))?;
        let rules = Rules::read(text).filter(|rules| rules.traits().get("properties").is_some());
        let rules =
            rules.ok_or_else(|| failed("no `properties.traits.properties` in it".to_owned()))?;
        let mut reader = Reader {
            rules: &rules,
            text,
            path: Vec::new(),
            objects: Vec::new(),
            facts: Vec::new(),
            mistakes: Vec::new(),
        };
        let mut traits = Vec::new();
        add_branches(&rules, rules.traits(), true, &mut traits);
        reader.objects.extend(traits.iter().map(|(node, _)| *node));
        // No member has the roles of the traits object itself; they are only validated.
        reader.roles(rules.traits(), true, &mut Vec::new(), &mut Vec::new());
        reader.members(&traits);
        let Reader {
            facts, mistakes, ..
        } = reader;
        if !mistakes.is_empty() {
            return Err(SchemaError { mistakes });
        }
        let fingerprint = fingerprint(&facts);
        let [source, text] = [source, text].map(|text| &*text.to_owned().leak());
        let schema = Self::new(source, text, facts.leak(), fingerprint);
        Ok(Box::leak(Box::new(schema)))
    }
}

/// FNV-1a, 64 bits, of everything but the places.
fn fingerprint(facts: &[TraitFacts]) -> u64 {
    let rows = facts
        .iter()
        .map(|one| format!("{:?}{}{:?}\n", one.path, one.required, one.roles));
    let text: String = rows.collect();
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

struct Reader<'r> {
    rules: &'r Rules<'r>,
    text: &'r str,
    path: Vec<String>,
    /// The nodes of the objects on the way to `path`.
    objects: Vec<&'r Json<'r>>,
    facts: Vec<TraitFacts>,
    mistakes: Vec<String>,
}

impl<'r> Reader<'r> {
    /// Adds the facts of the named members of an object.
    fn members(&mut self, object: &[Branch<'r>]) {
        let mut names: Vec<(&'r str, &'r str)> = Vec::new();
        for (node, _) in object {
            let Some(members) = node.get("properties").and_then(Json::members) else {
                continue;
            };
            for (name, _) in members.iter() {
                if names.iter().all(|(one, _)| *one != name) {
                    names.push((name, members.key(name).unwrap_or_default()));
                }
            }
        }
        for (name, key) in names {
            let mut branches = Vec::new();
            let mut required = false;
            for (node, always) in object {
                if let Some(member) = node.get("properties").and_then(|all| all.get(name)) {
                    add_branches(self.rules, member, *always, &mut branches);
                }
                let listed = node.get("required").map_or_else(Vec::new, strings);
                required |= *always && listed.contains(&name);
            }
            self.path.push(name.to_owned());
            self.member(&branches, required, key);
            self.path.pop();
        }
    }

    /// Adds the facts of the member at `path`, and of those in it.
    fn member(&mut self, branches: &[Branch<'r>], required: bool, key: &str) {
        let is_recursive = branches
            .iter()
            .any(|(node, _)| self.objects.iter().any(|one| ptr::eq(*one, *node)));
        let has_members = |(node, _): &Branch<'_>| {
            let members = node.get("properties").and_then(Json::members);
            members.is_some_and(|members| !members.is_empty())
        };
        let has_rows = !is_recursive && branches.iter().any(has_members);
        let mut roles = Vec::new();
        let mut seen = Vec::new();
        for (node, _) in branches {
            self.roles(node, has_rows, &mut roles, &mut seen);
        }
        // Those that come from elsewhere: the pattern of its name, or a keyword of the root.
        for role in roles_of(self.rules, &self.path, !has_rows) {
            if !roles.contains(&role) {
                roles.push(role);
            }
        }
        let (line, column) = self.place(key);
        let path = self.path.iter().map(|name| &*name.clone().leak());
        self.facts.push(TraitFacts {
            path: path.collect::<Vec<&'static str>>().leak(),
            required,
            roles: roles.leak(),
            editable: true,
            line,
            column,
        });
        if has_rows {
            let outside = self.objects.len();
            self.objects.extend(branches.iter().map(|(node, _)| *node));
            self.members(branches);
            self.objects.truncate(outside);
        }
    }

    /// Adds the roles of a value and of the values in it, without those of named members that have facts of their own.
    fn roles(
        &mut self,
        node: &'r Json<'r>,
        has_rows: bool,
        roles: &mut Vec<Role>,
        seen: &mut Vec<&'r Json<'r>>,
    ) {
        let mut inside = Vec::new();
        add_branches(self.rules, node, true, &mut inside);
        for (node, _) in inside {
            if seen.iter().any(|one| ptr::eq(*one, node)) {
                continue;
            }
            seen.push(node);
            if let Some(extension) = node.get(extension::KEYWORD) {
                let found = extension::roles(extension, &mut |mistake| self.report(&mistake));
                for role in found {
                    if !roles.contains(&role) {
                        roles.push(role);
                    }
                }
            }
            for keyword in [
                "items",
                "contains",
                "additionalItems",
                "additionalProperties",
                "propertyNames",
            ] {
                let Some(inner) = node.get(keyword) else {
                    continue;
                };
                let several = inner.items().unwrap_or(std::slice::from_ref(inner));
                for inner in several {
                    self.roles(inner, false, roles, seen);
                }
            }
            let keywords: &[&str] = if has_rows {
                &["patternProperties"]
            } else {
                &["patternProperties", "properties"]
            };
            for keyword in keywords {
                let members = node.get(keyword).and_then(Json::members);
                for (_, inner) in members.into_iter().flat_map(|members| members.iter()) {
                    self.roles(inner, false, roles, seen);
                }
            }
        }
    }

    fn report(&mut self, mistake: &str) {
        let path = TraitPath::new(self.path.iter().cloned());
        self.mistakes.push(format!("{path}: {mistake}"));
    }

    /// Line and column of a part of the text, from 1, in characters.
    fn place(&self, part: &str) -> (u32, u32) {
        let offset = part.as_ptr() as usize - self.text.as_ptr() as usize;
        let before = self.text.get(..offset).unwrap_or_default();
        let line = before.matches('\n').count() + 1;
        let column = before.chars().rev().take_while(|c| *c != '\n').count() + 1;
        let number = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        (number(line), number(column))
    }
}
