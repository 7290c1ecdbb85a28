//! The base URL of an API of Kratos: parsed once, for the public and the admin API alike.

use std::fmt;
use std::str::FromStr;

use http::Uri;
use http::uri::{Authority, InvalidUri};

/// A base URL, without a slash at its end.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct BaseUrl(String);

impl BaseUrl {
    /// The URL of an endpoint; `path` starts with a slash.
    pub(crate) fn endpoint(&self, path: &str) -> String {
        format!("{}{path}", self.0)
    }
}

impl FromStr for BaseUrl {
    type Err = InvalidUrl;

    fn from_str(text: &str) -> Result<Self, InvalidUrl> {
        let uri: Uri = text.parse().map_err(InvalidUrl::NoUrl)?;
        let (Some("http" | "https"), Some(authority)) = (uri.scheme_str(), uri.authority()) else {
            return Err(InvalidUrl::Scheme);
        };
        if authority.as_str().contains('@') {
            Err(InvalidUrl::User)
        } else if authority.host().is_empty() {
            Err(InvalidUrl::NoHost)
        } else if !has_a_real_port(authority) {
            Err(InvalidUrl::Port)
        } else if uri.query().is_some() || text.contains('#') {
            Err(InvalidUrl::QueryOrFragment)
        } else {
            Ok(Self(text.trim_end_matches('/').to_owned()))
        }
    }
}

/// No port, or one that there is.
fn has_a_real_port(authority: &Authority) -> bool {
    let host_and_port = authority.as_str();
    let after_host = host_and_port.rsplit(']').next().unwrap_or_default();
    !after_host.contains(':') || authority.port_u16().is_some_and(|port| port > 0)
}

impl fmt::Display for BaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for BaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}", self.0)
    }
}

/// The base URL of one API, as a type of its own: a client of one API cannot be given the URL of the other
/// by mistake.
macro_rules! base_url_of_an_api {
    ($(#[$docs:meta])* $name:ident) => {
        $(#[$docs])*
        #[derive(Clone, PartialEq, Eq)]
        pub struct $name(crate::http::base_url::BaseUrl);

        impl $name {
            /// The URL of an endpoint; `path` starts with a slash.
            pub(crate) fn endpoint(&self, path: &str) -> String {
                self.0.endpoint(path)
            }
        }

        impl std::str::FromStr for $name {
            type Err = crate::http::base_url::InvalidUrl;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                text.parse().map(Self)
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.fmt(f)
            }
        }

        impl std::fmt::Debug for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.fmt(f)
            }
        }
    };
}

base_url_of_an_api! {
    /// The base URL of Kratos's public API: `http://127.0.0.1:4433`, or `https://auth.example.org/kratos`.
    ///
    /// Requests go here and nowhere else; the `ui.action` of a flow, which is built from what the
    /// server believes its address to be, is not followed.
    PublicUrl
}

base_url_of_an_api! {
    /// The base URL of Kratos's admin API: `http://127.0.0.1:4434`.
    ///
    /// It is a type of its own, for whoever reaches that API may change everything of everybody: a client
    /// of one API cannot be given the URL of the other by mistake.
    AdminUrl
}

/// The text is no base URL of an API of Kratos, such as `http://127.0.0.1:4433`.
///
/// The text itself, which may hold a password, is never shown.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum InvalidUrl {
    /// It is no URL; the source says why.
    #[error("the base URL of an API of Kratos is no URL; write one such as http://127.0.0.1:4433")]
    NoUrl(#[source] InvalidUri),
    /// It does not begin with `http://` or `https://`.
    #[error("the base URL of an API of Kratos must begin with http:// or https://")]
    Scheme,
    /// It has no host.
    #[error("the base URL of an API of Kratos must have a host")]
    NoHost,
    /// There is no such port.
    #[error("the port in the base URL of an API of Kratos must be one from 1 to 65535")]
    Port,
    /// It holds a user, or a password.
    #[error("the base URL of an API of Kratos must not hold a user or a password")]
    User,
    /// It ends in a query or a fragment.
    #[error("the base URL of an API of Kratos must not end in a query or a fragment")]
    QueryOrFragment,
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
    fn what_is_no_base_url_is_refused_with_the_reason() {
        for (text, reason) in [
            ("", "NoUrl(InvalidUri(Empty))"),
            ("127.0.0.1:4433", "Scheme"),
            ("/kratos", "Scheme"),
            ("ftp://127.0.0.1", "Scheme"),
            ("http://ada:secret@127.0.0.1", "User"),
            ("http://127.0.0.1/?a=b", "QueryOrFragment"),
            ("http://127.0.0.1/#a", "QueryOrFragment"),
            ("http://127.0.0.1/ a", "NoUrl(InvalidUri(InvalidUriChar))"),
            ("http://:4433", "NoHost"),
            ("http://127.0.0.1:99999", "Port"),
            ("http://[::1]:0", "Port"),
        ] {
            let error = text.parse::<BaseUrl>().unwrap_err();
            assert_eq!(format!("{error:?}"), reason, "{text}");
        }
    }
}
