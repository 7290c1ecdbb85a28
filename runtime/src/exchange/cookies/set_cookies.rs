//! The cookies that Kratos sets, for the browser.

use std::fmt;
use std::time::SystemTime;

use http::header::{DATE, SET_COOKIE};
use http::{HeaderMap, HeaderValue};

use super::browser_cookies::BrowserCookies;
use super::set_cookie::SetCookie;

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
    pub(super) fn take(&mut self, answer: &HeaderMap, cookies: &mut BrowserCookies) {
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
