//! Problems with settings, collected: those that need no schema, and paths that a schema does not have.

use super::policy::{TraitPath, written};
use super::spanned::{Origin, Sources, Spanned};
use super::syntax::Syntax;
use crate::diagnostics::{Problem, Warning};
use crate::diagnostics::{hint, nearest};

pub(super) struct Problems<'o> {
    sources: &'o Sources,
    pub(super) found: Vec<Problem>,
}

impl<'o> Problems<'o> {
    pub(super) fn new(sources: &'o Sources) -> Self {
        Self {
            sources,
            found: Vec::new(),
        }
    }

    fn report(&mut self, origin: Origin, message: impl AsRef<str>) {
        self.found.push(self.sources.problem(origin, message));
    }

    pub(super) fn check<'t>(
        &mut self,
        syntax: Syntax,
        texts: impl IntoIterator<Item = &'t Spanned<String>>,
    ) {
        for text in texts {
            if let Some(message) = syntax.check(&text.value) {
                self.report(text.origin, message);
            }
        }
    }

    pub(super) fn check_warnings(&mut self, denied: &[Spanned<String>]) {
        let known = Warning::NAMES;
        for name in denied {
            if !known.contains(&&*name.value) {
                let hint = hint(&name.value, known);
                let message = format!("there is no warning {:?} to deny{hint}", name.value);
                self.report(name.origin, message);
            }
        }
    }

    /// Reports every path that is not in `known`; `purpose` completes "there is no trait `x` …".
    pub(super) fn check_paths<'p>(
        &mut self,
        purpose: &str,
        paths: impl IntoIterator<Item = &'p Spanned<TraitPath>>,
        known: &[Vec<&str>],
    ) {
        for Spanned { value, origin } in paths {
            if known.iter().any(|known| value.is(known)) {
                continue;
            }
            let path = value.to_string();
            let names = known.iter().filter(|known| !known.is_empty());
            let names: Vec<String> = names.map(|known| written(known)).collect();
            let names: Vec<&str> = names.iter().map(String::as_str).collect();
            let hint = nearest(&path, &names).map_or_else(
                || "; write the path of a trait, such as `name.first`".into(),
                |name| format!("; did you mean `{name}`?"),
            );
            let message = format!("there is no trait `{path}` {purpose}{hint}");
            self.report(*origin, message);
        }
    }
}
