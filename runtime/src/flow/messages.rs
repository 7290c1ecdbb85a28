//! The messages of a flow: on its nodes, and of its own.
//!
//! Nodes are read for their name and messages only, whatever else they are: a node type that a
//! newer Kratos invents must not cost the answer.

use serde::Deserialize;
use serde_json::Value;
use serde_json::value::RawValue;

use crate::JsonObject;
use crate::flow::settings::{Invalid, Outcome};
use crate::json::path::TraitPath;
use crate::problem::{Message, MessageId, Problem};
use crate::traits::facts::IdentityTraits;
use crate::traits::marker::Privileged;
use crate::update::patch::Patch;

/// The part of a flow that says what is wrong. What of it cannot be read is passed over.
#[derive(Default, Deserialize)]
pub(super) struct Ui {
    #[serde(default)]
    pub(super) nodes: Option<Vec<Box<RawValue>>>,
    #[serde(default)]
    messages: Option<Vec<Box<RawValue>>>,
}

/// A node, as far as it can hold a problem.
#[derive(Deserialize)]
struct Node {
    #[serde(default)]
    attributes: Attributes,
    #[serde(default)]
    messages: Option<Vec<Box<RawValue>>>,
}

#[derive(Default, Deserialize)]
struct Attributes {
    #[serde(default)]
    name: Option<String>,
}

/// A flow that came back with status 400; only its messages matter.
#[derive(Deserialize)]
pub(super) struct Refused {
    ui: Ui,
}

impl Refused {
    pub(super) fn into_outcome<T: IdentityTraits>(
        self,
        patch: &Patch<T, Privileged>,
    ) -> Outcome<T> {
        let invalid = self.ui.problems(patch);
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
        values(self.messages.as_deref())
            .map(|one| message(&one))
            .collect()
    }

    fn problems<T: IdentityTraits>(&self, patch: &Patch<T, Privileged>) -> Invalid {
        let mut problems = Vec::new();
        let mut general: Vec<Message> = errors(self.messages.as_deref()).collect();
        let nodes = self.nodes.iter().flatten();
        for node in nodes.filter_map(|raw| serde_json::from_str::<Node>(raw.get()).ok()) {
            let name = node.attributes.name.as_deref();
            let path = name.and_then(|name| TraitPath::from_node_name(name, T::SCHEMA));
            for message in errors(node.messages.as_deref()) {
                match &path {
                    Some(path) => problems.push(Problem {
                        path: path.clone(),
                        message,
                    }),
                    None => general.push(message),
                }
            }
        }
        Invalid::of_answer(problems, general, patch)
    }
}

pub(super) fn values(raw: Option<&[Box<RawValue>]>) -> impl Iterator<Item = Value> + '_ {
    let raw = raw.unwrap_or_default().iter();
    raw.filter_map(|one| serde_json::from_str(one.get()).ok())
}

/// The messages that tell of a problem with this submit.
fn errors(raw: Option<&[Box<RawValue>]>) -> impl Iterator<Item = Message> + '_ {
    values(raw)
        .filter(is_error)
        .map(|one| message(&one))
        // Said by a flow that took the place of an expired one, of the one before.
        .filter(|message| message.id != MessageId::FLOW_EXPIRED)
}

/// A 400 of an old flow still carries "saved" from before; whatever is not information is an error.
pub(super) fn is_error(message: &Value) -> bool {
    !matches!(
        message.get("type").and_then(Value::as_str),
        Some("info" | "success")
    )
}

pub(super) fn message(raw: &Value) -> Message {
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
