//! Collects the problems of a schema, to report them together.

use super::source::{Source, Spot};
use crate::diagnostics::{Problem, Warning};

/// The problems found so far, in any order.
#[derive(Debug, Default)]
pub(crate) struct Problems {
    found: Vec<(Spot, Option<Warning>, String)>,
    errors: usize,
}

impl Problems {
    pub(crate) fn report(&mut self, spot: Spot, message: impl Into<String>) {
        self.found.push((spot, None, message.into()));
        self.errors += 1;
    }

    pub(crate) fn warn(&mut self, spot: Spot, warning: Warning, message: impl Into<String>) {
        self.found.push((spot, Some(warning), message.into()));
    }

    /// The number of errors.
    pub(crate) fn len(&self) -> usize {
        self.errors
    }

    /// The problems in the order of the files; `sources` and `names` are indexed by [`Spot::file`].
    pub(crate) fn into_problems(
        mut self,
        sources: &[Source<'_>],
        names: &[&str],
        is_denied: impl Fn(&str) -> bool,
    ) -> Vec<Problem> {
        // A schema that a `$ref` leads to is read twice: where it is, and for the `$ref`.
        self.found.sort();
        self.found.dedup();
        let problems = self.found.into_iter().map(|(spot, warning, message)| {
            let source = &sources[spot.file()];
            let place = source.place(spot);
            let problem = Problem::at(
                names[spot.file()],
                (place.line, place.column),
                message,
                source.excerpt(spot),
            );
            match warning {
                Some(warning) => problem.warning(warning, is_denied(warning.name())),
                None => problem,
            }
        });
        problems.collect()
    }
}
