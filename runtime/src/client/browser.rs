//! Asking on behalf of a browser.

use super::on_behalf::OnBehalf;
use super::public::PublicClient;
use crate::exchange::{BrowserCookies, Forwarded, InBrowser};

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
    /// use kratos_traits::Client;
    /// use kratos_traits::exchange::{BrowserCookies, Relayed};
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
    /// A browser that is not told of these cookies may be logged out, and one whose cookies are not
    /// forwarded is refused: without the session cookie the outcome is
    /// [`SessionGone`](crate::Outcome::SessionGone); a submit whose cookie `csrf_token_…` is missing
    /// or foreign ends in [`Refused`](crate::Outcome::Refused) with the id `security_csrf_violation`.
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
    #[must_use]
    pub fn return_to(mut self, url: impl Into<String>) -> Self {
        self.mode = self.mode.return_to(url);
        self
    }
}

impl<H> OnBehalf<'_, H, InBrowser> {
    /// Where Kratos shall send the browser in the end; as with [`Forwarded::return_to`].
    #[must_use]
    pub fn return_to(mut self, url: impl Into<String>) -> Self {
        self.mode = self.mode.return_to(url);
        self
    }
}
