//! The id of a flow.

/// It goes into a URL, so it is made of letters, digits and hyphens.
#[derive(Clone, Debug)]
pub(super) struct FlowId(String);

impl FlowId {
    pub(super) fn new(id: String) -> Option<Self> {
        let fits = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_';
        (!id.is_empty() && id.bytes().all(fits)).then_some(Self(id))
    }

    pub(super) fn as_str(&self) -> &str {
        &self.0
    }
}
