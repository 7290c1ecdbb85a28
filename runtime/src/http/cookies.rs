//! The cookies that a browser sent.

use std::fmt;
use std::time::SystemTime;

use http::header::{DATE, SET_COOKIE};
use http::{HeaderMap, HeaderValue};
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
    pub(crate) fn header(&self) -> Option<Result<HeaderValue, http::Error>> {
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
    pub(crate) fn set(&mut self, cookie: &SetCookie<'_>) {
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

/// The headers `Set-Cookie` of Kratos's answers, to be handed on to the browser as they are.
///
/// A cookie that was set twice is there once, as it was set last. `Debug` shows the names; the values
/// are marked as sensitive.
#[derive(Clone, Default)]
#[must_use = "the browser must be told of these cookies: without them it loses its session"]
pub struct SetCookies(Vec<HeaderValue>);

impl SetCookies {
    /// Adds the headers to those of the answer to the browser.
    ///
    /// ```
    /// # use kratos_traits::exchange::SetCookies;
    /// fn answer(set_cookies: SetCookies) -> http::Response<String> {
    ///     let mut answer = http::Response::new("done".to_owned());
    ///     set_cookies.append_to(answer.headers_mut());
    ///     answer
    /// }
    /// ```
    pub fn append_to(self, headers: &mut HeaderMap) {
        for value in self.0 {
            headers.append(SET_COOKIE, value);
        }
    }

    /// The values of the headers, in order.
    pub fn iter(&self) -> impl Iterator<Item = &HeaderValue> {
        self.0.iter()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Takes note of an answer, and of what it means for the next request.
    pub(crate) fn take(&mut self, answer: &HeaderMap, cookies: &mut BrowserCookies) {
        let date = date(answer);
        for header in answer.get_all(SET_COOKIE) {
            let Some(new) = SetCookie::read(header, date) else {
                continue;
            };
            cookies.set(&new);
            let is_same =
                |old: &HeaderValue| SetCookie::read(old, None).is_some_and(|old| old.is_same(&new));
            self.0.retain(|old| !is_same(old));
            let mut header = header.clone();
            header.set_sensitive(true);
            self.0.push(header);
        }
    }
}

fn date(answer: &HeaderMap) -> Option<SystemTime> {
    let date = answer.get(DATE)?.to_str().ok()?;
    httpdate::parse_http_date(date).ok()
}

impl IntoIterator for SetCookies {
    type Item = HeaderValue;
    type IntoIter = std::vec::IntoIter<HeaderValue>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl fmt::Debug for SetCookies {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let read = |header| SetCookie::read(header, None).map(|one| one.name);
        let names: Vec<_> = self.0.iter().filter_map(read).collect();
        f.debug_tuple("SetCookies").field(&names).finish()
    }
}
