//! Whether a traits document obeys its schema, judged here before anything is sent.
//!
//! The verdict is never stricter than Kratos's: what this check does not judge (formats other than
//! plain mistakes in e-mail addresses and phone numbers, patterns in a dialect of their own,
//! composed schemas), Kratos judges when the document arrives, in the same [`Problem`]s.
//! The rules are those of `ory/jsonschema` v3, where it departs from draft-07 too.

mod array;
mod decimal;
mod format;
mod found;
mod json;
mod number;
mod object;
mod pattern;
mod string;
mod value;

use serde_json::value::RawValue;

pub(crate) use self::format::surely_refuses;
use self::found::Found;
pub(crate) use self::json::Json;
pub(crate) use self::object::is_unexpected_members;
use crate::json::path::TraitPath;
use crate::problem::Problem;
use crate::traits::facts::Schema;
use crate::traits::raw::RawTraits;

impl Schema {
    /// Every problem of a traits document as it stands; none when the document obeys the schema.
    ///
    /// What only Kratos can judge is no problem here.
    pub fn check(&self, traits: &RawTraits) -> Vec<Problem> {
        Rules::of(self).map_or_else(Vec::new, |rules| rules.judge(&Json::read(traits.raw())))
    }
}

/// A schema, read once for everything that asks it.
pub(crate) struct Rules<'a> {
    root: Json<'a>,
    draft: Draft,
}

/// The draft by whose keywords Kratos compiles a schema.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Draft {
    /// Without `const`.
    Four,
    Later,
}

impl<'a> Rules<'a> {
    /// `None` for a text without rules for traits, which the generator refuses.
    pub(crate) fn of(schema: &'a Schema) -> Option<Self> {
        let root = Json::read(serde_json::from_str::<&RawValue>(schema.json).ok()?);
        root.get("properties")?.get("traits")?;
        let draft = match root.get("$schema").and_then(Json::as_str) {
            Some("http://json-schema.org/draft-04/schema#") => Draft::Four,
            _ => Draft::Later,
        };
        Some(Self { root, draft })
    }

    /// The rules of the traits object.
    pub(crate) fn traits(&self) -> &Json<'a> {
        let traits = self.root.get("properties");
        traits
            .and_then(|all| all.get("traits"))
            .unwrap_or(&Json::Unjudged)
    }

    /// What a pointer into the same document leads to; `None` for any other reference.
    pub(crate) fn resolve(&self, reference: &str) -> Option<&Json<'a>> {
        let mut here = &self.root;
        let mut names = reference.strip_prefix('#')?.split('/');
        if names.next() != Some("") {
            return None;
        }
        for name in names {
            let name = name.replace("~1", "/").replace("~0", "~");
            here = match here {
                Json::Array(items) => items.get(name.parse::<usize>().ok()?)?,
                other => other.get(&name)?,
            };
        }
        Some(here)
    }

    /// What the schema says of a trait at its place; `None` where it says so in a composed schema.
    pub(crate) fn of_trait(&self, path: &[&str]) -> Option<&Json<'a>> {
        let mut here = self.traits();
        for name in path {
            let members = self.behind_references(here)?.get("properties")?;
            here = members.get(name)?;
        }
        self.behind_references(here)
    }

    /// What a `$ref` leads to, and that of the next; `None` behind one to another document, and on a circle.
    pub(crate) fn behind_references<'b>(&'b self, rules: &'b Json<'a>) -> Option<&'b Json<'a>> {
        let mut here = rules;
        // More in a row than anybody writes.
        for _ in 0..32 {
            match here.get("$ref").and_then(Json::as_str) {
                Some(reference) => here = self.resolve(reference)?,
                None => return Some(here),
            }
        }
        None
    }

    pub(crate) fn draft(&self) -> Draft {
        self.draft
    }

    pub(crate) fn judge(&self, document: &Json<'_>) -> Vec<Problem> {
        let mut found = Found::new(self.draft);
        value::check(self.traits(), document, &TraitPath::ROOT, &mut found);
        found.problems
    }
}
