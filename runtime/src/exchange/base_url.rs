//! The base URL of an API of Kratos: parsed once, for the public and the admin API alike.

use std::fmt;
use std::str::FromStr;

use http::Uri;
use http::uri::Authority;

/// A base URL, without a slash at its end.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct BaseUrl(String);

/// The text is no base URL.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct InvalidUrl;

impl fmt::Display for InvalidUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(
            "the base URL of an API of Kratos starts with http:// or https:// and has a host, no \
             user, no query and no fragment: http://127.0.0.1:4433",
        )
    }
}

impl std::error::Error for InvalidUrl {}

impl BaseUrl {
    /// The URL of an endpoint; `path` starts with a slash.
    pub(super) fn endpoint(&self, path: &str) -> String {
        format!("{}{path}", self.0)
    }
}

impl FromStr for BaseUrl {
    type Err = InvalidUrl;

    fn from_str(text: &str) -> Result<Self, InvalidUrl> {
        let uri: Uri = text.parse().map_err(|_| InvalidUrl)?;
        let parts = (uri.scheme_str(), uri.authority(), uri.query());
        match parts {
            (Some("http" | "https"), Some(authority), None)
                if !authority.as_str().contains('@')
                    && !authority.host().is_empty()
                    && has_a_real_port(authority)
                    && !text.contains('#') =>
            {
                Ok(Self(text.trim_end_matches('/').to_owned()))
            }
            _ => Err(InvalidUrl),
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
    fn what_is_no_base_url_is_refused() {
        for text in [
            "",
            "127.0.0.1:4433",
            "/kratos",
            "ftp://127.0.0.1",
            "http://ada:secret@127.0.0.1",
            "http://127.0.0.1/?a=b",
            "http://127.0.0.1/#a",
            "http://:4433",
            "http://127.0.0.1:99999",
            "http://[::1]:0",
        ] {
            assert_eq!(text.parse::<BaseUrl>(), Err(InvalidUrl), "{text}");
        }
    }
}
