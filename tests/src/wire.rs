//! reqwest, with something done before a request is sent.

use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};

use http::{Method, Request, Response};
use kratos_traits::client::{HttpClient, Limits, SendError};

use crate::kratos::Failure;

type Touch = dyn Fn(&mut Request<Vec<u8>>) + Send + Sync;
type Work = Pin<Box<dyn Future<Output = ()> + Send>>;

/// An HTTP client over reqwest that shows each request to a closure, which may change it.
#[derive(Clone)]
pub struct Wire {
    http: reqwest::Client,
    touch: Arc<Touch>,
    /// Work to be done before the first request with this method.
    before: Arc<Mutex<Option<(Method, Work)>>>,
}

impl Wire {
    /// Shows each request to `touch`.
    pub fn new(
        touch: impl Fn(&mut Request<Vec<u8>>) + Send + Sync + 'static,
    ) -> Result<Self, Failure> {
        let http = plain_reqwest()?;
        Ok(Self {
            http,
            touch: Arc::new(touch),
            before: Arc::default(),
        })
    }

    /// Does some work before the first request with this method is sent.
    pub fn interrupted(
        method: Method,
        work: impl Future<Output = ()> + Send + 'static,
    ) -> Result<Self, Failure> {
        let wire = Self::new(|_| {})?;
        *wire.before() = Some((method, Box::pin(work)));
        Ok(wire)
    }

    fn before(&self) -> std::sync::MutexGuard<'_, Option<(Method, Work)>> {
        self.before.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl HttpClient for Wire {
    fn send<'a>(
        &'a self,
        mut request: Request<Vec<u8>>,
        limits: &'a Limits,
    ) -> Pin<Box<dyn Future<Output = Result<Response<Vec<u8>>, SendError>> + Send + 'a>> {
        Box::pin(async move {
            let work = self
                .before()
                .take_if(|(method, _)| request.method() == method);
            if let Some((_, work)) = work {
                work.await;
            }
            (self.touch)(&mut request);
            self.http.send(request, limits).await
        })
    }
}

/// reqwest as our client needs it: without redirects, repetitions and proxies.
pub fn plain_reqwest() -> Result<reqwest::Client, Failure> {
    reqwest::Client::builder()
        .redirect(reqwest::redirect::Policy::none())
        .retry(reqwest::retry::never())
        .no_proxy()
        .build()
        .map_err(|error| Failure::because("no HTTP client", &error))
}

impl fmt::Debug for Wire {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Wire").finish_non_exhaustive()
    }
}
