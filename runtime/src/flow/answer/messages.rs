//! The messages of a flow: on its nodes, and of its own.
//!
//! Nodes are read for their name and messages only, whatever else they are: a node type that a
//! newer Kratos invents must not cost the answer.

use serde::Deserialize;
use serde_json::Value;

use crate::JsonObject;
use crate::flow::outcome::{Invalid, Outcome};
use crate::problem::{Message, MessageId, Problem};
use crate::traits::facts::Schema;
use crate::traits::path::TraitPath;

/// The part of a flow that says what is wrong.
#[derive(Deserialize)]
pub(super) struct Ui {
    #[serde(default)]
    nodes: Vec<Value>,
    #[serde(default)]
    messages: Vec<Value>,
}

/// A flow that came back with status 400; only its messages matter.
#[derive(Deserialize)]
pub(super) struct Refused {
    ui: Ui,
}

impl Refused {
    pub(super) fn into_outcome<T>(self, schema: &Schema) -> Outcome<T> {
        let invalid = self.ui.problems(schema);
        let taken = |message: &Message| {
            matches!(
                message.id,
                MessageId::IDENTIFIER_TAKEN
                    | MessageId::IDENTIFIER_TAKEN_ON_LINK
                    | MessageId::IDENTIFIER_TAKEN_WITH_HINTS
            )
        };
        if invalid.general.iter().any(taken) {
            Outcome::IdentifierTaken(invalid)
        } else {
            Outcome::Invalid(invalid)
        }
    }
}

impl Ui {
    /// What the flow says of itself, of no node in particular.
    pub(super) fn general(&self) -> Vec<Message> {
        self.messages.iter().map(message).collect()
    }

    fn problems(&self, schema: &Schema) -> Invalid {
        let mut found = Invalid {
            problems: Vec::new(),
            general: self
                .messages
                .iter()
                .filter(|one| is_error(one))
                .map(message)
                .collect(),
        };
        for node in &self.nodes {
            let messages = node.get("messages").and_then(Value::as_array);
            let name = node.pointer("/attributes/name").and_then(Value::as_str);
            let path = name.and_then(|name| TraitPath::from_node_name(name, schema));
            for one in messages.into_iter().flatten().filter(|one| is_error(one)) {
                match &path {
                    Some(path) => found.problems.push(Problem {
                        path: path.clone(),
                        message: message(one),
                    }),
                    None => found.general.push(message(one)),
                }
            }
        }
        found
    }
}

/// A 400 of an old flow still carries "saved" from before; whatever is not information is an error.
fn is_error(message: &Value) -> bool {
    !matches!(
        message.get("type").and_then(Value::as_str),
        Some("info" | "success")
    )
}

fn message(raw: &Value) -> Message {
    let member = |name| raw.get(name);
    Message {
        id: MessageId(member("id").and_then(Value::as_u64).unwrap_or_default()),
        text: member("text")
            .and_then(Value::as_str)
            .unwrap_or_default()
            .to_owned(),
        context: match member("context") {
            Some(Value::Object(context)) => context.clone(),
            _ => JsonObject::new(),
        },
    }
}
