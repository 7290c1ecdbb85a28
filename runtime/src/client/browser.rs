//! Asking on behalf of a browser.

use super::on_behalf::OnBehalf;
use super::public::PublicClient;
use crate::http::{BrowserCookies, Forwarded, InBrowser};

impl<H> PublicClient<H> {
    /// On behalf of the person whose browser sent these cookies to a server of ours.
    ///
    /// Kratos sets cookies in return, which the server must hand on to the browser with its own answer,
    /// however the call ended:
    ///
    /// ```no_run
    /// # #[cfg(feature = "reqwest")]
    /// # mod app {
    /// # use kratos_traits::{IdentityTraits, Outcome, SettingsUpdate};
    /// use http::header::COOKIE;
    /// use kratos_traits::{BrowserCookies, Client, Relayed};
    ///
    /// async fn save<U: SettingsUpdate<Traits: IdentityTraits>>(
    ///     client: &Client,
    ///     request: &http::Request<()>,
    ///     change: &U,
    /// ) -> http::Response<String>
    /// # where U: Sync
    /// {
    ///     let cookies = BrowserCookies::new(request.headers().get_all(COOKIE));
    ///     let cookies = cookies.of_kratos("ory_kratos_session");
    ///
    ///     let Relayed { outcome, set_cookies, .. } =
    ///         client.forwarding(&cookies).settings().update(change).await;
    ///
    ///     let mut answer = http::Response::new(String::new());
    ///     set_cookies.append_to(answer.headers_mut());
    ///     *answer.body_mut() = match outcome {
    ///         Ok(Outcome::Saved(_)) => "saved".to_owned(),
    ///         Ok(Outcome::ReauthenticationNeeded(pending)) => {
    ///             // Keep `pending`, and send the browser to `pending.redirect_browser_to`.
    ///             "please log in again".to_owned()
    ///         }
    ///         Ok(other) => format!("not saved: {other:?}"),
    ///         Err(error) => error.to_string(),
    ///     };
    ///     answer
    /// }
    /// # }
    /// ```
    ///
    /// # Which cookies
    ///
    /// The browser sends Kratos's cookies to the application when both have one host, or one domain that
    /// Kratos's configuration names (`cookies.domain`). Without the session cookie the outcome is
    /// [`SessionGone`](crate::Outcome::SessionGone).
    ///
    /// The cookie `csrf_token_…` and the token in the form of the flow must fit; a new cookie that
    /// comes with the flow goes with its submit. When something on the way takes a cookie out or
    /// remembers an old answer, the submit is [`Refused`](crate::Outcome::Refused) with the id
    /// `security_csrf_violation`, and nothing was changed.
    ///
    /// # After a login that the change waited for
    ///
    /// The place that `redirect_browser_to` names is a login page of Kratos, for the browser and under
    /// the address that the browser knows. After the login that page leads back to Kratos, which then
    /// saves the change by itself if the browser still has the cookie `ory_kratos_continuity`, for 15
    /// minutes (`selfservice/flow/settings/strategy_helper.go`). Do not count on it:
    /// [`resume`](super::Settings::resume) the change; when it is saved already, nothing is sent twice.
    pub fn forwarding(&self, cookies: &BrowserCookies) -> OnBehalf<'_, H, Forwarded> {
        self.on_behalf_of(Forwarded::new(cookies.clone()))
    }

    /// On behalf of the person who uses the browser that this code runs in, with the cookies that the
    /// browser keeps for Kratos: for an HTTP client that heeds
    /// [`AmbientCookies`](crate::exchange::AmbientCookies).
    pub fn in_browser(&self) -> OnBehalf<'_, H, InBrowser> {
        self.on_behalf_of(InBrowser::new())
    }
}

impl<H> OnBehalf<'_, H, Forwarded> {
    /// Where Kratos shall send the browser in the end; as with [`Forwarded::return_to`].
    pub fn return_to(mut self, url: impl Into<String>) -> Self {
        self.mode = self.mode.return_to(url);
        self
    }
}

impl<H> OnBehalf<'_, H, InBrowser> {
    /// Where Kratos shall send the browser in the end; as with [`Forwarded::return_to`].
    pub fn return_to(mut self, url: impl Into<String>) -> Self {
        self.mode = self.mode.return_to(url);
        self
    }
}
