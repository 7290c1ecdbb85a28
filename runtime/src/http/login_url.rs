//! The URL at which a browser logs in.

use std::fmt;

use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

use super::base_url::{BaseUrl, InvalidUrl};

/// The path of Kratos's login for browsers.
const LOGIN: &str = "/self-service/login/browser";

/// The URL of Kratos's login for a browser: send the browser there (HTTP 303), and Kratos shows its login page. After the login
/// the browser lands at [`return_to`](Self::return_to).
///
/// | after | URL |
/// |---|---|
/// | [`SessionInactive`](crate::Outcome::SessionInactive) | `client.login_url()` |
/// | [`ReauthenticationRequired`](crate::Outcome::ReauthenticationRequired) | `client.login_url().refresh()` |
/// | [`SecondFactorRequired`](crate::Outcome::SecondFactorRequired) | `client.login_url().second_factor()` |
///
/// ```
/// use kratos_traits::login::LoginUrl;
///
/// let url = LoginUrl::new("https://auth.example.org")?
///     .second_factor()
///     .return_to("https://example.org/profile");
/// assert_eq!(
///     url.to_string(),
///     "https://auth.example.org/self-service/login/browser?aal=aal2\
///      &return_to=https%3A%2F%2Fexample%2Eorg%2Fprofile"
/// );
/// # Ok::<(), kratos_traits::client::InvalidUrl>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[must_use = "the browser must be sent to the URL"]
pub struct LoginUrl {
    /// The URL without a query.
    endpoint: String,
    refresh: bool,
    second_factor: bool,
    return_to: Option<String>,
}

impl LoginUrl {
    /// The login of the Kratos at this base URL, which the browser must be able to reach.
    /// [`Client::login_url`](crate::Client::login_url) takes that of the client.
    ///
    /// ```
    /// use kratos_traits::login::LoginUrl;
    ///
    /// let url = LoginUrl::new("https://auth.example.org/kratos")?;
    /// assert_eq!(url.to_string(), "https://auth.example.org/kratos/self-service/login/browser");
    /// # Ok::<(), kratos_traits::client::InvalidUrl>(())
    /// ```
    ///
    /// # Errors
    ///
    /// The base URL is not valid.
    pub fn new(base_url: &str) -> Result<Self, InvalidUrl> {
        Ok(Self::at(&base_url.parse()?))
    }

    pub(crate) fn at(server: &BaseUrl) -> Self {
        Self::of_endpoint(server.endpoint(LOGIN))
    }

    /// The endpoint of a login URL that Kratos proposes.
    pub(super) fn like(proposed: &str) -> Option<Self> {
        let endpoint = proposed.split('?').next().unwrap_or_default();
        endpoint
            .ends_with(LOGIN)
            .then(|| Self::of_endpoint(endpoint.to_owned()))
    }

    fn of_endpoint(endpoint: String) -> Self {
        Self {
            endpoint,
            refresh: false,
            second_factor: false,
            return_to: None,
        }
    }

    /// The person logs in again, although the session is active (`refresh=true`).
    ///
    /// ```
    /// use kratos_traits::Client;
    ///
    /// fn log_in_again(client: &Client) -> String {
    ///     client.login_url().refresh().to_string()
    /// }
    /// ```
    pub fn refresh(mut self) -> Self {
        self.refresh = true;
        self
    }

    /// The person adds the second factor (`aal=aal2`).
    ///
    /// ```
    /// use kratos_traits::Client;
    ///
    /// fn enter_code(client: &Client) -> String {
    ///     client.login_url().second_factor().to_string()
    /// }
    /// ```
    pub fn second_factor(mut self) -> Self {
        self.second_factor = true;
        self
    }

    /// Sets where the browser lands after the login: a URL that Kratos's configuration allows
    /// (`selfservice.allowed_return_urls`). By default it is that of the configuration (`default_browser_return_url`).
    ///
    /// ```
    /// use kratos_traits::Client;
    ///
    /// fn log_in(client: &Client) -> String {
    ///     client.login_url().return_to("https://example.org/profile").to_string()
    /// }
    /// ```
    pub fn return_to(mut self, url: impl Into<String>) -> Self {
        self.return_to = Some(url.into());
        self
    }
}

impl fmt::Display for LoginUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.endpoint)?;
        let mut separator = '?';
        let mut parameter = |name: &str, value: &str| {
            let value = utf8_percent_encode(value, NON_ALPHANUMERIC);
            write!(
                f,
                "{}{name}={value}",
                std::mem::replace(&mut separator, '&')
            )
        };
        if self.refresh {
            parameter("refresh", "true")?;
        }
        if self.second_factor {
            parameter("aal", "aal2")?;
        }
        if let Some(url) = &self.return_to {
            parameter("return_to", url)?;
        }
        Ok(())
    }
}
