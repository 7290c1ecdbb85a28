//! Traits that break the schema.

use super::flow::Ui;
use crate::json::Json;
use crate::json::path::TraitPath;
use crate::problem::{Message, Problem};
use crate::traits::facts::IdentityTraits;
use crate::traits::marker::Privileged;
use crate::update::blame::{Api, Blame};
use crate::update::patch::Patch;

/// The problems of traits that break the schema, found by our own check or by Kratos.
///
/// ```
/// use kratos_traits::Invalid;
///
/// fn show(invalid: &Invalid) {
///     for problem in invalid.caused() {
///         println!("{}: {}", problem.path, problem.message.text);
///     }
///     for message in &invalid.general {
///         println!("{}", message.text);
///     }
/// }
/// ```
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Invalid {
    /// The problems of traits: first those [caused by the update](Self::caused), then those of the
    /// [stored traits](Self::stored).
    pub problems: Vec<Problem>,
    /// The messages that belong to no trait.
    pub general: Vec<Message>,
    /// How many of the problems the update causes.
    caused: usize,
}

impl Invalid {
    /// The problems that the update causes: those at or in the places that it changes, and those that the stored traits did not
    /// have before.
    ///
    /// ```
    /// use kratos_traits::{Invalid, TraitPath};
    ///
    /// fn is_wrong(invalid: &Invalid, path: &TraitPath) -> bool {
    ///     invalid.caused().iter().any(|problem| problem.path == *path)
    /// }
    /// ```
    pub fn caused(&self) -> &[Problem] {
        self.problems.get(..self.caused).unwrap_or(&self.problems)
    }

    /// The problems of stored traits that the update does not change: they break the current schema, and
    /// Kratos saves no update that does not also set or remove them. A form that does not show these
    /// traits should not ask the person to correct them.
    ///
    /// If only the schema of the server has a rule that concerns several traits (`if`, `dependencies`), a problem of a trait that
    /// the update does not change may be caused by the update.
    ///
    /// ```
    /// use kratos_traits::Invalid;
    ///
    /// fn is_fault_of_the_stored_traits(invalid: &Invalid) -> bool {
    ///     invalid.caused().is_empty() && !invalid.stored().is_empty()
    /// }
    /// ```
    pub fn stored(&self) -> &[Problem] {
        self.problems.get(self.caused..).unwrap_or_default()
    }

    /// The problems that stop an update of the traits `before`, found by our own check.
    pub(crate) fn of_update<T: IdentityTraits>(
        problems: Vec<Problem>,
        patch: &Patch<T, Privileged>,
        before: &Json<'_>,
        api: Api,
    ) -> Self {
        let after = patch.applied(before).0;
        let blame = Blame::of(T::schema(), before, &after, api);
        Self::new(blame.of_found(problems), Vec::new())
    }

    /// The problems that Kratos reports for an update of the traits `before`.
    pub(crate) fn of_answer<T: IdentityTraits>(
        problems: Vec<Problem>,
        general: Vec<Message>,
        patch: &Patch<T, Privileged>,
        before: &Json<'_>,
        api: Api,
    ) -> Self {
        let after = patch.applied(before).0;
        let blame = Blame::of(T::schema(), before, &after, api);
        Self::new(blame.of_reported(problems, &after), general)
    }

    /// The problems in a form that Kratos returns.
    pub(crate) fn of_form<T: IdentityTraits>(
        ui: &Ui,
        patch: &Patch<T, Privileged>,
        before: &Json<'_>,
    ) -> Self {
        let (mut problems, mut general) = (Vec::new(), ui.errors());
        for node in ui.nodes() {
            match TraitPath::from_node_name(node.name(), T::schema()) {
                Some(path) => {
                    let errors = node.errors().into_iter();
                    problems.extend(errors.map(|message| Problem::of(path.clone(), message)));
                }
                None => general.extend(node.errors()),
            }
        }
        Self::of_answer(problems, general, patch, before, Api::Settings)
    }

    fn new((mut problems, stored): (Vec<Problem>, Vec<Problem>), general: Vec<Message>) -> Self {
        let caused = problems.len();
        problems.extend(stored);
        Self {
            problems,
            general,
            caused,
        }
    }
}
