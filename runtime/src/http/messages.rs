//! The messages of a flow: on its nodes, and of its own.
//!
//! Nodes are read for their name and messages only, whatever else they are: a node type that a
//! newer Kratos invents must not cost the answer.

use serde::Deserialize;
use serde_json::Value;
use serde_json::value::RawValue;

use crate::JsonObject;
use crate::json::path::TraitPath;
use crate::problem::{Message, MessageId, Problem};
use crate::traits::facts::IdentityTraits;
use crate::traits::marker::Privileged;
use crate::traits::raw::RawTraits;
use crate::update::patch::Patch;
use crate::update::problems::partition;

/// The part of a flow that says what is wrong. What of it cannot be read is passed over.
#[derive(Default, Deserialize)]
pub(crate) struct Ui {
    #[serde(default)]
    pub(crate) nodes: Option<Vec<Box<RawValue>>>,
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

impl Ui {
    /// What the flow says of itself, of no node in particular.
    pub(crate) fn general(&self) -> Vec<Message> {
        values(self.messages.as_deref())
            .map(|one| message(&one))
            .collect()
    }

    pub(crate) fn problems<T: IdentityTraits>(&self, patch: &Patch<T, Privileged>) -> Invalid {
        let mut problems = Vec::new();
        let mut general: Vec<Message> = errors(self.messages.as_deref()).collect();
        let nodes = self.nodes.iter().flatten();
        for node in nodes.filter_map(|raw| serde_json::from_str::<Node>(raw.get()).ok()) {
            let name = node.attributes.name.as_deref();
            let path = name.and_then(|name| TraitPath::from_node_name(name, T::schema()));
            for message in errors(node.messages.as_deref()) {
                match &path {
                    Some(path) => problems.push(Problem::of(path.clone(), message)),
                    None => general.push(message),
                }
            }
        }
        Invalid::of_answer(problems, general, patch)
    }
}

pub(crate) fn values(raw: Option<&[Box<RawValue>]>) -> impl Iterator<Item = Value> + '_ {
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
pub(crate) fn is_error(message: &Value) -> bool {
    !matches!(
        message.get("type").and_then(Value::as_str),
        Some("info" | "success")
    )
}

pub(crate) fn message(raw: &Value) -> Message {
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

/// What is wrong with the traits, from our own check or from Kratos.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Invalid {
    /// Problems of traits: first those of [what the update asks for](Self::caused), then those of
    /// [what is stored](Self::stored).
    pub problems: Vec<Problem>,
    /// Messages that belong to no trait.
    pub general: Vec<Message>,
    /// How many of the problems are of what the update asks for.
    caused: usize,
}

impl Invalid {
    /// The problems of what the update asks for.
    pub fn caused(&self) -> &[Problem] {
        self.problems.get(..self.caused).unwrap_or(&self.problems)
    }

    /// The problems of traits that the update leaves as they are: what is stored breaks today's
    /// schema, and no update is saved that does not repair it, by setting or removing these traits
    /// too. A form that does not show them should not blame the person for them.
    ///
    /// Where a rule ties traits together (`if`, `dependencies`) and only Kratos judges it, a problem
    /// of a trait that the update leaves alone may come from what it changes.
    pub fn stored(&self) -> &[Problem] {
        self.problems.get(self.caused..).unwrap_or_default()
    }

    /// What our own check finds in an update of the traits as they are stored.
    pub(crate) fn of_update<T: IdentityTraits>(
        problems: Vec<Problem>,
        patch: &Patch<T, Privileged>,
        current: &RawTraits,
    ) -> Self {
        let found = partition(problems, patch, T::schema(), Some(current));
        Self::sorted(found, Vec::new())
    }

    /// What Kratos finds in it.
    pub(crate) fn of_answer<T: IdentityTraits>(
        problems: Vec<Problem>,
        general: Vec<Message>,
        patch: &Patch<T, Privileged>,
    ) -> Self {
        Self::sorted(partition(problems, patch, T::schema(), None), general)
    }

    fn sorted((mut problems, stored): (Vec<Problem>, Vec<Problem>), general: Vec<Message>) -> Self {
        let caused = problems.len();
        problems.extend(stored);
        Self {
            problems,
            general,
            caused,
        }
    }
}
