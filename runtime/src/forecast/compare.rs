//! Whether Kratos takes the identifiers or addresses of a change for others than those it keeps.

use serde_json::Value;

use super::spelling::{self, Doubt, Form};
use super::version::Generation;
use crate::check::{Json, Rules};
use crate::traits::facts::{IdentityTraits, Role, TraitFacts};
use crate::traits::path::TraitPath;
use crate::traits::raw::RawTraits;
use crate::update::identifiers::{each_inside, own_value};

/// Whether two lists of forms differ, whatever their order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Differ {
    No,
    Perhaps,
    Yes,
}

pub(super) fn differ(kept: &[Form], derived: &[Form]) -> Differ {
    let mut apart = apart(kept, derived).peekable();
    if apart.peek().is_none() {
        let mut all = kept.iter().chain(derived);
        if all.any(|one| one.doubt == Doubt::Same) {
            Differ::Perhaps
        } else {
            Differ::No
        }
    } else if apart.any(|one| one.doubt == Doubt::Different) {
        Differ::Perhaps
    } else {
        Differ::Yes
    }
}

/// Every form that is on one side only.
fn apart<'a>(these: &'a [Form], those: &'a [Form]) -> impl Iterator<Item = &'a Form> {
    let lack = |all: &[Form], one: &Form| !all.iter().any(|other| other.is(one));
    let only_these = these.iter().filter(move |one| lack(those, one));
    only_these.chain(those.iter().filter(move |one| lack(these, one)))
}

/// One trait in one of its roles, before and after a change.
pub(super) struct Used {
    pub(super) facts: &'static TraitFacts,
    pub(super) role: Role,
    /// What Kratos keeps of the value before.
    pub(super) kept: Vec<Form>,
    /// What it would derive again from the value before.
    pub(super) before: Vec<Form>,
    /// What it derives from the value after.
    pub(super) after: Vec<Form>,
}

impl Used {
    /// Whether the value becomes another, however it is spelt.
    pub(super) fn is_changed(&self) -> bool {
        apart(&self.before, &self.after).next().is_some()
    }

    /// Whether Kratos does not find, or may not find, in what it keeps what it derives.
    pub(super) fn is_spelt_apart(&self) -> bool {
        differ(&self.kept, &self.after) != Differ::No
    }
}

/// Every trait in every role that Kratos compares.
pub(super) fn used<T: IdentityTraits>(
    before: &RawTraits,
    after: &RawTraits,
    generation: Generation,
) -> Vec<Used> {
    let mut found = Vec::new();
    let rules = Rules::of(T::SCHEMA);
    for facts in T::TRAITS {
        let format = rules.as_ref().and_then(|rules| format(rules, facts));
        for role in facts
            .roles
            .iter()
            .copied()
            .filter(|role| role.is_privileged())
        {
            let derived = |traits: &RawTraits| {
                forms(own_value(facts, T::TRAITS, traits), |value| {
                    spelling::derived(role, format, value, generation)
                })
            };
            found.push(Used {
                facts,
                role,
                kept: forms(own_value(facts, T::TRAITS, before), |value| {
                    spelling::stored(role, value, generation)
                }),
                before: derived(before),
                after: derived(after),
            });
        }
    }
    found
}

fn forms(value: Option<Value>, form: impl Fn(&str) -> Form) -> Vec<Form> {
    let Some(value) = value else {
        return Vec::new();
    };
    // Which part of an array or object it is that Kratos uses, the facts do not say.
    let is_all_used = !matches!(value, Value::Array(_) | Value::Object(_));
    let mut found = Vec::new();
    each_inside(&value, &TraitPath::ROOT, &mut |_, inner| {
        let form = match inner {
            Value::String(text) => form(text),
            other => form(&other.to_string()),
        };
        found.push(if is_all_used {
            form
        } else {
            form.in_doubt(Doubt::Different)
        });
    });
    found
}

/// The `format` that the schema says of a trait, where it says so at its place.
fn format<'a>(rules: &'a Rules<'_>, facts: &TraitFacts) -> Option<&'a str> {
    let here = rules.of_trait(facts.path)?;
    here.get("format").and_then(Json::as_str)
}
