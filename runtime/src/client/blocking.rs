//! The blocking client: ureq, and no async runtime.
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
//!     let change = Rename { nickname: "Countess".to_owned() };
//!     match client.settings(session).update(&change).send()? {
//!         Outcome::Saved(saved) => println!("saved for {}", saved.identity.id),
//!         other => println!("not saved: {other:?}"),
//!     }
//!     Ok(())
//! }
//! ```
//!
//! ureq tells the crate `log` what it does, without secrets, but for one place: at the level *trace* its
//! target `ureq_proto` dumps every byte that is sent and received, session tokens and traits among them.
//! An application that logs at that level leaves this target out (`RUST_LOG=trace,ureq_proto=off`).

use std::fmt;
use std::io::Read;
use std::sync::Arc;
use std::time::Duration;

use http::{Method, Request, Response};
use rustls::crypto::{CryptoProvider, aws_lc_rs};
use ureq::Agent;
use ureq::tls::{RootCerts, TlsConfig};

use super::admin::AdminApiClient;
use super::client_error::ClientError;
use super::http_client::BlockingHttpClient;
use super::limits::Limits;
use super::public::PublicClient;
use crate::http::SendError;

/// ureq adds the time to that of its clock, and panics where the clock has no such time: a century is far enough.
const LONGEST: Duration = Duration::from_secs(100 * 365 * 24 * 60 * 60);

/// The blocking client: [`PublicClient`] over ureq with rustls, which trusts what the system trusts.
///
/// Each [`Call`](super::Call) is made with its method `send`.
pub type Client = PublicClient<Ureq>;

/// The blocking client of the admin API: [`AdminApiClient`] over ureq.
pub type AdminClient = AdminApiClient<Ureq>;

/// ureq, set up for Kratos: no cookies, no redirects. Cheap to clone; clones share their connections.
#[derive(Clone)]
pub struct Ureq(Agent);

impl Client {
    /// A client of the Kratos whose public API is at `public_url`.
    ///
    /// # Errors
    ///
    /// `public_url` is no base URL.
    pub fn new(public_url: &str) -> Result<Self, ClientError> {
        Ok(Self::with(Ureq::new(), public_url.parse()?))
    }
}

impl AdminClient {
    /// A client of the Kratos whose admin API is at `admin_url`.
    ///
    /// # Errors
    ///
    /// `admin_url` is no base URL.
    pub fn new(admin_url: &str) -> Result<Self, ClientError> {
        Ok(Self::with(Ureq::new(), admin_url.parse()?))
    }
}

impl Ureq {
    /// A new HTTP client, with its own pool of connections.
    pub fn new() -> Self {
        // As reqwest chooses: the provider of the process, or AWS-LC.
        let provider = CryptoProvider::get_default().cloned();
        let tls = TlsConfig::builder()
            .root_certs(RootCerts::PlatformVerifier)
            .unversioned_rustls_crypto_provider(
                provider.unwrap_or_else(|| Arc::new(aws_lc_rs::default_provider())),
            );
        let config = Agent::config_builder()
            .tls_config(tls.build())
            .http_status_as_error(false)
            .max_redirects(0)
            .max_redirects_will_error(false);
        Self(config.build().new_agent())
    }
}

impl Default for Ureq {
    fn default() -> Self {
        Self::new()
    }
}

impl fmt::Debug for Ureq {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Ureq").finish_non_exhaustive()
    }
}

impl BlockingHttpClient for Ureq {
    fn send(
        &self,
        request: Request<Vec<u8>>,
        limits: &Limits,
    ) -> Result<Response<Vec<u8>>, SendError> {
        let failed = |error: ureq::Error| match error {
            ureq::Error::Timeout(_) => SendError::timed_out(limits.timeout),
            // The only error that shows the URL.
            ureq::Error::BadUri(_) => SendError::no_answer("the URL is none"),
            error => SendError::no_answer(error),
        };
        let (head, mut body) = self.run(request, limits).map_err(failed)?.into_parts();
        let mut response = Response::from_parts(head, Vec::new());
        // One byte more tells an answer that is too large from one that just fits.
        let most = limits.answer_bytes.saturating_add(1) as u64;
        let read = body.as_reader().take(most).read_to_end(response.body_mut());
        match read.map_err(ureq::Error::from) {
            Ok(_) if response.body().len() > limits.answer_bytes => {
                Err(SendError::too_large(&response, limits.answer_bytes))
            }
            Ok(_) => Ok(response),
            Err(ureq::Error::Timeout(_)) => Err(SendError::timed_out(limits.timeout)),
            Err(error) => Err(SendError::cut_off(&response, error)),
        }
    }
}

impl Ureq {
    fn run(
        &self,
        request: Request<Vec<u8>>,
        limits: &Limits,
    ) -> Result<Response<ureq::Body>, ureq::Error> {
        let Self(agent) = self;
        let timeout = Some(limits.timeout.min(LONGEST));
        // An empty body is still one, and is announced with `Content-Length: 0`.
        if matches!(*request.method(), Method::GET | Method::HEAD) {
            let request = agent.configure_request(request.map(|_| ()));
            agent.run(request.timeout_global(timeout).build())
        } else {
            let request = agent.configure_request(request);
            agent.run(request.timeout_global(timeout).build())
        }
    }
}
