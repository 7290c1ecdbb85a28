//! One input of a form. Source: `ui/node` of Kratos.

use serde::Serialize;
use serde_json::{Value, json};

use super::message::Message;
use crate::paths::{Kind, Listed};

/// An input of a form.
#[derive(Clone, Serialize)]
pub(crate) struct Node {
    #[serde(rename = "type")]
    type_: &'static str,
    pub(super) group: Group,
    attributes: Attributes,
    pub(super) messages: Vec<Message>,
    meta: Meta,
}

/// The group of a node. Forms are sorted in this order.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Group {
    Default,
    Profile,
    Code,
    Password,
    Totp,
}

#[derive(Clone, Serialize)]
struct Attributes {
    name: String,
    #[serde(rename = "type")]
    type_: &'static str,
    #[serde(skip_serializing_if = "Value::is_null")]
    value: Value,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    required: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    autocomplete: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pattern: Option<String>,
    disabled: bool,
    node_type: &'static str,
}

#[derive(Clone, Serialize)]
struct Meta {
    #[serde(skip_serializing_if = "Option::is_none")]
    label: Option<Message>,
}

impl Node {
    fn input(group: Group, name: impl Into<String>, type_: &'static str) -> Self {
        Self {
            type_: "input",
            group,
            attributes: Attributes {
                name: name.into(),
                type_,
                value: Value::Null,
                required: false,
                autocomplete: None,
                pattern: None,
                disabled: false,
                node_type: "input",
            },
            messages: Vec::new(),
            meta: Meta { label: None },
        }
    }

    /// Native flows have it too: its value is empty, and Kratos does not check it.
    pub(crate) fn csrf_token() -> Self {
        Self::input(Group::Default, "csrf_token", "hidden")
            .value("")
            .required()
    }

    pub(crate) fn submit(group: Group, method: &str, label: Message) -> Self {
        Self::input(group, "method", "submit")
            .value(method)
            .label(label)
    }

    pub(crate) fn identifier(label: Message) -> Self {
        let node = Self::input(Group::Default, "identifier", "text");
        node.value("").required().label(label)
    }

    /// The hidden identifier of a known person.
    pub(crate) fn known_identifier(identifier: &str) -> Self {
        Self::input(Group::Default, "identifier", "hidden").value(identifier)
    }

    pub(crate) fn password() -> Self {
        let mut node = Self::input(Group::Password, "password", "password").required();
        node.attributes.autocomplete = Some("current-password");
        node.label(Message::info(1_070_001, "Password"))
    }

    pub(crate) fn totp_code() -> Self {
        let node = Self::input(Group::Totp, "totp_code", "text").required();
        node.value("")
            .label(Message::info(1_010_006, "Authentication code"))
    }

    pub(crate) fn code() -> Self {
        let label = Message::info(1_070_013, "Login code");
        Self::input(Group::Code, "code", "text")
            .required()
            .label(label)
    }

    pub(crate) fn resend() -> Self {
        let label = Message::info(1_070_008, "Resend code");
        Self::input(Group::Code, "resend", "submit")
            .value("code")
            .label(label)
    }

    /// The node of a place in the schema.
    pub(super) fn of_schema(place: &Listed, group: Group) -> Self {
        let (type_, autocomplete) = match (place.format.as_deref(), place.kind) {
            (Some("date-time"), _) => ("datetime-local", None),
            (Some("email"), _) => ("email", Some("email")),
            (Some("tel"), _) => ("tel", Some("tel")),
            (Some("date"), _) => ("date", None),
            (Some("uri"), _) => ("url", Some("url")),
            (_, Kind::Number) => ("number", None),
            (_, Kind::Checkbox) => ("checkbox", None),
            (_, Kind::Text | Kind::Json) => ("text", None),
        };
        let mut node = Self::input(group, format!("traits.{}", place.name), type_);
        node.attributes.autocomplete = autocomplete;
        node.attributes.required = place.required;
        node.attributes.pattern.clone_from(&place.pattern);
        node.meta.label = place.title.as_deref().map(Message::title);
        node
    }

    /// The node of a value that the schema does not list.
    pub(super) fn of_value(name: String, value: Value) -> Self {
        let type_ = match value {
            Value::Number(_) => "number",
            Value::Bool(_) => "checkbox",
            _ => "text",
        };
        Self::input(Group::Profile, name, type_).value(value)
    }

    /// An empty text input.
    pub(super) fn text(name: &str) -> Self {
        Self::input(Group::Default, name, "text")
    }

    pub(super) fn name(&self) -> &str {
        &self.attributes.name
    }

    pub(super) fn set_value(&mut self, value: Value, group: Group) {
        self.attributes.value = value;
        self.group = group;
    }

    pub(super) fn clear_value(&mut self) {
        self.attributes.value = Value::Null;
    }

    fn value(mut self, value: impl Serialize) -> Self {
        self.attributes.value = json!(value);
        self
    }

    fn required(mut self) -> Self {
        self.attributes.required = true;
        self
    }

    fn label(mut self, label: Message) -> Self {
        self.meta.label = Some(label);
        self
    }
}
