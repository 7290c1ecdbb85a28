//! The cookies of a browser whose request a server handles.

use std::fmt;
use std::time::SystemTime;

use http::header::{DATE, SET_COOKIE};
use http::{HeaderMap, HeaderValue};
use secrecy::{ExposeSecret, SecretSlice};

/// The cookies of a browser, for a server that calls Kratos on behalf of the person who uses it.
///
/// It starts with the cookies of the browser's request, and collects the cookies that Kratos sets. A new
/// cookie is sent with the next request already: the CSRF cookie that comes with a new flow belongs to
/// its submit. The server sends the new cookies to the browser in its own response, also after an
/// error; without its session cookie, the person would have to log in again.
///
/// ```no_run
/// # #[cfg(feature = "reqwest")]
/// # mod app {
/// # use kratos_traits::{IdentityTraits, Outcome, SettingsUpdate};
/// use http::header::COOKIE;
/// use kratos_traits::{BrowserCookies, Client};
///
/// async fn save<U: SettingsUpdate<Traits: IdentityTraits>>(
///     client: &Client,
///     request: &http::Request<()>,
///     change: &U,
/// ) -> http::Response<String> {
///     let mut cookies = BrowserCookies::new(request.headers().get_all(COOKIE))
///         .of_kratos("ory_kratos_session");
///     let result = client.settings(&mut cookies).update(change).await;
///
///     let mut response = http::Response::new(match result {
///         Ok(Outcome::Saved(_)) => "saved".to_owned(),
///         Ok(Outcome::ReauthenticationRequired(pending)) => {
///             // Store `pending`, and send the browser to `pending.redirect_browser_to`.
///             "please log in again".to_owned()
///         }
///         Ok(other) => format!("not saved: {other:?}"),
///         Err(error) => error.to_string(),
///     });
///     cookies.append_to(response.headers_mut());
///     response
/// }
/// # }
/// ```
///
/// # Which cookies the browser sends
///
/// The browser sends Kratos's cookies to the application if both have the same host, or a common domain
/// that Kratos's configuration names (`cookies.domain`). Without the session cookie the outcome is
/// [`SessionInactive`](crate::Outcome::SessionInactive).
///
/// The cookie `csrf_token_…` must match the token in the form of the flow. If a proxy removes cookies
/// or caches responses, a submit is [`Refused`](crate::Outcome::Refused) with the id
/// `security_csrf_violation`, and nothing is changed.
///
/// # After a login that a change required
///
/// `redirect_browser_to` is a login page of Kratos, for the browser. After the login the browser lands at
/// [`return_to`](Self::return_to); the application then [resumes](crate::client::Settings::resume) the change.
///
/// Without `return_to` it is Kratos's own URL. After a fresh login, Kratos then saves the change by itself if the browser still
/// has the cookie `ory_kratos_continuity`, for 15 minutes (K-settings-16). Do not rely on it:
/// resume the change. If it is saved already, nothing is sent.
///
/// The values are secret: the session cookie is enough to act as the person. `Debug` shows names only.
#[derive(Clone, Default)]
pub struct BrowserCookies {
    cookies: Vec<Cookie>,
    return_to: Option<String>,
    /// The headers `Set-Cookie` of Kratos, without those that a later one replaces.
    set_cookies: Vec<HeaderValue>,
}

#[derive(Clone)]
struct Cookie {
    name: String,
    value: SecretSlice<u8>,
}

impl BrowserCookies {
    /// Reads the values of the request's `Cookie` headers; HTTP/2 allows several. Malformed cookies are
    /// skipped.
    ///
    /// ```
    /// use http::header::COOKIE;
    /// use kratos_traits::BrowserCookies;
    ///
    /// let mut headers = http::HeaderMap::new();
    /// headers.insert(COOKIE, "theme=dark; ory_kratos_session=x".parse()?);
    /// let cookies = BrowserCookies::new(headers.get_all(COOKIE));
    /// assert!(!cookies.is_empty());
    /// # Ok::<(), http::header::InvalidHeaderValue>(())
    /// ```
    pub fn new(headers: impl IntoIterator<Item: AsRef<[u8]>>) -> Self {
        let mut jar = Self::default();
        for header in headers {
            let pairs = header.as_ref().split(|byte| *byte == b';');
            jar.cookies.extend(pairs.filter_map(Cookie::read));
        }
        jar
    }

    /// Keeps only the cookies that Kratos reads in a self-service flow, and drops those of the
    /// application.
    ///
    /// `session_cookie` is the name of the session cookie in Kratos's configuration
    /// (`session.cookie.name`), by default `ory_kratos_session`. The others are `csrf_token_…`
    /// (`x/nosurf.go`) and `ory_kratos_continuity` (`continuity/manager_cookie.go`).
    ///
    /// ```
    /// use kratos_traits::BrowserCookies;
    ///
    /// let cookies = BrowserCookies::new(["theme=dark; ory_kratos_session=x"]);
    /// let cookies = cookies.of_kratos("ory_kratos_session");
    /// assert_eq!(format!("{cookies:?}"), r#"BrowserCookies { cookies: ["ory_kratos_session"], set_cookies: [] }"#);
    /// ```
    #[must_use]
    pub fn of_kratos(mut self, session_cookie: &str) -> Self {
        self.cookies.retain(|one| {
            one.name == session_cookie
                || one.name == "ory_kratos_continuity"
                || one.name.starts_with("csrf_token")
        });
        self
    }

    /// Sets where the browser lands after a login (a fresh one, with a second factor, or after a dead session) and at the end of a
    /// flow: a URL that Kratos's configuration allows (`selfservice.allowed_return_urls`). Kratos refuses another URL with the id
    /// `self_service_flow_return_to_forbidden`.
    ///
    /// ```
    /// use kratos_traits::BrowserCookies;
    ///
    /// let cookies = BrowserCookies::new(["ory_kratos_session=x"])
    ///     .return_to("https://example.org/profile");
    /// ```
    #[must_use]
    pub fn return_to(mut self, url: impl Into<String>) -> Self {
        self.return_to = Some(url.into());
        self
    }

    /// Whether there are no cookies to send to Kratos.
    ///
    /// ```
    /// use kratos_traits::BrowserCookies;
    ///
    /// assert!(BrowserCookies::new([""; 0]).is_empty());
    /// ```
    pub fn is_empty(&self) -> bool {
        self.cookies.is_empty()
    }

    /// The values of the headers `Set-Cookie` that Kratos has sent, in order, marked as sensitive. A
    /// cookie that was set twice is listed once, with its last value.
    ///
    /// ```
    /// use kratos_traits::BrowserCookies;
    ///
    /// // Before the first call, Kratos has set none.
    /// assert_eq!(BrowserCookies::new(["a=b"]).set_cookies().count(), 0);
    /// ```
    pub fn set_cookies(&self) -> impl Iterator<Item = &HeaderValue> {
        self.set_cookies.iter()
    }

    /// Adds the headers `Set-Cookie` of Kratos to those of the response to the browser.
    ///
    /// ```
    /// use kratos_traits::BrowserCookies;
    ///
    /// fn respond(cookies: BrowserCookies) -> http::Response<String> {
    ///     let mut response = http::Response::new("done".to_owned());
    ///     cookies.append_to(response.headers_mut());
    ///     response
    /// }
    /// ```
    pub fn append_to(self, headers: &mut HeaderMap) {
        for value in self.set_cookies {
            headers.append(SET_COOKIE, value);
        }
    }

    pub(super) fn return_url(&self) -> Option<&str> {
        self.return_to.as_deref()
    }

    /// The value of the header `Cookie`, marked as sensitive; `None` if there are no cookies.
    pub(crate) fn header(&self) -> Option<Result<HeaderValue, http::Error>> {
        let pairs = self.cookies.iter();
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

    /// Stores the cookies of a response of Kratos, as a browser does.
    pub(crate) fn store(&mut self, headers: &HeaderMap) {
        let date = date(headers);
        for header in headers.get_all(SET_COOKIE) {
            let Some(new) = SetCookie::read(header, date) else {
                continue;
            };
            self.cookies.retain(|one| one.name != new.name);
            if !new.deletes {
                self.cookies.push(Cookie {
                    name: new.name.to_owned(),
                    value: new.value.to_vec().into(),
                });
            }
            let replaces =
                |old: &HeaderValue| SetCookie::read(old, None).is_some_and(|old| old.is_same(&new));
            self.set_cookies.retain(|old| !replaces(old));
            let mut header = header.clone();
            header.set_sensitive(true);
            self.set_cookies.push(header);
        }
    }
}

fn date(headers: &HeaderMap) -> Option<SystemTime> {
    let date = headers.get(DATE)?.to_str().ok()?;
    httpdate::parse_http_date(date).ok()
}

impl Cookie {
    fn read(pair: &[u8]) -> Option<Self> {
        let pair = pair.trim_ascii();
        // What no header can carry is skipped here, so that building the header cannot fail.
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
        let names: Vec<_> = self.cookies.iter().map(|one| &one.name).collect();
        let set = self.set_cookies.iter();
        let set: Vec<_> = set
            .filter_map(|header| SetCookie::read(header, None).map(|one| one.name))
            .collect();
        f.debug_struct("BrowserCookies")
            .field("cookies", &names)
            .field("set_cookies", &set)
            .finish()
    }
}

/// A cookie that the server sets, or takes away.
#[derive(Debug)]
pub(crate) struct SetCookie<'a> {
    pub(crate) name: &'a str,
    pub(crate) value: &'a [u8],
    /// `Domain` and `Path`: cookies that differ in them are two.
    pub(crate) place: [Option<&'a str>; 2],
    pub(crate) deletes: bool,
}

impl<'a> SetCookie<'a> {
    /// Reads a header of an answer that was sent at `date`; `None` when it sets no cookie.
    pub(crate) fn read(header: &'a HeaderValue, date: Option<SystemTime>) -> Option<Self> {
        let mut parts = header.as_bytes().split(|byte| *byte == b';');
        let pair = parts.next()?;
        let at = pair.iter().position(|byte| *byte == b'=')?;
        let name = std::str::from_utf8(&pair[..at]).ok()?.trim();
        if name.is_empty() {
            return None;
        }
        let (mut place, mut max_age, mut expires) = ([None; 2], None, None);
        for attribute in parts.filter_map(|part| std::str::from_utf8(part).ok()) {
            let (key, value) = attribute.split_once('=').unwrap_or((attribute, ""));
            let (key, value) = (key.trim(), value.trim());
            if key.eq_ignore_ascii_case("domain") {
                place[0] = Some(value);
            } else if key.eq_ignore_ascii_case("path") {
                place[1] = Some(value);
            } else if key.eq_ignore_ascii_case("max-age") {
                max_age = value.parse::<i64>().ok();
            } else if key.eq_ignore_ascii_case("expires") {
                expires = httpdate::parse_http_date(value).ok();
            }
        }
        // The server's own date, for there is no clock in `wasm32-unknown-unknown`.
        let now = date.unwrap_or(SystemTime::UNIX_EPOCH);
        Some(Self {
            name,
            value: pair[at + 1..].trim_ascii(),
            place,
            deletes: match max_age {
                Some(seconds) => seconds <= 0,
                None => expires.is_some_and(|expires| expires <= now),
            },
        })
    }

    /// Whether a browser would let one take the place of the other.
    pub(crate) fn is_same(&self, other: &SetCookie<'_>) -> bool {
        self.name == other.name && self.place == other.place
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn deletes(attributes: &str) -> bool {
        let header = HeaderValue::from_str(&format!("a=b; Path=/; {attributes}")).unwrap();
        let date = httpdate::parse_http_date("Sun, 22 Nov 2026 12:00:00 GMT").unwrap();
        SetCookie::read(&header, Some(date)).unwrap().deletes
    }

    #[test]
    fn what_takes_a_cookie_away() {
        assert!(deletes("Max-Age=0; HttpOnly"));
        assert!(deletes("max-age=-1"));
        assert!(deletes("Expires=Thu, 01 Jan 1970 00:00:01 GMT"));
        assert!(deletes("expires=Sun, 22 Nov 2026 11:59:59 GMT"));
    }

    #[test]
    fn what_sets_one() {
        assert!(!deletes("HttpOnly; SameSite=Lax"));
        assert!(!deletes("Expires=Sun, 22 Nov 2026 12:00:01 GMT"));
        assert!(!deletes("Expires=soon"));
        // `Max-Age` has the last word.
        assert!(!deletes("Expires=Thu, 01 Jan 1970 00:00:00 GMT; Max-Age=5"));
    }

    #[test]
    fn what_sets_none() {
        for text in ["", "a", "=b", "; Path=/"] {
            let header = HeaderValue::from_static(text);
            assert!(SetCookie::read(&header, None).is_none(), "{text}");
        }
    }
}
