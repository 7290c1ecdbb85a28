//! The base URL of an API of Kratos.

use std::fmt;
use std::str::FromStr;

use http::Uri;
use http::uri::{Authority, InvalidUri};

/// A base URL without a slash at its end.
///
/// All requests go below it; the `ui.action` of a flow, which Kratos builds from its configuration, is not used.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct BaseUrl(String);

/// The text is not a base URL of an API of Kratos, such as `http://127.0.0.1:4433`.
///
/// The error does not contain the text, which may hold a password.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum InvalidUrl {
    /// It is not a URL.
    #[error("the base URL of Kratos is not a URL; expected a URL such as http://127.0.0.1:4433")]
    Syntax(#[source] InvalidUri),
    /// It does not begin with `http://` or `https://`.
    #[error("the base URL of Kratos must begin with http:// or https://")]
    Scheme,
    /// It has no host.
    #[error("the base URL of Kratos must have a host")]
    NoHost,
    /// The port is not valid.
    #[error("the port in the base URL of Kratos must be from 1 to 65535")]
    Port,
    /// It contains a user name or a password.
    #[error("the base URL of Kratos must not contain a user name or a password")]
    User,
    /// It contains a query or a fragment.
    #[error("the base URL of Kratos must not contain a query or a fragment")]
    QueryOrFragment,
}

impl BaseUrl {
    /// The URL of an endpoint; `path` starts with a slash.
    pub(crate) fn endpoint(&self, path: &str) -> String {
        format!("{}{path}", self.0)
    }
}

impl FromStr for BaseUrl {
    type Err = InvalidUrl;

    fn from_str(text: &str) -> Result<Self, InvalidUrl> {
        let uri: Uri = text.parse().map_err(InvalidUrl::Syntax)?;
        let (Some("http" | "https"), Some(authority)) = (uri.scheme_str(), uri.authority()) else {
            return Err(InvalidUrl::Scheme);
        };
        if authority.as_str().contains('@') {
            Err(InvalidUrl::User)
        } else if authority.host().is_empty() {
            Err(InvalidUrl::NoHost)
        } else if !has_valid_port(authority) {
            Err(InvalidUrl::Port)
        } else if uri.query().is_some() || text.contains('#') {
            Err(InvalidUrl::QueryOrFragment)
        } else {
            Ok(Self(text.trim_end_matches('/').to_owned()))
        }
    }
}

/// Whether there is no port, or a valid one.
fn has_valid_port(authority: &Authority) -> bool {
    let host_and_port = authority.as_str();
    let after_host = host_and_port.rsplit(']').next().unwrap_or_default();
    !after_host.contains(':') || authority.port_u16().is_some_and(|port| port > 0)
}

impl fmt::Debug for BaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}", self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_base_path_is_kept() {
        let url: BaseUrl = "https://auth.example.org/kratos/".parse().unwrap();
        assert_eq!(
            url.endpoint("/sessions/whoami"),
            "https://auth.example.org/kratos/sessions/whoami"
        );
    }

    #[test]
    fn invalid_base_urls_are_rejected_with_the_reason() {
        for (text, reason) in [
            ("", "Syntax(InvalidUri(Empty))"),
            ("127.0.0.1:4433", "Scheme"),
            ("/kratos", "Scheme"),
            ("ftp://127.0.0.1", "Scheme"),
            ("http://ada:secret@127.0.0.1", "User"),
            ("http://127.0.0.1/?a=b", "QueryOrFragment"),
            ("http://127.0.0.1/#a", "QueryOrFragment"),
            ("http://127.0.0.1/ a", "Syntax(InvalidUri(InvalidUriChar))"),
            ("http://:4433", "NoHost"),
            ("http://127.0.0.1:99999", "Port"),
            ("http://[::1]:0", "Port"),
        ] {
            let error = text.parse::<BaseUrl>().unwrap_err();
            assert_eq!(format!("{error:?}"), reason, "{text}");
        }
    }
}
