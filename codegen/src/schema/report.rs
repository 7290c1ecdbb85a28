//! Problems are collected, then reported together.

use super::source::{Source, Spot};
use crate::problem::{Errors, Problem};

/// What has been found so far, in any order.
#[derive(Debug, Default)]
pub(crate) struct Problems(Vec<(Spot, String)>);

impl Problems {
    pub(crate) fn report(&mut self, spot: Spot, message: impl Into<String>) {
        self.0.push((spot, message.into()));
    }

    pub(crate) fn len(&self) -> usize {
        self.0.len()
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The problems in file order, named with `file`.
    pub(crate) fn into_errors(mut self, file: &str, source: &Source<'_>) -> Errors {
        self.0.sort_by_key(|(spot, _)| *spot);
        let problems = self.0.into_iter().map(|(spot, message)| {
            let place = source.place(spot);
            Problem {
                file: String::from(file),
                line: place.line,
                column: place.column,
                message,
            }
        });
        Errors::new(problems.collect())
    }
}
