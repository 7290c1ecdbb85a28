//! `ureq::Agent` as a blocking HTTP client.

use std::io::Read;
use std::sync::Arc;
use std::time::Duration;

use http::{Method, Request, Response};
use rustls::crypto::{CryptoProvider, aws_lc_rs};
use ureq::Agent;
use ureq::tls::{RootCerts, TlsConfig};

use crate::http::{BlockingHttpClient, Limits, SendError};

/// ureq adds the timeout to the current time, and panics on overflow. A century is long enough.
const LONGEST: Duration = Duration::from_secs(100 * 365 * 24 * 60 * 60);

/// The HTTP client of [`blocking::Client::new`](crate::blocking::Client::new).
pub(super) fn default_agent() -> Agent {
    // As reqwest chooses: the provider of the process, or AWS-LC.
    let provider = CryptoProvider::get_default().cloned();
    let tls = TlsConfig::builder()
        .root_certs(RootCerts::PlatformVerifier)
        .unversioned_rustls_crypto_provider(
            provider.unwrap_or_else(|| Arc::new(aws_lc_rs::default_provider())),
        );
    let config = Agent::config_builder().tls_config(tls.build()).proxy(None);
    config.build().new_agent()
}

impl BlockingHttpClient for Agent {
    fn send(
        &self,
        request: Request<Vec<u8>>,
        limits: &Limits,
    ) -> Result<Response<Vec<u8>>, SendError> {
        let failed = |error: ureq::Error| match error {
            ureq::Error::Timeout(_) => SendError::timed_out(limits.timeout),
            // The only error that contains the URL.
            ureq::Error::BadUri(_) => SendError::no_answer("the URL is not valid"),
            error => SendError::no_answer(error),
        };
        let (head, mut body) = run(self, request, limits).map_err(failed)?.into_parts();
        let mut response = Response::from_parts(head, Vec::new());
        // One byte more tells a response that is too large from one that just fits.
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

fn run(
    agent: &Agent,
    request: Request<Vec<u8>>,
    limits: &Limits,
) -> Result<Response<ureq::Body>, ureq::Error> {
    // The type of these builders cannot be named.
    macro_rules! run {
        ($request:expr) => {{
            let request = agent.configure_request($request);
            let request = request
                .timeout_global(Some(limits.timeout.min(LONGEST)))
                .http_status_as_error(false)
                .max_redirects(0)
                .max_redirects_will_error(false);
            agent.run(request.build())
        }};
    }
    // An empty body is still a body, and is announced with `Content-Length: 0`.
    if matches!(*request.method(), Method::GET | Method::HEAD) {
        run!(request.map(|_| ()))
    } else {
        run!(request)
    }
}
