//! What is wrong with the settings: by themselves, and for a schema.

use super::options::Options;
use super::origin::{Origin, Said};
use super::policy::{TraitPath, written};
use super::visibility::Visibility;
use super::{syntax, traits};
use crate::problem::{Problem, Warning};
use crate::schema::{hint, nearest};

impl Options {
    /// Everything that is set and cannot become Rust.
    pub(crate) fn problems(&self) -> Vec<Problem> {
        let door = self.door;
        let mut problems = Vec::new();
        let mut check = |said: &Said, is: fn(&str) -> bool, what: &str, such: &str| {
            if !is(&said.text) {
                let message = format!("{what} {:?} is not {such}", said.text);
                problems.push(said.origin.problem(door, message));
            }
        };
        if let Some(said) = &self.runtime_path {
            let such = "a Rust path; write one such as `::kratos_traits`";
            check(said, syntax::is_path, "the runtime path", such);
        }
        if let Some(said) = &self.visibility {
            let such =
                "one; write `pub`, `pub(crate)`, `pub(super)`, `pub(in crate::PATH)` or `private`";
            let is = |text: &str| Visibility::read(text).is_some();
            check(said, is, "the visibility", such);
        }
        if let Some(said) = &self.module {
            let such = "a Rust name; write one such as `customer`";
            check(said, syntax::is_field, "the module", such);
        }
        if let Some(said) = &self.debug {
            let such = "one; write `redacted` or `values`";
            let is = |text: &str| matches!(text, "redacted" | "values");
            check(said, is, "what `Debug` shows,", such);
        }
        for said in self.formats.values() {
            check(said, syntax::is_type, "the type", traits::A_TYPE);
        }
        for said in &self.derives {
            check(said, syntax::is_path, "the derive", traits::A_DERIVE);
            let such = traits::A_FREE_DERIVE;
            check(said, syntax::is_free_derive, "the derive", such);
        }
        for settings in self.traits.values() {
            settings.check(&mut check);
        }
        let known = Warning::names();
        for said in &self.denied_warnings {
            if !known.contains(&&*said.text) {
                let hint = hint(&said.text, &known);
                let message = format!("there is no warning {:?} to deny{hint}", said.text);
                problems.push(said.origin.problem(door, message));
            }
        }
        problems
    }

    /// What is set where nothing is, of `known`, and the policy for what is none of the `traits`.
    pub(crate) fn strangers(&self, known: &[Vec<&str>], traits: &[Vec<&str>]) -> Vec<Problem> {
        let set = self.traits.iter();
        let set = set.map(|(path, settings)| (path, &settings.origin));
        let mut problems = self.of_strangers("something is set for", set, known);
        let denied = self.policy.denied();
        problems.extend(self.of_strangers("updates are denied for", denied, traits));
        let allowed = self.policy.allowed();
        problems.extend(self.of_strangers("updates are allowed for", allowed, traits));
        problems
    }

    fn of_strangers<'o>(
        &self,
        what: &str,
        paths: impl Iterator<Item = (&'o TraitPath, &'o Origin)>,
        known: &[Vec<&str>],
    ) -> Vec<Problem> {
        let is_known = |path: &TraitPath| known.iter().any(|one| path.iter().eq(one.iter()));
        let strangers = paths.filter(|(path, _)| !is_known(path));
        let problems = strangers.map(|(path, origin)| {
            let path: Vec<&str> = path.iter().map(String::as_str).collect();
            let path = written(&path);
            let names = known.iter().filter(|one| !one.is_empty());
            let names: Vec<String> = names.map(|one| written(one)).collect();
            let names: Vec<&str> = names.iter().map(String::as_str).collect();
            let hint = nearest(&path, &names).map_or_else(
                || "; write the path of one, such as `name.first`".into(),
                |name| format!("; did you mean `{name}`?"),
            );
            let message = format!("{what} `{path}`, but no trait is there{hint}");
            origin.problem(self.door, message)
        });
        problems.collect()
    }
}
