//! The `ui` of a flow: its form and its messages. Source: `ui/container` of Kratos.

mod form;
mod message;
mod node;

use serde::Serialize;
use serde_json::Value;

pub(super) use self::message::Message;
pub(super) use self::node::{Group, Node};
use super::paths::Listed;
use kratos_traits::{Schema, TraitPath};

/// The form of a flow.
#[derive(Clone, Serialize)]
pub(super) struct Ui {
    action: String,
    method: &'static str,
    nodes: Vec<Node>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    messages: Vec<Message>,
}

impl Ui {
    pub(super) fn new(action: String, nodes: Vec<Node>) -> Self {
        Self {
            action,
            method: "POST",
            nodes,
            messages: Vec::new(),
        }
    }

    /// The form of a settings flow, with the traits as they are.
    pub(super) fn settings(
        action: String,
        schema: &Schema,
        paths: &[Listed],
        traits: &Value,
    ) -> Self {
        let mut nodes = vec![Node::csrf_token()];
        nodes.extend(form::nodes(paths, Group::Profile));
        nodes.push(Node::submit(
            Group::Profile,
            "profile",
            Message::label(1_070_003, "Save"),
        ));
        let mut ui = Self::new(action, nodes);
        ui.show(traits);
        ui.sort(schema);
        ui
    }

    /// The form of a registration flow.
    pub(super) fn registration(action: String, schema: &Schema, paths: &[Listed]) -> Self {
        let mut nodes: Vec<Node> = form::nodes(paths, Group::Default).collect();
        nodes.push(Node::csrf_token());
        nodes.push(Node::submit(
            Group::Profile,
            "profile",
            Message::label(1_040_001, "Sign up"),
        ));
        let mut ui = Self::new(action, nodes);
        ui.sort(schema);
        ui
    }

    /// Browsers have a token against forged forms.
    pub(super) fn set_csrf_token(&mut self, token: String) {
        if let Some(node) = self.find("csrf_token") {
            node.set_value(token.into(), Group::Default);
        }
    }

    pub(super) fn say(&mut self, message: Message) {
        self.messages.push(message);
    }

    /// Forgets what was said before, everywhere.
    pub(super) fn clear_messages(&mut self) {
        self.messages.clear();
        for node in &mut self.nodes {
            node.messages.clear();
        }
    }

    /// Puts the submitted values into a settings form; one that has no node gets one.
    pub(super) fn show(&mut self, traits: &Value) {
        for node in &mut self.nodes {
            if node.name().starts_with("traits.") {
                node.clear_value();
            }
        }
        for (name, value) in form::values(traits) {
            match self.find(&name) {
                Some(node) => node.set_value(value, Group::Profile),
                None => self.nodes.push(Node::of_value(name, value)),
            }
        }
    }

    /// Puts the submitted values into a registration form; only where there is a node already.
    pub(super) fn show_known(&mut self, traits: &Value) {
        for (name, value) in form::values(traits) {
            if let Some(node) = self.find(&name) {
                node.set_value(value, Group::Default);
            }
        }
    }

    /// Puts the submitted identifier into a login form.
    pub(super) fn show_identifier(&mut self, identifier: &str) {
        if let Some(node) = self.find("identifier") {
            node.set_value(identifier.into(), Group::Default);
        }
    }

    /// Asks for the code that was sent to whoever has this identifier.
    pub(super) fn ask_for_the_code(&mut self, identifier: &str) {
        let button = Message::label(1_070_009, "Continue");
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
            self.say_at(&node_name(&path), message);
        }
        self.sort(schema);
    }

    /// Says something at a node; one that is not there is made, in the group `default`.
    pub(super) fn say_at(&mut self, name: &str, message: Message) {
        if let Some(node) = self.find(name) {
            node.messages.push(message);
            return;
        }
        let mut node = Node::synthetic(name.to_owned());
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
