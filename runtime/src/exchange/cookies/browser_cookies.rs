//! The cookies that a browser sent.

use std::fmt;

use http::HeaderValue;
use secrecy::{ExposeSecret, SecretSlice};

use super::set_cookie::SetCookie;

/// The cookies that came with the browser's request, for a server that asks Kratos on behalf of the
/// person who sits there.
///
/// ```
/// use http::header::COOKIE;
/// use kratos_traits::exchange::BrowserCookies;
///
/// fn cookies(headers: &http::HeaderMap) -> BrowserCookies {
///     BrowserCookies::new(headers.get_all(COOKIE)).of_kratos("ory_kratos_session")
/// }
/// # let mut headers = http::HeaderMap::new();
/// # headers.insert(COOKIE, "theme=dark; ory_kratos_session=x".parse().unwrap());
/// # assert_eq!(format!("{:?}", cookies(&headers)), r#"BrowserCookies(["ory_kratos_session"])"#);
/// ```
///
/// The values are secret: whoever has the session cookie is the person. `Debug` shows the names.
#[derive(Clone, Default)]
pub struct BrowserCookies(Vec<Cookie>);

#[derive(Clone)]
struct Cookie {
    name: String,
    value: SecretSlice<u8>,
}

impl BrowserCookies {
    /// Reads the values of the request's `Cookie` headers: there may be several, as with HTTP/2.
    ///
    /// What is no cookie is left out.
    pub fn new(headers: impl IntoIterator<Item: AsRef<[u8]>>) -> Self {
        let mut cookies = Self::default();
        for header in headers {
            let pairs = header.as_ref().split(|byte| *byte == b';');
            cookies.0.extend(pairs.filter_map(Cookie::read));
        }
        cookies
    }

    /// Keeps the cookies that Kratos reads in a self-service flow, and no cookie of the application,
    /// which Kratos need not see.
    ///
    /// `session_cookie` is the name that Kratos's configuration gives to the session cookie
    /// (`session.cookie.name`), `ory_kratos_session` if it gives none. The others are called
    /// `csrf_token_…` (`x/nosurf.go`) and `ory_kratos_continuity` (`continuity/manager_cookie.go`).
    #[must_use]
    pub fn of_kratos(mut self, session_cookie: &str) -> Self {
        self.0.retain(|one| {
            one.name == session_cookie
                || one.name == "ory_kratos_continuity"
                || one.name.starts_with("csrf_token")
        });
        self
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The value of the header `Cookie`, marked as sensitive; `None` when there is no cookie.
    pub(super) fn header(&self) -> Option<Result<HeaderValue, http::Error>> {
        let pairs = self.0.iter();
        let pairs = pairs.map(|one| [one.name.as_bytes(), one.value.expose_secret()].join(&b'='));
        let value = pairs.reduce(|all, one| [all, one].join(&b"; "[..]))?;
        Some(match HeaderValue::from_maybe_shared(value) {
            Ok(mut value) => {
                value.set_sensitive(true);
                Ok(value)
            }
            Err(error) => Err(error.into()),
        })
    }

    /// Does what a browser would do with a `Set-Cookie`.
    pub(super) fn set(&mut self, cookie: &SetCookie<'_>) {
        self.0.retain(|one| one.name != cookie.name);
        if !cookie.deletes {
            self.0.push(Cookie {
                name: cookie.name.to_owned(),
                value: cookie.value.to_vec().into(),
            });
        }
    }
}

impl Cookie {
    fn read(pair: &[u8]) -> Option<Self> {
        let pair = pair.trim_ascii();
        // Nothing that is read here can make a header that cannot be sent.
        HeaderValue::from_bytes(pair).ok()?;
        let at = pair.iter().position(|byte| *byte == b'=')?;
        let name = std::str::from_utf8(&pair[..at]).ok()?;
        (!name.is_empty()).then(|| Self {
            name: name.to_owned(),
            value: pair[at + 1..].to_vec().into(),
        })
    }
}

impl fmt::Debug for BrowserCookies {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<_> = self.0.iter().map(|one| &one.name).collect();
        f.debug_tuple("BrowserCookies").field(&names).finish()
    }
}
