//! The run-time check of access: an ordinary update changes no identifier and no address.
//!
//! The derive checks this at compile time, by the table of the schema. The check here asks the schema itself about every place that
//! changes, so that it also covers updaters that are written by hand, edits that are built at run time, members without a row, and a
//! server whose schema has more roles than that of the application.

use std::collections::BTreeSet;

use crate::json::path::TraitPath;
use crate::json::{Json, Members, json_eq};
use crate::kratos::roles::roles_at;
use crate::problem::Problem;
use crate::traits::facts::{Role, Schema};
use crate::traits::marker;

/// What an update may change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Access {
    /// No identifier and no address.
    Ordinary,
    All,
}

impl Access {
    /// The access in the type of a patch.
    pub(crate) const fn of<A: marker::Access>() -> Self {
        if A::IS_PRIVILEGED {
            Self::All
        } else {
            Self::Ordinary
        }
    }

    /// A problem for each identifier and address that the update changes but may not.
    ///
    /// `is_derived` tells whether a stored value is an identifier or address of the person, whatever the schema says.
    pub(crate) fn problems(
        self,
        schemas: &[&Schema],
        before: &Json<'_>,
        after: &Json<'_>,
        is_derived: &dyn Fn(&Json<'_>) -> bool,
    ) -> Vec<Problem> {
        if self == Self::All {
            return Vec::new();
        }
        let mut check = Check {
            schemas,
            is_derived,
            after,
            path: Vec::new(),
            problems: Vec::new(),
        };
        check.compare(Some(before), Some(after));
        check.problems
    }
}

struct Check<'c> {
    schemas: &'c [&'c Schema],
    is_derived: &'c dyn Fn(&Json<'_>) -> bool,
    after: &'c Json<'c>,
    path: Vec<String>,
    problems: Vec<Problem>,
}

impl Check<'_> {
    /// Compares two values down to the values in them.
    fn compare(&mut self, before: Option<&Json<'_>>, after: Option<&Json<'_>>) {
        if json_eq(before, after) {
            return;
        }
        let mut below = BTreeSet::new();
        for value in [before, after].into_iter().flatten() {
            let members = value.members().into_iter().flat_map(Members::iter);
            below.extend(members.map(|(name, _)| name.to_owned()));
            let items = value.items().map_or(0, <[Json<'_>]>::len);
            below.extend((0..items).map(|position| position.to_string()));
        }
        if below.is_empty() || is_other_kind(before, after) {
            self.judge(before);
        }
        for name in below {
            let step = [name];
            let [before, after] = [before, after].map(|one| one.and_then(|one| one.at(&step)));
            self.path.extend(step);
            self.compare(before, after);
            self.path.pop();
        }
    }

    /// Reports the place at `path` if its value is, or is in, an identifier or address.
    fn judge(&mut self, before: Option<&Json<'_>>) {
        let rules = self.schemas.iter().map(|schema| schema.rules());
        let is_privileged = rules.into_iter().any(|rules| match rules {
            Some(rules) => roles_at(rules, &self.path)
                .into_iter()
                .any(Role::is_privileged),
            // Without rules, nothing is known to be ordinary.
            None => true,
        });
        if is_privileged || before.is_some_and(self.is_derived) {
            let mut path = TraitPath::new(self.path.iter().cloned());
            if let Some(schema) = self.schemas.first() {
                path = schema.hiding(&path, Some(self.after));
            }
            self.problems.push(Problem::invalid(
                path,
                "an ordinary update cannot change an identifier or address: let a privileged updater or patch do it",
            ));
        }
    }
}

/// Whether a value is replaced by one of another kind, or is added or removed: then it also changes as a whole.
fn is_other_kind(before: Option<&Json<'_>>, after: Option<&Json<'_>>) -> bool {
    before.and_then(Json::type_name) != after.and_then(Json::type_name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::traits::raw::RawTraits;

    const TEXT: &str = r#"{"properties":{"traits":{
        "properties":{
            "email":{"ory.sh/kratos":{"verification":{"via":"email"}}},
            "org":{"ory.sh/kratos":{"organizations":{"matcher":"email_domain"}}},
            "home":{"properties":{"city":{},"phone":{"ory.sh/kratos":{"recovery":{"via":"sms"}}}}},
            "tags":{"items":{}},
            "mails":{"items":{"ory.sh/kratos":{"credentials":{"password":{"identifier":true}}}}}
        },
        "patternProperties":{"^ta":{"ory.sh/kratos":{"credentials":{"webauthn":{"identifier":true}}}}},
        "additionalProperties":{"properties":{"name":{"ory.sh/kratos":{"credentials":{"password":{"identifier":true}}}}}}
    }}}"#;

    fn forbidden(before: &str, after: &str, derived: &str) -> Vec<String> {
        let schema = Schema::new("test.schema.json", TEXT, &[], 0);
        let [before, after] = [before, after].map(|text| RawTraits::parse(text).unwrap());
        let is_derived = |value: &Json<'_>| value.as_str() == Some(derived);
        let found =
            Access::Ordinary.problems(&[&schema], &before.json(), &after.json(), &is_derived);
        let all = Access::All.problems(&[&schema], &before.json(), &after.json(), &is_derived);
        assert_eq!(all, []);
        found
            .into_iter()
            .map(|one| one.path.segments().join("."))
            .collect()
    }

    #[test]
    fn places_with_a_role() {
        for (before, after, expected) in [
            (r#"{"email":"a"}"#, r#"{"email":"b"}"#, &["email"][..]),
            (r#"{"email":"a"}"#, "{}", &["email"]),
            (r#"{"email":"a"}"#, r#"{"email":"a","org":"b"}"#, &[]),
            // In an object that is added, replaced or removed.
            ("{}", r#"{"home":{"city":"x"}}"#, &[]),
            (
                "{}",
                r#"{"home":{"city":"x","phone":"+1"}}"#,
                &["home.phone"],
            ),
            (
                r#"{"home":{"phone":"+1"}}"#,
                r#"{"home":"x"}"#,
                &["home.phone"],
            ),
            // Array items, and a pattern that a named member matches.
            (r#"{"mails":["a","b"]}"#, r#"{"mails":["a"]}"#, &["mails.1"]),
            (r#"{"tags":["a"]}"#, r#"{"tags":["b"]}"#, &["tags.0"]),
            // Members without a row.
            (
                r#"{"x":{"name":"a","b":1}}"#,
                r#"{"x":{"name":"a","b":2}}"#,
                &[],
            ),
            (r#"{"x":{"name":"a"}}"#, "{}", &["x.name"]),
        ] {
            assert_eq!(forbidden(before, after, ""), expected, "{before} {after}");
        }
    }

    #[test]
    fn values_that_are_identifiers_of_the_person() {
        let before = r#"{"org":"ada","x":{"b":"ada"}}"#;
        assert_eq!(
            forbidden(before, r#"{"org":"b","x":{"b":"c"}}"#, "ada"),
            ["org", "x.b"]
        );
        assert_eq!(
            forbidden(before, r#"{"org":"b","x":{"b":"ada"}}"#, "other"),
            [""; 0]
        );
    }

    #[test]
    fn without_rules_nothing_is_ordinary() {
        let schema = Schema::new("test.schema.json", "{}", &[], 0);
        let [before, after] = ["{}", r#"{"a":1}"#].map(|text| RawTraits::parse(text).unwrap());
        let found =
            Access::Ordinary.problems(&[&schema], &before.json(), &after.json(), &|_| false);
        assert_eq!(found.len(), 1);
    }
}
