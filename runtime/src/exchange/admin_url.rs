//! Where Kratos's admin API is.

use std::fmt;
use std::str::FromStr;

use super::base_url::{BaseUrl, InvalidUrl};

/// The base URL of Kratos's admin API: `http://127.0.0.1:4434`.
///
/// It is a type of its own, for whoever reaches that API may change everything of everybody: a client
/// of one API cannot be given the URL of the other by mistake.
#[derive(Clone, PartialEq, Eq)]
pub struct AdminUrl(BaseUrl);

impl AdminUrl {
    /// The URL of an endpoint; `path` starts with a slash.
    pub(crate) fn endpoint(&self, path: &str) -> String {
        self.0.endpoint(path)
    }
}

impl FromStr for AdminUrl {
    type Err = InvalidUrl;

    fn from_str(text: &str) -> Result<Self, InvalidUrl> {
        text.parse().map(Self)
    }
}

impl fmt::Display for AdminUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl fmt::Debug for AdminUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}
