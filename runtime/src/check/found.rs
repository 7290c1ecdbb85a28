//! The problems found so far, in the form that Kratos gives them.

use serde_json::{Map, Value, json};

use super::Draft;
use crate::json::path::TraitPath;
use crate::problem::{Message, MessageId, Problem};

pub(super) struct Found {
    pub(super) draft: Draft,
    pub(super) problems: Vec<Problem>,
}

impl Found {
    pub(super) fn new(draft: Draft) -> Self {
        Self {
            draft,
            problems: Vec::new(),
        }
    }

    pub(super) fn note(&mut self, path: &TraitPath, id: MessageId, text: String, context: Value) {
        let context = match context {
            Value::Object(context) => context,
            _ => Map::new(),
        };
        self.problems.push(Problem {
            path: path.clone(),
            message: Message { id, text, context },
        });
    }

    /// A problem that has no id of its own, only words.
    pub(super) fn refuse(&mut self, path: &TraitPath, reason: String) {
        let context = json!({ "reason": reason });
        self.note(path, MessageId::INVALID, reason, context);
    }
}
