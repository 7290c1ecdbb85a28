//! Checks a traits document against its schema.
//!
//! The verdict is never stricter than that of Kratos. Rules that are not checked here (formats beyond plain mistakes in e-mail
//! addresses and phone numbers, patterns that only Go understands, composed schemas) are checked by Kratos, which reports the
//! same [`Problem`]s. The rules are those of `ory/jsonschema` v3, also where it deviates from draft-07.

mod equality;
mod matcher;
mod pattern;
mod rules;

use std::collections::{HashMap, HashSet};
use std::sync::OnceLock;

use serde_json::value::RawValue;

use self::matcher::Matcher;
pub(crate) use self::rules::{format_problem, strings};
use crate::json::path::TraitPath;
use crate::json::{Json, Kind, Members};
use crate::problem::{MessageId, Problem};

/// The rules of a schema.
pub(crate) struct Rules<'a> {
    root: Json<'a>,
    draft: Draft,
    /// The patterns of the schema, each compiled on first use; `None` if only Go understands it.
    patterns: HashMap<String, OnceLock<Option<Matcher>>>,
    /// The names of all members that the schema declares, read on first use.
    names: OnceLock<HashSet<String>>,
}

/// The draft by whose keywords Kratos compiles a schema.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Draft {
    /// Without `const`.
    Four,
    Later,
}

impl<'a> Rules<'a> {
    /// `None` if the text has no rules for traits; the generator refuses such a schema.
    pub(crate) fn read(schema: &'a str) -> Option<Self> {
        let root = Json::read(serde_json::from_str::<&RawValue>(schema).ok()?);
        root.get("properties")?.get("traits")?;
        let draft = match root.get("$schema").and_then(Json::as_str) {
            Some("http://json-schema.org/draft-04/schema#") => Draft::Four,
            _ => Draft::Later,
        };
        let mut patterns = HashMap::new();
        find_patterns(&root, &mut patterns);
        Some(Self {
            root,
            draft,
            patterns,
            names: OnceLock::new(),
        })
    }

    /// The rules of the whole document.
    pub(crate) fn root(&self) -> &Json<'a> {
        &self.root
    }

    /// The rules of the traits object.
    pub(crate) fn traits(&self) -> &Json<'a> {
        let traits = self.root.get("properties");
        traits
            .and_then(|all| all.get("traits"))
            .unwrap_or(&self.root)
    }

    /// The value that a pointer into the same document points to; `None` for any other reference.
    pub(crate) fn resolve(&self, reference: &str) -> Option<&Json<'a>> {
        let mut names = reference.strip_prefix('#')?.split('/');
        if names.next() != Some("") {
            return None;
        }
        let names = names.map(|name| name.replace("~1", "/").replace("~0", "~"));
        self.root.at(&names.collect::<Vec<_>>())
    }

    /// The rules of a trait; `None` if they are in a composed schema.
    pub(crate) fn of_trait(&self, path: &[&str]) -> Option<&Json<'a>> {
        let mut here = self.traits();
        for name in path {
            let members = self.follow_references(here)?.get("properties")?;
            here = members.get(name)?;
        }
        self.follow_references(here)
    }

    /// Follows `$ref`s; `None` for a reference to another document, and for a cycle.
    pub(crate) fn follow_references<'r>(&'r self, rules: &'r Json<'a>) -> Option<&'r Json<'a>> {
        /// More references in a row than any schema has.
        const MOST: usize = 32;
        let mut here = rules;
        for _ in 0..MOST {
            match here.get("$ref").and_then(Json::as_str) {
                Some(reference) => here = self.resolve(reference)?,
                None => return Some(here),
            }
        }
        None
    }

    /// Whether `properties` or `required` of some object in the schema have this name. Any other name of a member is data of the person.
    pub(crate) fn declares(&self, name: &str) -> bool {
        let names = self.names.get_or_init(|| {
            let mut names = HashSet::new();
            find_names(&self.root, &mut names);
            names
        });
        names.contains(name)
    }

    pub(crate) fn draft(&self) -> Draft {
        self.draft
    }

    pub(crate) fn judge(&self, document: &Json<'_>) -> Vec<Problem> {
        let mut check = Check {
            rules: self,
            problems: Vec::new(),
        };
        check.value(self.traits(), document, &TraitPath::ROOT);
        check.problems
    }

    /// Whether the text matches a pattern of the schema; `None` if only Go understands the pattern.
    pub(crate) fn matches(&self, pattern: &str, text: &str) -> Option<bool> {
        let compiled = self.patterns.get(pattern)?;
        let compiled = compiled
            .get_or_init(|| pattern::compile(pattern))
            .as_ref()?;
        Some(compiled.is_match(text))
    }
}

fn find_patterns(rules: &Json<'_>, patterns: &mut HashMap<String, OnceLock<Option<Matcher>>>) {
    match rules.kind() {
        Kind::Object(members) => {
            for (name, value) in members.iter() {
                if let Some(pattern) = value.as_str().filter(|_| name == "pattern") {
                    patterns.entry(pattern.to_owned()).or_default();
                }
                if let Some(members) = value.members().filter(|_| name == "patternProperties") {
                    for (pattern, _) in members.iter() {
                        patterns.entry(pattern.to_owned()).or_default();
                    }
                }
                find_patterns(value, patterns);
            }
        }
        Kind::Array(items) => items
            .iter()
            .for_each(|rules| find_patterns(rules, patterns)),
        _ => {}
    }
}

fn find_names(rules: &Json<'_>, names: &mut HashSet<String>) {
    match rules.kind() {
        Kind::Object(members) => {
            let declared = members.get("properties").and_then(Json::members);
            let declared = declared.into_iter().flat_map(Members::sorted);
            names.extend(declared.map(|(name, _)| name.to_owned()));
            let required = members.get("required").and_then(Json::items);
            let required = required.into_iter().flatten().filter_map(Json::as_str);
            names.extend(required.map(ToOwned::to_owned));
            members
                .iter()
                .for_each(|(_, rules)| find_names(rules, names));
        }
        Kind::Array(items) => items.iter().for_each(|rules| find_names(rules, names)),
        _ => {}
    }
}

/// A check of one document.
struct Check<'r> {
    rules: &'r Rules<'r>,
    problems: Vec<Problem>,
}

impl Check<'_> {
    /// Adds a problem with an id of its own.
    fn report(
        &mut self,
        path: &TraitPath,
        id: MessageId,
        text: String,
        context: serde_json::Value,
    ) {
        let problem = Problem::new(path.clone(), id, text, context);
        self.problems.push(problem);
    }

    /// Adds a problem with the general id.
    fn refuse(&mut self, path: &TraitPath, keyword: &'static str, reason: String) {
        let problem = Problem::invalid(path.clone(), reason);
        self.problems.push(problem.by(keyword));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_are_compiled_once() {
        let schema = r#"{"properties":{"traits":{"properties":{"a":{"pattern":"^a$"},"b":{"pattern":"^a$"}}}}}"#;
        let rules = Rules::read(schema).unwrap();
        assert_eq!(rules.patterns.len(), 1);
        assert!(rules.patterns["^a$"].get().is_none());
        let document = serde_json::from_str(r#"{"a":"b","b":"b"}"#).unwrap();
        assert_eq!(rules.judge(&Json::read(document)).len(), 2);
        assert!(matches!(rules.patterns["^a$"].get(), Some(Some(_))));
    }
}
