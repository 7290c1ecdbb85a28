//! The id of a flow.

use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize, Serializer};

use super::messages::Ui;

/// It goes into a URL, so it is made of letters, digits and hyphens.
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

/// The value of the node `csrf_token`. It goes with a submit and matches the cookie `csrf_token_…`
/// (`selfservice/flow/request.go`, `EnsureCSRF`).
#[derive(Clone, Debug)]
pub(crate) struct CsrfToken(SecretString);

#[derive(Deserialize)]
struct Node {
    attributes: Attributes,
}

#[derive(Deserialize)]
struct Attributes {
    name: String,
    value: String,
}

impl CsrfToken {
    /// The token of a form; native flows have the node too, with nothing in it.
    pub(crate) fn of(ui: &Ui) -> Option<Self> {
        let nodes = ui.nodes.iter().flatten();
        nodes
            .filter_map(|raw| serde_json::from_str::<Node>(raw.get()).ok())
            .find(|node| node.attributes.name == "csrf_token" && !node.attributes.value.is_empty())
            .map(|node| Self(node.attributes.value.into()))
    }
}

/// Written into the body of a submit, and nowhere else.
impl Serialize for CsrfToken {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.0.expose_secret())
    }
}
