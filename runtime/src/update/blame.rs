//! The problems of an update that Kratos refuses, or would refuse: which ones the update causes, and which ones the stored traits
//! have without it.

use std::collections::HashSet;

use super::places::ChangedPlaces;
use super::problems::plain_verdict;
use crate::json::Json;
use crate::kratos::form_decoder::{self, FilledIn};
use crate::problem::{Cause, MessageId, Problem};
use crate::traits::facts::Schema;

/// The API of Kratos that an update goes through.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Api {
    /// The settings flow, which fills in absent objects before it validates the traits.
    Settings,
    /// The admin API.
    Admin,
}

impl Api {
    /// The problems that Kratos will report for a document, as far as the schema tells.
    fn verdict(self, schema: &Schema, traits: &Json<'_>) -> Vec<Problem> {
        match self {
            Self::Settings => form_decoder::complete(schema, traits).problems,
            Self::Admin => plain_verdict(schema, traits),
        }
    }
}

/// Separates the problems that an update causes from those of the stored document: Kratos does not check stored identities
/// again when a schema changes.
///
/// A problem is caused by the update if it is at or in a changed place, or if the verdict on the stored document does not have it.
pub(crate) struct Blame {
    places: ChangedPlaces,
    of_stored: HashSet<Rule>,
    /// The verdict on the new document.
    verdict: Vec<Problem>,
    schema: &'static Schema,
    api: Api,
}

/// A rule of a schema at a place. Only the general message id needs the keyword.
type Rule = (Vec<String>, MessageId, Option<&'static str>);

fn rule(problem: &Problem) -> Rule {
    let id = problem.message.id;
    let keyword = problem.keyword().filter(|_| id == MessageId::INVALID);
    (problem.path.segments().to_vec(), id, keyword)
}

impl Blame {
    /// `before` is the stored document, `after` the one that the update makes of it.
    pub(crate) fn of(
        schema: &'static Schema,
        before: &Json<'_>,
        after: &Json<'_>,
        api: Api,
    ) -> Self {
        let of_stored = api.verdict(schema, before);
        let any_keyword = |(path, id, _): Rule| (path, id, None);
        let rules = of_stored.iter().map(rule);
        Self {
            places: ChangedPlaces::of(before, after),
            of_stored: rules.clone().chain(rules.map(any_keyword)).collect(),
            verdict: api.verdict(schema, after),
            schema,
            api,
        }
    }

    /// Separates problems that were found here: first those that the update causes.
    pub(crate) fn of_found(&self, problems: Vec<Problem>) -> (Vec<Problem>, Vec<Problem>) {
        problems
            .into_iter()
            .partition(|problem| self.is_caused(problem, true))
    }

    /// Separates problems that Kratos reports for the document `after`, and marks those of values that Kratos filled in.
    pub(crate) fn of_reported(
        &self,
        problems: Vec<Problem>,
        after: &Json<'_>,
    ) -> (Vec<Problem>, Vec<Problem>) {
        let mut separated = (Vec::new(), Vec::new());
        let filled_in = FilledIn::of(self.schema);
        for mut problem in problems {
            problem.path = self.schema.hiding(&problem.path, Some(after));
            let found = self.verdict.iter().find(|one| is_same(one, &problem));
            let is_known = found.is_some();
            if let Some(found) = found {
                problem = problem.like(found);
            } else if self.api == Api::Settings
                && problem.message.id.is_of_a_schema()
                && filled_in.holds(&problem, after)
            {
                problem.blame_filling_in();
            }
            if self.is_caused(&problem, is_known) {
                separated.0.push(problem);
            } else {
                separated.1.push(problem);
            }
        }
        separated
    }

    /// Whether the update causes a problem. `is_known`: the schema of the application reports it too.
    fn is_caused(&self, problem: &Problem, is_known: bool) -> bool {
        let path = problem.path.segments();
        if self.places.contains(path) {
            return true;
        }
        if let Cause::Undeclared(names) = problem.cause() {
            let is_changed = |name: &String| {
                let member = problem.path.child(name.as_str());
                self.places.contains(member.segments())
            };
            return names.iter().any(is_changed);
        }
        if self.of_stored.contains(&rule(problem)) {
            return false;
        }
        // A web hook explains why it refuses this update.
        if is_known || !problem.message.id.is_of_a_schema() {
            return true;
        }
        // A rule that the schema of the application does not have. If it is one of an object, the members that the update adds or
        // removes may break it; if the message names members, only those.
        let mut changed = self.places.added_or_removed_in(path);
        let text = &problem.message.text;
        changed.any(|name| !text.contains('"') || text.contains(&format!("{name:?}")))
    }
}

/// Whether the problem that Kratos reports is this problem of the verdict.
fn is_same(found: &Problem, reported: &Problem) -> bool {
    found.path == reported.path
        && found.message.id == reported.message.id
        && (found.message.id != MessageId::INVALID
            || words(found.text_of_kratos()) == words(&reported.message.text))
}

/// The words of a text. Kratos lists names in random order.
fn words(text: &str) -> Vec<&str> {
    let mut words: Vec<&str> = text.split([' ', ',']).collect();
    words.sort_unstable();
    words
}
