//! Clients that block the thread: no async runtime is needed.
//!
//! They have the methods of the async clients, and their methods return the result instead of a future:
//!
//! ```no_run
//! # mod customer { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/../schemas/customer.rs")); }
//! use kratos_traits::{Error, Outcome, SessionToken, SettingsUpdate, blocking};
//!
//! #[derive(SettingsUpdate)]
//! #[kratos(traits = customer::CustomerTraits)]
//! struct Rename {
//!     nickname: String,
//! }
//!
//! fn rename(client: &blocking::Client, session: &SessionToken) -> Result<(), Error> {
//!     let rename = Rename { nickname: "Countess".to_owned() };
//!     match client.settings(session).update(&rename)? {
//!         Outcome::Saved(saved) => println!("saved for {}", saved.identity.id),
//!         other => println!("not saved: {}", other.name()),
//!     }
//!     Ok(())
//! }
//! ```
//!
//! # Logs of ureq
//!
//! At the level *trace*, the target `ureq_proto` of the crate `log` contains every byte that ureq sends and
//! receives, such as session tokens and traits. Disable this target (`RUST_LOG=trace,ureq_proto=off`).

use std::sync::Arc;

use super::admin::Edit;
use super::call::{Core, browser_methods, limit_methods, schema_methods};
use super::login::Login;
use super::public::first_login;
use super::settings::Settings;
use crate::admin::{AdminContext, FindIdentity, Lookup, ReadIdentity};
use crate::http::{AdminToken, Auth, BlockingHttpClient, Error, InvalidUrl, SessionToken};
use crate::login::{LoginOutcome, Secret};
use crate::session::{Whoami, WhoamiOutcome};
use crate::traits::document::ReadTraits;

/// A blocking client of Kratos's public API.
///
/// It has the methods of the async [`Client`](crate::Client), which return the result instead of a future;
/// see there for an overview. Clones are cheap, and share their connections.
#[derive(Clone, Debug)]
pub struct Client {
    pub(super) core: Core<dyn BlockingHttpClient>,
}

impl Client {
    /// Creates a client of the public API at this base URL, with ureq.
    ///
    /// It uses rustls with the certificates of the system, and no proxy, not even one in the environment; use
    /// [`with`](Self::with) for another configuration.
    ///
    /// ```
    /// use kratos_traits::blocking;
    ///
    /// let client = blocking::Client::new("https://auth.example.org/kratos")?;
    /// # Ok::<(), kratos_traits::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// The base URL is not valid.
    #[cfg(feature = "blocking")]
    pub fn new(url: &str) -> Result<Self, Error> {
        Ok(Self::with(super::ureq::default_agent(), url)?)
    }

    /// Creates a client of the public API at this base URL, with any HTTP client: a `ureq::Agent`, a
    /// closure, or another [`BlockingHttpClient`].
    ///
    /// A `ureq::Agent` must not store cookies (its feature `cookies`); redirects are turned off for each
    /// request. It uses the proxies of the environment, unless its configuration sets `proxy(None)`. Passing
    /// one makes the version of ureq, 3, part of the interface between your code and this crate.
    ///
    /// ```
    /// # #[cfg(feature = "blocking")]
    /// # fn example() -> Result<(), Box<dyn std::error::Error>> {
    /// use kratos_traits::blocking;
    ///
    /// let proxy = ureq::Proxy::new("http://proxy.example.org:3128")?;
    /// let agent = ureq::Agent::config_builder().proxy(Some(proxy)).build().new_agent();
    /// let client = blocking::Client::with(agent, "https://auth.example.org/kratos")?;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// The base URL is not valid.
    pub fn with(http: impl BlockingHttpClient + 'static, url: &str) -> Result<Self, InvalidUrl> {
        let http: Arc<dyn BlockingHttpClient> = Arc::new(http);
        let core = Core::new(http, url)?;
        Ok(Self { core })
    }

    browser_methods!("blocking::Client");

    limit_methods!("blocking::Client");

    /// The settings of the authenticated person.
    ///
    /// ```
    /// use kratos_traits::{SessionToken, blocking};
    ///
    /// fn example(client: &blocking::Client, session: &SessionToken) {
    ///     let settings = client.settings(session);
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
    /// use kratos_traits::{Error, SessionToken, WhoamiOutcome, blocking};
    ///
    /// fn id(client: &blocking::Client, session: &SessionToken) -> Result<Option<String>, Error> {
    ///     Ok(match client.whoami::<CustomerTraits>(session)? {
    ///         WhoamiOutcome::Session(session) => session.identity.map(|person| person.id),
    ///         _ => None,
    ///     })
    /// }
    /// ```
    ///
    /// # Errors
    ///
    /// There is no response, or an unexpected one.
    pub fn whoami<'a, T: ReadTraits>(
        &'a self,
        auth: impl Into<Auth<'a>>,
    ) -> Result<WhoamiOutcome<T>, Error> {
        let (context, cookies) = self.core.context(auth.into());
        self.core.call(Whoami::new(context), cookies)
    }

    /// A login within a session: the person authenticates again, or adds the second factor. The session
    /// and its token stay the same.
    ///
    /// ```no_run
    /// use kratos_traits::{Error, LoginOutcome, SessionToken, blocking};
    ///
    /// fn refresh(client: &blocking::Client, session: &SessionToken) -> Result<bool, Error> {
    ///     let outcome = client.login(session).refresh_with_password("correct horse")?;
    ///     Ok(matches!(outcome, LoginOutcome::LoggedIn(_)))
    /// }
    /// ```
    pub fn login(&self, session: &SessionToken) -> Login<'_, Self> {
        Login::new(self, &self.core.server, session)
    }

    /// Logs in with a password, for a new session. `identifier` is an e-mail address, a user name, a
    /// phone number, as the identity schema defines it.
    ///
    /// ```no_run
    /// use kratos_traits::{Error, LoginOutcome, blocking};
    ///
    /// fn log_in(client: &blocking::Client, password: String) -> Result<LoginOutcome, Error> {
    ///     client.login_with_password("ada@example.org", password)
    /// }
    /// ```
    ///
    /// # Errors
    ///
    /// There is no response, or an unexpected one.
    pub fn login_with_password(
        &self,
        identifier: impl Into<String>,
        password: impl Into<Secret>,
    ) -> Result<LoginOutcome, Error> {
        let attempt = first_login(&self.core, identifier.into(), password.into());
        self.core.call(attempt, None)
    }
}

/// A blocking client of Kratos's admin API.
///
/// It has the methods of the async [`AdminClient`](crate::AdminClient), which return the result instead of a
/// future; see there for an overview.
#[derive(Clone, Debug)]
pub struct AdminClient {
    pub(super) core: Core<dyn BlockingHttpClient>,
    token: Option<AdminToken>,
    /// The id of the identity schema of types that do not know it.
    schema_id: Option<String>,
}

impl AdminClient {
    /// Creates a client of the admin API at this base URL, with ureq; see [`Client::new`].
    ///
    /// ```
    /// use kratos_traits::blocking;
    ///
    /// let admin = blocking::AdminClient::new("http://127.0.0.1:4434")?;
    /// # Ok::<(), kratos_traits::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// The base URL is not valid.
    #[cfg(feature = "blocking")]
    pub fn new(url: &str) -> Result<Self, Error> {
        Ok(Self::with(super::ureq::default_agent(), url)?)
    }

    /// Creates a client of the admin API at this base URL, with any HTTP client; see [`Client::with`].
    ///
    /// ```
    /// use kratos_traits::blocking;
    /// use kratos_traits::client::{BlockingHttpClient, InvalidUrl};
    ///
    /// fn admin(http: impl BlockingHttpClient + 'static) -> Result<blocking::AdminClient, InvalidUrl> {
    ///     blocking::AdminClient::with(http, "http://127.0.0.1:4434")
    /// }
    /// ```
    ///
    /// # Errors
    ///
    /// The base URL is not valid.
    pub fn with(http: impl BlockingHttpClient + 'static, url: &str) -> Result<Self, InvalidUrl> {
        let http: Arc<dyn BlockingHttpClient> = Arc::new(http);
        let core = Core::new(http, url)?;
        Ok(Self {
            core,
            token: None,
            schema_id: None,
        })
    }

    limit_methods!("blocking::AdminClient");

    schema_methods!("blocking::AdminClient");

    /// Sets the token for an admin API that requires one.
    ///
    /// ```
    /// use kratos_traits::{AdminToken, blocking};
    ///
    /// fn with_token(admin: blocking::AdminClient, token: AdminToken) -> blocking::AdminClient {
    ///     admin.token(token)
    /// }
    /// ```
    #[must_use]
    pub fn token(mut self, token: AdminToken) -> Self {
        self.token = Some(token);
        self
    }

    /// Reads the identity with this id.
    ///
    /// ```no_run
    /// # mod customer { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/../schemas/customer.rs")); }
    /// use customer::CustomerTraits;
    /// use kratos_traits::admin::Lookup;
    /// use kratos_traits::{Error, blocking};
    ///
    /// fn exists(admin: &blocking::AdminClient, id: &str) -> Result<bool, Error> {
    ///     Ok(matches!(admin.identity::<CustomerTraits>(id)?, Lookup::Found(_)))
    /// }
    /// ```
    ///
    /// # Errors
    ///
    /// There is no response, or an unexpected one.
    pub fn identity<T: ReadTraits>(&self, id: &str) -> Result<Lookup<T>, Error> {
        let read = ReadIdentity::new(self.context(), id.to_owned());
        self.core.call(read, None)
    }

    /// Finds the identity that logs in with this identifier: an e-mail address, a user name, a phone number.
    ///
    /// ```no_run
    /// # mod customer { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/../schemas/customer.rs")); }
    /// use customer::CustomerTraits;
    /// use kratos_traits::admin::Lookup;
    /// use kratos_traits::{Error, blocking};
    ///
    /// fn is_known(admin: &blocking::AdminClient, email: &str) -> Result<bool, Error> {
    ///     let lookup = admin.identity_by_identifier::<CustomerTraits>(email)?;
    ///     Ok(!matches!(lookup, Lookup::NotFound))
    /// }
    /// ```
    ///
    /// # Errors
    ///
    /// There is no response, or an unexpected one.
    pub fn identity_by_identifier<T: ReadTraits>(
        &self,
        identifier: &str,
    ) -> Result<Lookup<T>, Error> {
        let find = FindIdentity::new(self.context(), identifier.to_owned());
        self.core.call(find, None)
    }

    /// An update of the traits of the identity with this id.
    ///
    /// ```
    /// use kratos_traits::blocking;
    ///
    /// fn example(admin: &blocking::AdminClient, id: &str) {
    ///     let edit = admin.edit(id);
    /// }
    /// ```
    pub fn edit(&self, id: &str) -> Edit<'_, Self> {
        Edit::new(self, self.context(), id)
    }

    fn context(&self) -> AdminContext {
        AdminContext {
            server: self.core.server.clone(),
            token: self.token.clone(),
            schema_id: self.schema_id.clone(),
            public: self.core.public.clone(),
        }
    }
}
