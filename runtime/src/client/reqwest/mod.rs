//! reqwest as the HTTP client: on its own, or over the fetch of a browser.

#[cfg(target_family = "wasm")]
mod fetch;
#[cfg(not(target_family = "wasm"))]
mod native;

use super::admin::AdminApiClient;
use super::client_error::ClientError;
use super::public::PublicClient;

/// The async client: [`PublicClient`] over reqwest.
///
/// Its futures run in a tokio runtime, and panic elsewhere; for another HTTP client, see
/// [`HttpClient`](super::HttpClient). TLS is that of rustls, and trusts what the system trusts.
///
/// On `wasm32-unknown-unknown` it is the fetch of the browser, and needs no runtime. There the browser
/// keeps the cookies: it adds its own to what is asked [`in_browser`](PublicClient::in_browser), and
/// none to anything else. On behalf of a session token a page can read but not save: it names its origin
/// with every submit, and Kratos refuses that in native flows. A redirect is followed by the browser before we know of it, and then an error.
/// Where Kratos is of another origin than the page, its configuration must allow for that
/// (`serve.public.cors`, with `allow_credentials`).
pub type Client = PublicClient<Reqwest>;

/// The async client of the admin API: [`AdminApiClient`] over reqwest, as [`Client`] is for the public
/// API.
pub type AdminClient = AdminApiClient<Reqwest>;

/// reqwest, set up for Kratos: no cookies, no redirects.
#[derive(Clone, Debug)]
pub struct Reqwest(reqwest::Client);

impl Client {
    /// A client of the Kratos whose public API is at `public_url`.
    ///
    /// ```
    /// use std::time::Duration;
    /// use kratos_traits::Client;
    ///
    /// let client = Client::new("https://auth.example.org/kratos")?.timeout(Duration::from_secs(10));
    /// # Ok::<(), kratos_traits::ClientError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// `public_url` is no base URL, or TLS cannot be set up.
    pub fn new(public_url: &str) -> Result<Self, ClientError> {
        let server = public_url.parse()?;
        Ok(Self::with(Reqwest::new()?, server))
    }
}

impl AdminClient {
    /// A client of the Kratos whose admin API is at `admin_url`.
    ///
    /// # Errors
    ///
    /// `admin_url` is no base URL, or TLS cannot be set up.
    pub fn new(admin_url: &str) -> Result<Self, ClientError> {
        let server = admin_url.parse()?;
        Ok(Self::with(Reqwest::new()?, server))
    }
}
