//! A login flow, read for what a login needs of it. What of it cannot be read is passed over: a node
//! type that a newer Kratos invents must not cost the answer.

use serde::Deserialize;
use serde_json::Value;
use serde_json::value::RawValue;

use super::choices::LoginChoices;
use super::outcome::{LoginProblem, LoginProblems};
use crate::flow::messages;
use crate::problem::Message;
use crate::session::Method;

#[derive(Deserialize)]
pub(super) struct LoginFlow {
    pub(super) id: String,
    /// `false` when Kratos makes a first login of what was asked for as a fresh one.
    #[serde(default)]
    pub(super) refresh: Option<bool>,
    #[serde(default)]
    state: Value,
    ui: Ui,
}

#[derive(Deserialize)]
struct Ui {
    #[serde(default)]
    nodes: Option<Vec<Box<RawValue>>>,
    #[serde(default)]
    messages: Option<Vec<Box<RawValue>>>,
}

#[derive(Deserialize)]
struct Node {
    #[serde(default)]
    group: String,
    #[serde(default)]
    attributes: Attributes,
    #[serde(default)]
    messages: Option<Vec<Box<RawValue>>>,
}

#[derive(Default, Deserialize)]
struct Attributes {
    #[serde(default)]
    name: Option<String>,
    #[serde(default)]
    value: Value,
}

impl Node {
    fn name(&self) -> &str {
        self.attributes.name.as_deref().unwrap_or_default()
    }

    fn value(&self) -> Option<String> {
        let text = self.attributes.value.as_str()?;
        (!text.is_empty()).then(|| text.to_owned())
    }
}

impl LoginFlow {
    /// Whether a code is on its way. A flow keeps saying so when a wrong code is refused.
    pub(super) fn awaits_a_code(&self) -> bool {
        self.state.as_str() == Some("sent_email")
    }

    pub(super) fn choices(&self) -> LoginChoices {
        let mut methods = Vec::new();
        for node in self.nodes() {
            // What all methods share: the CSRF token, the identifier.
            if matches!(&*node.group, "" | "default") {
                continue;
            }
            let method = Method::from(node.group);
            if !methods.contains(&method) {
                methods.push(method);
            }
        }
        LoginChoices {
            methods,
            identifier: self.values_of("identifier").next(),
            addresses: self.values_of("address").collect(),
        }
    }

    /// What Kratos has against the form that came before.
    pub(super) fn problems(&self) -> LoginProblems {
        let input = |node: Node| {
            let name = node.name().to_owned();
            let found: Vec<Message> = errors(node.messages.as_deref()).collect();
            found.into_iter().map(move |message| LoginProblem {
                input: name.clone(),
                message,
            })
        };
        LoginProblems {
            inputs: self.nodes().flat_map(input).collect(),
            general: errors(self.ui.messages.as_deref()).collect(),
            choices: self.choices(),
        }
    }

    fn values_of(&self, name: &'static str) -> impl Iterator<Item = String> + '_ {
        self.nodes()
            .filter(move |node| node.name() == name)
            .filter_map(|node| node.value())
    }

    fn nodes(&self) -> impl Iterator<Item = Node> + '_ {
        let nodes = self.ui.nodes.iter().flatten();
        nodes.filter_map(|raw| serde_json::from_str(raw.get()).ok())
    }
}

fn errors(raw: Option<&[Box<RawValue>]>) -> impl Iterator<Item = Message> + '_ {
    messages::values(raw)
        .filter(messages::is_error)
        .map(|one| messages::message(&one))
}
