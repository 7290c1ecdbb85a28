//! Sends the requests of a call.

use std::fmt;
use std::ops::ControlFlow;
use std::sync::Arc;

#[cfg(feature = "tracing")]
use crate::http::trace;
use crate::http::{
    Auth, BaseUrl, BlockingHttpClient, BrowserCookies, Call, Context, Error, Exchange, HttpClient,
    InvalidUrl, Limits,
};

/// What all clients have in common.
pub(super) struct Core<H: ?Sized> {
    pub(super) http: Arc<H>,
    pub(super) server: BaseUrl,
    /// For a public API, the base URL for browsers if it is another one; for an admin API, that of the public API.
    pub(super) public: Option<BaseUrl>,
    pub(super) limits: Limits,
    pub(super) with_retries: bool,
}

impl<H: ?Sized> Core<H> {
    pub(super) fn new(http: Arc<H>, url: &str) -> Result<Self, InvalidUrl> {
        Ok(Self {
            http,
            server: url.parse()?,
            public: None,
            limits: Limits::default(),
            with_retries: true,
        })
    }

    /// The context of the requests of a person, and the cookies to send with them.
    pub(super) fn context<'a>(&self, auth: Auth<'a>) -> (Context, Option<&'a mut BrowserCookies>) {
        auth.into_context(&self.server, self.public.as_ref())
    }
}

impl Core<dyn HttpClient> {
    pub(super) async fn call<X: Exchange>(
        &self,
        exchange: X,
        cookies: Option<&mut BrowserCookies>,
    ) -> Result<X::Output, Error> {
        let result = self.send(Call::new(exchange, cookies, self.with_retries));
        #[cfg(feature = "tracing")]
        let result = tracing::Instrument::instrument(result, trace::span());
        result.await
    }

    async fn send<X: Exchange>(&self, mut call: Call<'_, X>) -> Result<X::Output, Error> {
        loop {
            let request = call.request()?;
            match call.receive(self.http.send(request, &self.limits).await) {
                ControlFlow::Continue(next) => call = next,
                ControlFlow::Break(result) => return result,
            }
        }
    }
}

impl Core<dyn BlockingHttpClient> {
    pub(super) fn call<X: Exchange>(
        &self,
        exchange: X,
        cookies: Option<&mut BrowserCookies>,
    ) -> Result<X::Output, Error> {
        #[cfg(feature = "tracing")]
        let _entered = trace::span().entered();
        let mut call = Call::new(exchange, cookies, self.with_retries);
        loop {
            let request = call.request()?;
            match call.receive(self.http.send(request, &self.limits)) {
                ControlFlow::Continue(next) => call = next,
                ControlFlow::Break(result) => return result,
            }
        }
    }
}

impl<H: ?Sized> Clone for Core<H> {
    fn clone(&self) -> Self {
        Self {
            http: Arc::clone(&self.http),
            server: self.server.clone(),
            public: self.public.clone(),
            ..*self
        }
    }
}

impl<H: ?Sized> fmt::Debug for Core<H> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Core")
            .field("server", &self.server)
            .field("public", &self.public)
            .field("limits", &self.limits)
            .field("with_retries", &self.with_retries)
            .finish_non_exhaustive()
    }
}

/// What the clients of the public API know about browsers.
macro_rules! browser_methods {
    ($client:literal) => {
        /// Sets the base URL at which browsers reach Kratos, if it is another one than that of the client.
        ///
        /// ```
        /// # use kratos_traits::client::InvalidUrl;
        #[doc = concat!("fn inside_the_cluster(client: kratos_traits::", $client, ") -> Result<kratos_traits::", $client, ", InvalidUrl> {")]
        ///     client.browser_url("https://auth.example.org")
        /// }
        /// ```
        ///
        /// # Errors
        ///
        /// The base URL is not valid.
        pub fn browser_url(mut self, url: &str) -> Result<Self, InvalidUrl> {
            self.core.public = Some(url.parse()?);
            Ok(self)
        }

        /// The URL at which a browser logs in, for an application that answers browsers.
        ///
        /// ```
        #[doc = concat!("fn redirect(client: &kratos_traits::", $client, ") -> String {")]
        ///     client.login_url().return_to("https://example.org/profile").to_string()
        /// }
        /// ```
        pub fn login_url(&self) -> crate::login::LoginUrl {
            let core = &self.core;
            crate::login::LoginUrl::at(core.public.as_ref().unwrap_or(&core.server))
        }
    };
}
pub(super) use browser_methods;

/// How an admin client knows the schema of types that were generated from a schema file.
macro_rules! schema_methods {
    ($client:literal) => {
        /// Sets the id of the identity schema (`identity.schemas[].id` in Kratos's configuration) that the types of the updates were
        /// generated from. An identity of another schema is not changed ([`Error::SchemaMismatch`]).
        ///
        /// Types that were generated from a Kratos configuration know their id, and need neither this nor a
        /// [`public_url`](Self::public_url). For types of several schemas, make a client for each: clones are cheap.
        ///
        /// ```
        #[doc = concat!("fn customers(admin: kratos_traits::", $client, ") -> kratos_traits::", $client, " {")]
        ///     admin.schema_id("customer")
        /// }
        /// ```
        #[must_use]
        pub fn schema_id(mut self, id: impl Into<String>) -> Self {
            self.schema_id = Some(id.into());
            self
        }

        /// Sets the base URL of the public API, which has the identity schemas. If the types do not know the id of their schema, the
        /// schema of the identity is fetched there, once in a process: it must declare each trait that an update changes, with the same
        /// type. Its roles count too.
        ///
        /// ```
        /// # use kratos_traits::client::InvalidUrl;
        #[doc = concat!("fn with_schemas(admin: kratos_traits::", $client, ") -> Result<kratos_traits::", $client, ", InvalidUrl> {")]
        ///     admin.public_url("http://127.0.0.1:4433")
        /// }
        /// ```
        ///
        /// # Errors
        ///
        /// The base URL is not valid.
        pub fn public_url(mut self, url: &str) -> Result<Self, InvalidUrl> {
            self.core.public = Some(url.parse()?);
            Ok(self)
        }
    };
}
pub(super) use schema_methods;

/// The settings of all clients; the field `core` holds them.
macro_rules! limit_methods {
    ($client:literal) => {
        /// Sets the time limit of one request with its response; see
        /// [`Limits::timeout`](crate::client::Limits::timeout).
        ///
        /// ```
        #[doc = concat!("fn patient(client: kratos_traits::", $client, ") -> kratos_traits::", $client, " {")]
        ///     client.timeout(std::time::Duration::from_secs(120))
        /// }
        /// ```
        #[must_use]
        pub fn timeout(mut self, timeout: std::time::Duration) -> Self {
            self.core.limits.timeout = timeout;
            self
        }

        /// Sets the size limit of a response in bytes; see
        /// [`Limits::answer_bytes`](crate::client::Limits::answer_bytes).
        ///
        /// ```
        #[doc = concat!("fn strict(client: kratos_traits::", $client, ") -> kratos_traits::", $client, " {")]
        ///     client.answer_bytes(64 * 1024)
        /// }
        /// ```
        #[must_use]
        pub fn answer_bytes(mut self, bytes: usize) -> Self {
            self.core.limits.answer_bytes = bytes;
            self
        }

        /// Sends each request only once.
        ///
        /// By default a request is sent once more if there is no response at all (the connection was
        /// refused or closed) and the request is
        /// [safe to repeat](crate::client::Phase::is_safe_to_repeat). A submit is never repeated, and
        /// neither is a request that timed out or whose response was incomplete.
        ///
        /// ```
        #[doc = concat!("fn strict(client: kratos_traits::", $client, ") -> kratos_traits::", $client, " {")]
        ///     client.without_retries()
        /// }
        /// ```
        #[must_use]
        pub fn without_retries(mut self) -> Self {
            self.core.with_retries = false;
            self
        }
    };
}
pub(super) use limit_methods;
