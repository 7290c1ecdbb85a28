//! What all self-service flows have in common: an id, and a form with messages.
//!
//! Only the parts that are needed are read, so that a node type of a newer Kratos causes no error.

use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize, Serializer};
use serde_json::value::RawValue;
use serde_json::{Map, Value};

use crate::problem::{Message, MessageId};

/// The id of a flow: letters, digits, hyphens and underscores, so that it fits into a URL.
#[derive(Clone, Debug)]
pub(crate) struct FlowId(String);

impl FlowId {
    pub(crate) fn new(id: String) -> Option<Self> {
        let fits = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_';
        (!id.is_empty() && id.bytes().all(fits)).then_some(Self(id))
    }

    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }
}

/// The form of a flow. Parts that cannot be read are skipped.
#[derive(Default, Deserialize)]
pub(crate) struct Ui {
    #[serde(default)]
    nodes: Option<Vec<Box<RawValue>>>,
    #[serde(default)]
    messages: Option<Vec<Box<RawValue>>>,
}

/// An input of the form.
#[derive(Deserialize)]
pub(crate) struct Node {
    #[serde(default)]
    pub(crate) group: String,
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

impl Ui {
    pub(crate) fn nodes(&self) -> impl Iterator<Item = Node> + '_ {
        let nodes = self.nodes.iter().flatten();
        nodes.filter_map(|raw| serde_json::from_str(raw.get()).ok())
    }

    /// All messages of the whole form.
    pub(crate) fn messages(&self) -> Vec<Message> {
        let messages = values(self.messages.as_deref());
        messages.map(|one| message(&one)).collect()
    }

    /// The errors of the whole form.
    pub(crate) fn errors(&self) -> Vec<Message> {
        errors(self.messages.as_deref())
    }

    /// The CSRF token of a browser flow. Native flows have the node too, with an empty value.
    pub(crate) fn csrf(&self) -> Option<CsrfToken> {
        let mut nodes = self.nodes().filter(|node| node.name() == "csrf_token");
        let value = nodes.find_map(|node| node.value())?;
        Some(CsrfToken(value.into()))
    }
}

impl Node {
    pub(crate) fn name(&self) -> &str {
        self.attributes.name.as_deref().unwrap_or_default()
    }

    /// The value, if it is a text that is not empty.
    pub(crate) fn value(&self) -> Option<String> {
        let text = self.attributes.value.as_str()?;
        (!text.is_empty()).then(|| text.to_owned())
    }

    /// The errors of the input.
    pub(crate) fn errors(&self) -> Vec<Message> {
        errors(self.messages.as_deref())
    }
}

fn values(raw: Option<&[Box<RawValue>]>) -> impl Iterator<Item = Value> + '_ {
    let raw = raw.unwrap_or_default().iter();
    raw.filter_map(|one| serde_json::from_str(one.get()).ok())
}

/// The messages that explain why this submit was refused.
///
/// Kratos turns the messages of a web hook into notices, of any type (K-hook-1: `selfservice/hook/web_hook.go`), so
/// only its own notices are skipped: a flow still has "saved" of an earlier submit.
fn errors(raw: Option<&[Box<RawValue>]>) -> Vec<Message> {
    let explains = |one: &Value| {
        let kind = one.get("type").and_then(Value::as_str);
        let id = one.get("id").and_then(Value::as_u64);
        let is_own = id.is_some_and(|id| KRATOS_NOTICES.contains(&id));
        !(is_own && matches!(kind, Some("info" | "success")))
    };
    let messages = values(raw).filter(explains).map(|one| message(&one));
    // A flow that replaces an expired one has this message about the expired one.
    let messages = messages.filter(|message| message.id != MessageId::FLOW_EXPIRED);
    messages.collect()
}

/// The ids of Kratos's notices that are not errors (`text/id.go`).
const KRATOS_NOTICES: std::ops::Range<u64> = 1_000_000..2_000_000;

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
            _ => Map::new(),
        },
    }
}

/// The value of the node `csrf_token`. A submit contains it, and it matches the cookie `csrf_token_…`
/// (K-settings-5: `EnsureCSRF` in `selfservice/flow/request.go`).
#[derive(Clone, Debug)]
pub(crate) struct CsrfToken(SecretString);

/// Only the body of a submit contains it.
impl Serialize for CsrfToken {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.0.expose_secret())
    }
}
