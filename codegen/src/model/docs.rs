//! What the schema's author says about a member, for its doc comment.

use super::merged::MergedSchema;
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

    /// What the schemas of a value say, the first one first.
    pub(crate) fn of_merged(merged: &MergedSchema<'s>) -> Self {
        let all = merged.certain.iter().map(|schema| Self::of(schema));
        all.reduce(Self::or).unwrap_or_default()
    }

    /// These words, and others where there are none.
    pub(crate) fn or(self, other: Self) -> Self {
        Self {
            title: self.title.or(other.title),
            description: self.description.or(other.description),
            format: self.format.or(other.format),
            rules: if self.rules.is_empty() {
                other.rules
            } else {
                self.rules
            },
        }
    }
}
