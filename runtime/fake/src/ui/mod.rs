//! The `ui` of a flow: its form and its messages. Source: K-message-1, `ui/container` of Kratos.

mod message;
mod node;

use kratos_traits::{Schema, TraitPath};
use serde::Serialize;
use serde_json::Value;

pub(super) use self::message::Message;
pub(super) use self::node::{Group, Node};
use super::paths::{Kind, Listed};

/// The form of a flow.
#[derive(Clone, Serialize)]
pub(super) struct Ui {
    /// The URL to submit to.
    pub(super) action: String,
    method: &'static str,
    nodes: Vec<Node>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    messages: Vec<Message>,
}

impl Ui {
    /// A form without messages. [`Flow::new`](super::flow::Flow::new) sets its `action`.
    pub(super) fn new(nodes: Vec<Node>) -> Self {
        Self {
            action: String::new(),
            method: "POST",
            nodes,
            messages: Vec::new(),
        }
    }

    /// The form of a settings flow, with the stored traits.
    pub(super) fn settings(schema: &Schema, paths: &[Listed], traits: &Value) -> Self {
        let mut nodes = vec![Node::csrf_token()];
        nodes.extend(trait_nodes(paths, Group::Profile));
        let button = Message::info(1_070_003, "Save");
        nodes.push(Node::submit(Group::Profile, "profile", button));
        let mut ui = Self::new(nodes);
        ui.show(traits);
        ui.sort(schema);
        ui
    }

    /// The form of a registration flow.
    pub(super) fn registration(schema: &Schema, paths: &[Listed]) -> Self {
        let mut nodes: Vec<Node> = trait_nodes(paths, Group::Default).collect();
        nodes.push(Node::csrf_token());
        let button = Message::info(1_040_001, "Sign up");
        nodes.push(Node::submit(Group::Profile, "profile", button));
        let mut ui = Self::new(nodes);
        ui.sort(schema);
        ui
    }

    /// Sets value and group of a node, if the form has it.
    pub(super) fn set(&mut self, name: &str, value: Value, group: Group) {
        if let Some(node) = self.find(name) {
            node.set_value(value, group);
        }
    }

    /// Adds a message of the flow itself.
    pub(super) fn add_message(&mut self, message: Message) {
        self.messages.push(message);
    }

    /// Removes all messages, also those of the nodes.
    pub(super) fn clear_messages(&mut self) {
        self.messages.clear();
        for node in &mut self.nodes {
            node.messages.clear();
        }
    }

    /// Puts the submitted values into a settings form; a value without a node gets a new one.
    pub(super) fn show(&mut self, traits: &Value) {
        for node in &mut self.nodes {
            if node.name().starts_with("traits.") {
                node.clear_value();
            }
        }
        for (name, value) in values(traits) {
            match self.find(&name) {
                Some(node) => node.set_value(value, Group::Profile),
                None => self.nodes.push(Node::of_value(name, value)),
            }
        }
    }

    /// Puts the submitted values into the nodes of a registration form; skips values without a node.
    pub(super) fn show_known(&mut self, traits: &Value) {
        for (name, value) in values(traits) {
            self.set(&name, value, Group::Default);
        }
    }

    /// Turns the form into the one for a code that was sent to this identifier.
    pub(super) fn show_code_form(&mut self, identifier: &str) {
        let button = Message::info(1_070_009, "Continue");
        self.nodes = vec![
            Node::known_identifier(identifier),
            Node::code(),
            Node::submit(Group::Code, "code", button),
            Node::resend(),
        ];
    }

    /// Adds the message about each trait to its node.
    pub(super) fn refuse(&mut self, problems: Vec<(TraitPath, Message)>, schema: &Schema) {
        for (path, message) in problems {
            self.add_message_at(&node_name(&path), message);
        }
        self.sort(schema);
    }

    /// Adds a message to a node; creates the node, in the group `default`, if the form lacks it.
    pub(super) fn add_message_at(&mut self, name: &str, message: Message) {
        if let Some(node) = self.find(name) {
            node.messages.push(message);
            return;
        }
        let mut node = Node::text(name);
        node.messages.push(message);
        self.nodes.push(node);
    }

    fn find(&mut self, name: &str) -> Option<&mut Node> {
        self.nodes.iter_mut().find(|node| node.name() == name)
    }

    /// By group, then in the order of the schema; buttons last.
    fn sort(&mut self, schema: &Schema) {
        let holds_others = |path: &[&str]| {
            (schema.traits.iter())
                .any(|facts| facts.path.len() > path.len() && facts.path.starts_with(path))
        };
        let names: Vec<String> = (schema.traits.iter())
            .filter(|facts| !holds_others(facts.path))
            .map(|facts| format!("traits.{}", facts.path.join(".")))
            .collect();
        self.nodes.sort_by_key(|node| {
            let position = names
                .iter()
                .position(|name| node.name().starts_with(name.as_str()));
            (
                node.group,
                node.name() == "method",
                position.unwrap_or(names.len()),
            )
        });
    }
}

/// The name of the node for a trait, or for an element of one.
fn node_name(path: &TraitPath) -> String {
    let segments = path.segments().iter();
    segments.fold("traits".to_owned(), |name, segment| {
        name + "." + &segment.replace('.', "\\.")
    })
}

/// One node for each listed place, except those of the kind JSON.
fn trait_nodes(paths: &[Listed], group: Group) -> impl Iterator<Item = Node> {
    (paths.iter())
        .filter(|place| place.kind != Kind::Json)
        .map(move |place| Node::of_schema(place, group))
}

/// Every value that is neither an object nor an array, with the name of its node.
fn values(traits: &Value) -> Vec<(String, Value)> {
    let mut found = Vec::new();
    if traits.is_object() {
        collect("traits".to_owned(), traits, &mut found);
    }
    found
}

fn collect(name: String, value: &Value, found: &mut Vec<(String, Value)>) {
    match value {
        Value::Object(members) => {
            for (key, member) in members {
                collect(format!("{name}.{}", key.replace('.', "\\.")), member, found);
            }
        }
        Value::Array(items) => {
            for (position, item) in items.iter().enumerate() {
                collect(format!("{name}.{position}"), item, found);
            }
        }
        value => found.push((name, value.clone())),
    }
}
