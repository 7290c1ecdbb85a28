//! The async client of the public API.

use std::sync::Arc;

use super::call::{Core, browser_methods, limit_methods};
use super::login::Login;
use super::settings::Settings;
use crate::http::{Auth, Error, HttpClient, InvalidUrl, SessionToken};
use crate::login::{Credentials, LoginAttempt, LoginOutcome, Purpose, Secret};
use crate::session::{Whoami, WhoamiOutcome};
use crate::traits::document::ReadTraits;

/// A client of Kratos's public API.
///
/// ```no_run
/// # #[cfg(feature = "reqwest")]
/// # mod app {
/// # mod customer { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/../schemas/customer.rs")); }
/// use customer::CustomerTraits;
/// use kratos_traits::{Client, Outcome, SessionToken, SettingsUpdate};
///
/// #[derive(SettingsUpdate)]
/// #[kratos(traits = CustomerTraits)]
/// struct Rename {
///     nickname: String,
/// }
///
/// # async fn example() -> Result<(), Box<dyn std::error::Error>> {
/// let client = Client::new("https://auth.example.org/kratos")?;
/// let session = SessionToken::new("ory_st_example")?;
/// let rename = Rename { nickname: "Countess".to_owned() };
/// match client.settings(&session).update(&rename).await? {
///     Outcome::Saved(saved) => println!("saved for {}", saved.identity.id),
///     other => println!("not saved: {}", other.name()),
/// }
/// # Ok(())
/// # }
/// # }
/// ```
///
/// | to | call |
/// |---|---|
/// | change traits | [`settings`](Self::settings), then [`update`](Settings::update) |
/// | send a change after a login | [`settings`](Self::settings), then [`resume`](Settings::resume) |
/// | predict whether a change needs a login | [`settings`](Self::settings), then [`forecast`](Settings::forecast) |
/// | read the session and the identity | [`whoami`](Self::whoami) |
/// | log in again, or with a second factor | [`login`](Self::login) |
/// | log in | [`login_with_password`](Self::login_with_password) |
/// | let a browser log in | [`login_url`](Self::login_url) |
///
/// [`Auth`] describes how the person is authenticated: with a session token, with the cookies of a browser's
/// request, or in the browser. The [admin API](super::AdminClient) needs no login of the person, and
/// [`blocking::Client`](crate::blocking::Client) no async runtime.
///
/// The futures are `Send`, except on wasm. If one is dropped before it is ready, the update may be saved
/// nevertheless, as if the response had been lost. Clones are cheap, and share their connections.
///
/// # In a browser
///
/// On `wasm32-unknown-unknown` reqwest uses `fetch`, and the browser stores the cookies: with
/// [`InBrowser`](crate::InBrowser) it adds them, otherwise it does not. With a session token a page can read
/// but not save, because the browser adds `Origin` to each submit, which Kratos refuses in native flows. The
/// browser follows redirects itself; the result is an error. If Kratos has another origin than the page, its
/// configuration must allow that (`serve.public.cors`, with `allow_credentials`).
#[derive(Clone, Debug)]
pub struct Client {
    pub(super) core: Core<dyn HttpClient>,
}

impl Client {
    /// Creates a client of the public API at this base URL, with reqwest.
    ///
    /// It uses rustls with the certificates of the system, and no proxy, not even one in the environment; use
    /// [`with`](Self::with) for another configuration. Its futures need a tokio runtime, except on wasm.
    ///
    /// ```
    /// use std::time::Duration;
    ///
    /// use kratos_traits::Client;
    ///
    /// let client = Client::new("https://auth.example.org/kratos")?.timeout(Duration::from_secs(10));
    /// # Ok::<(), kratos_traits::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// The base URL is not valid, or TLS cannot be set up.
    #[cfg(feature = "reqwest")]
    pub fn new(url: &str) -> Result<Self, Error> {
        Ok(Self::with(super::default_http_client()?, url)?)
    }

    /// Creates a client of the public API at this base URL, with any HTTP client: a `reqwest::Client`, a
    /// closure, or another [`HttpClient`].
    ///
    /// A `reqwest::Client` must not follow redirects and must not store cookies (`cookie_store` is off by
    /// default). It uses the proxies of the environment, unless `no_proxy` is set. Passing one makes the
    /// version of reqwest, 0.13, part of the interface between your code and this crate.
    ///
    /// ```no_run
    /// # #[cfg(all(feature = "reqwest", not(target_family = "wasm")))]
    /// # fn example() -> Result<(), Box<dyn std::error::Error>> {
    /// use kratos_traits::Client;
    ///
    /// let http = reqwest::Client::builder()
    ///     .redirect(reqwest::redirect::Policy::none())
    ///     .retry(reqwest::retry::never())
    ///     .proxy(reqwest::Proxy::all("http://proxy.example.org:3128")?)
    ///     .build()?;
    /// let client = Client::with(http, "https://auth.example.org/kratos")?;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// The base URL is not valid.
    pub fn with(http: impl HttpClient + 'static, url: &str) -> Result<Self, InvalidUrl> {
        let http: Arc<dyn HttpClient> = Arc::new(http);
        let core = Core::new(http, url)?;
        Ok(Self { core })
    }

    browser_methods!("Client");

    limit_methods!("Client");

    /// The settings of the authenticated person.
    ///
    /// ```
    /// use kratos_traits::client::Settings;
    /// use kratos_traits::{Client, SessionToken};
    ///
    /// fn settings<'a>(client: &'a Client, session: &'a SessionToken) -> Settings<'a, Client> {
    ///     client.settings(session)
    /// }
    /// ```
    pub fn settings<'a>(&'a self, auth: impl Into<Auth<'a>>) -> Settings<'a, Self> {
        Settings::new(self, self.core.context(auth.into()))
    }

    /// Reads the session of the authenticated person, with the identity. `T` is the struct of the traits of
    /// one identity schema, or the enum of several.
    ///
    /// ```no_run
    /// # mod customer { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/../schemas/customer.rs")); }
    /// use customer::CustomerTraits;
    /// use kratos_traits::{Client, Error, SessionToken, WhoamiOutcome};
    ///
    /// async fn greet(client: &Client, session: &SessionToken) -> Result<String, Error> {
    ///     Ok(match client.whoami::<CustomerTraits>(session).await? {
    ///         WhoamiOutcome::Session(session) => match session.identity {
    ///             Some(person) => match person.traits.typed() {
    ///                 Ok(traits) => format!("Hello, {}", traits.email),
    ///                 // The stored traits do not match the schema; `raw` has them.
    ///                 Err(unreadable) => unreadable.to_string(),
    ///             },
    ///             None => "Hello".to_owned(),
    ///         },
    ///         WhoamiOutcome::SecondFactorRequired { .. } => "Your code, please".to_owned(),
    ///         WhoamiOutcome::SessionInactive => "Please log in".to_owned(),
    ///         WhoamiOutcome::Busy(_) => "Please try again in a minute".to_owned(),
    ///         WhoamiOutcome::Refused(refusal) => format!("{refusal:?}"),
    ///     })
    /// }
    /// ```
    ///
    /// # Errors
    ///
    /// The future fails if there is no response, or an unexpected one.
    pub fn whoami<'a, T: ReadTraits>(
        &'a self,
        auth: impl Into<Auth<'a>>,
    ) -> impl Future<Output = Result<WhoamiOutcome<T>, Error>> {
        let (context, cookies) = self.core.context(auth.into());
        self.core.call(Whoami::new(context), cookies)
    }

    /// A login within a session: the person authenticates again, or adds the second factor. The session
    /// and its token stay the same.
    ///
    /// A change that requires a login is resumed after it:
    ///
    /// ```no_run
    /// # use kratos_traits::{IdentityTraits, Outcome, Pending};
    /// use kratos_traits::{Client, Error, LoginOutcome, SessionToken};
    ///
    /// # async fn resume<T: IdentityTraits>(
    /// #     client: &Client, session: &SessionToken, pending: Pending<T>, password: String,
    /// # ) -> Result<Option<Outcome<T>>, Error> {
    /// match client.login(session).refresh_with_password(password).await? {
    ///     LoginOutcome::LoggedIn(_) => {
    ///         Ok(Some(client.settings(session).resume(pending).await?))
    ///     }
    ///     other => {
    ///         println!("not logged in: {}", other.name());
    ///         Ok(None)
    ///     }
    /// }
    /// # }
    /// ```
    pub fn login(&self, session: &SessionToken) -> Login<'_, Self> {
        Login::new(self, &self.core.server, session)
    }

    /// Logs in with a password, for a new session. `identifier` is an e-mail address, a user name, a
    /// phone number, as the identity schema defines it.
    ///
    /// ```no_run
    /// use kratos_traits::{Client, Error, LoginOutcome, SessionToken};
    ///
    /// async fn log_in(client: &Client, password: String) -> Result<Option<SessionToken>, Error> {
    ///     Ok(match client.login_with_password("ada@example.org", password).await? {
    ///         LoginOutcome::LoggedIn(login) => Some(login.session),
    ///         _ => None,
    ///     })
    /// }
    /// ```
    ///
    /// # Errors
    ///
    /// The future fails if there is no response, or an unexpected one.
    pub fn login_with_password(
        &self,
        identifier: impl Into<String>,
        password: impl Into<Secret>,
    ) -> impl Future<Output = Result<LoginOutcome, Error>> {
        let attempt = first_login(&self.core, identifier.into(), password.into());
        self.core.call(attempt, None)
    }
}

/// A login for a new session.
pub(super) fn first_login<H: ?Sized>(
    core: &Core<H>,
    identifier: String,
    password: Secret,
) -> LoginAttempt {
    let credentials = Credentials::Password(password);
    LoginAttempt::new(
        core.server.clone(),
        Purpose::First,
        Some(identifier),
        credentials,
    )
}
