//! Where Kratos's public API is.

use std::fmt;
use std::str::FromStr;

use super::base_url::{BaseUrl, InvalidUrl};

/// The base URL of Kratos's public API: `http://127.0.0.1:4433`, or `https://auth.example.org/kratos`.
///
/// Requests go here and nowhere else; the `ui.action` of a flow, which is built from what the
/// server believes its address to be, is not followed.
#[derive(Clone, PartialEq, Eq)]
pub struct PublicUrl(BaseUrl);

impl PublicUrl {
    /// The URL of an endpoint; `path` starts with a slash.
    pub(crate) fn endpoint(&self, path: &str) -> String {
        self.0.endpoint(path)
    }
}

impl FromStr for PublicUrl {
    type Err = InvalidUrl;

    fn from_str(text: &str) -> Result<Self, InvalidUrl> {
        text.parse().map(Self)
    }
}

impl fmt::Display for PublicUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl fmt::Debug for PublicUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}
