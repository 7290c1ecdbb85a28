//! What the schema's author says about a member, for its doc comment.

use crate::schema::{Rule, Schema};

/// The annotations of one schema.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Docs<'s> {
    pub(crate) title: Option<&'s str>,
    pub(crate) description: Option<&'s str>,
    pub(crate) format: Option<&'s str>,
    pub(crate) rules: &'s [Rule<'s>],
}

impl<'s> Docs<'s> {
    pub(crate) fn of(schema: &'s Schema<'s>) -> Self {
        Self {
            title: schema.title,
            description: schema.description,
            format: schema.format.map(|found| found.value),
            rules: &schema.rules,
        }
    }

    /// These words, and another schema's where there are none.
    pub(crate) fn or(self, other: &'s Schema<'s>) -> Self {
        Self {
            title: self.title.or(other.title),
            description: self.description.or(other.description),
            ..self
        }
    }
}
