//! The server: a thread with a public and an admin port, which ends when [`Fake`] is dropped.

use std::convert::Infallible;
use std::fmt;
use std::io;
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, mpsc};
use std::thread::{Builder, JoinHandle};

use http::{Method, Response};
use http_body_util::{BodyExt, Full, Limited};
use hyper::body::{Body, Bytes, Incoming};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use kratos_traits::Schema;
use tokio::runtime::{self, Runtime};
use tokio::sync::oneshot;

use super::refusal::Refusal;
use super::request::Request;
use super::state::State;
use super::{admin, login, routes};

/// A fake of Kratos on 127.0.0.1, until it is dropped.
///
/// See the [crate documentation](crate) for what it implements.
pub struct Fake {
    state: Arc<Mutex<State>>,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Fake {
    /// The URL of the application's pages, as in Kratos's quickstart. A browser may only return to
    /// this URL and those below it.
    pub const RETURN_URL: &str = "http://127.0.0.1:4455";

    /// Starts a server on a free port, without identities. Its only schema has the id `default`.
    ///
    /// It may be called from synchronous and from asynchronous code: the server has its own thread.
    ///
    /// # Errors
    ///
    /// No port is free, or no thread can be started.
    pub fn start(schema: &'static Schema) -> io::Result<Self> {
        let (public, base) = listen()?;
        let (admin, admin_base) = listen()?;
        let state = Arc::new(Mutex::new(State::new(schema, base, admin_base)));
        let shared = Arc::clone(&state);
        let (stop, stopped) = oneshot::channel();
        // Sent to the thread last: an asynchronous caller must not drop a runtime.
        let (hand_over, handed) = mpsc::channel::<Runtime>();
        let thread = Builder::new().name("fake-kratos".to_owned());
        let thread = thread.spawn(move || {
            if let Ok(runtime) = handed.recv() {
                runtime.spawn(accept(public, Arc::clone(&shared), Api::Public));
                runtime.spawn(accept(admin, shared, Api::Admin));
                // Dropping the sender stops it too. The runtime drops all connections.
                runtime.block_on(stopped).ok();
            }
        })?;
        let runtime = runtime::Builder::new_current_thread().enable_io().build()?;
        hand_over.send(runtime).ok();
        Ok(Self {
            state,
            stop: Some(stop),
            thread: Some(thread),
        })
    }

    /// The base URL of the public API: `http://127.0.0.1:…`, without a slash at its end.
    pub fn public_url(&self) -> String {
        self.state().base.clone()
    }

    /// The base URL of the admin API: `http://127.0.0.1:…`, without a slash at its end.
    pub fn admin_url(&self) -> String {
        self.state().admin_base.clone()
    }

    /// Makes every session too old for privileged changes, until its person logs in again.
    pub fn age_sessions(&self) {
        for session in &mut self.state().sessions {
            session.age();
        }
    }

    /// Verifies every address. As with Kratos up to v26.2.0, people with a verified address need a
    /// fresh login for every change (ory/kratos#4435).
    pub fn verify_addresses(&self) {
        for person in &mut self.state().people {
            person.verify_addresses();
        }
    }

    /// Replaces the identity schema. As with Kratos, the identities that are stored are not checked again.
    pub fn replace_schema(&self, schema: &'static Schema) {
        self.state().use_schema(schema);
    }

    /// Makes every flow expire.
    pub fn expire_flows(&self) {
        for flow in &mut self.state().flows {
            flow.expire();
        }
    }

    /// The code that the authenticator app of every person shows, at all times.
    pub const TOTP_CODE: &'static str = login::TOTP_CODE;

    /// Sets whether sessions need a second factor.
    ///
    /// Settings flows and `whoami` then answer 403 `session_aal2_required`, until the person submits
    /// [`TOTP_CODE`](Self::TOTP_CODE), or it is `false` again.
    pub fn require_second_factor(&self, required: bool) {
        self.state().second_factor_required = required;
    }

    /// Sets whether people can log in with codes sent to their address (`passwordless_enabled` of the
    /// method `code`). The fake delivers none; [`last_code`](Self::last_code) returns them.
    pub fn allow_logins_by_code(&self, allow: bool) {
        self.state().logins_by_code = allow;
    }

    /// The last code sent to this address: an e-mail address in lower case, or `+` and digits.
    pub fn last_code(&self, address: &str) -> Option<String> {
        let state = self.state();
        let mut newest_first = state.codes_sent.iter().rev();
        let sent = newest_first.find(|(to, _)| to == address)?;
        Some(sent.1.clone())
    }

    /// Sets whether a new address must be verified before anything is changed, as with the hook
    /// `verify_new_address` of Kratos after v26.2.0.
    ///
    /// The answer is then 200 without success. The verification itself is not implemented, so a
    /// parked change is never saved.
    pub fn verify_new_addresses(&self, verify: bool) {
        self.state().verify_new_addresses = verify;
    }

    /// Method and path of each request so far, in order. The query is left out: it may contain the id
    /// of a flow.
    pub fn requests(&self) -> Vec<(Method, String)> {
        self.state().requests.clone()
    }

    fn state(&self) -> MutexGuard<'_, State> {
        lock(&self.state)
    }
}

/// A free port, and the base URL of a server on it.
fn listen() -> io::Result<(TcpListener, String)> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
    listener.set_nonblocking(true)?;
    let base = format!("http://{}", listener.local_addr()?);
    Ok((listener, base))
}

/// Locks the state, also after a panic in another thread: a half-done change does no harm in a test.
fn lock(state: &Mutex<State>) -> MutexGuard<'_, State> {
    state.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Drop for Fake {
    fn drop(&mut self) {
        drop(self.stop.take());
        if let Some(thread) = self.thread.take() {
            thread.join().ok();
        }
    }
}

impl fmt::Debug for Fake {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Fake")
            .field("public_url", &self.public_url())
            .finish_non_exhaustive()
    }
}

/// Far above the size of any submit of a test.
const BODY_LIMIT: usize = 8 * 1024 * 1024;

/// Which of the two APIs a port serves.
#[derive(Clone, Copy)]
enum Api {
    Public,
    Admin,
}

/// Serves all connections to this port.
async fn accept(listener: TcpListener, state: Arc<Mutex<State>>, api: Api) {
    let Ok(listener) = tokio::net::TcpListener::from_std(listener) else {
        return;
    };
    loop {
        match listener.accept().await {
            Ok((stream, peer)) => {
                let state = Arc::clone(&state);
                let service =
                    service_fn(move |request| answer(Arc::clone(&state), api, peer, request));
                let connection =
                    http1::Builder::new().serve_connection(TokioIo::new(stream), service);
                // A client may close the connection at any time.
                tokio::spawn(async move { connection.await.ok() });
            }
            // Out of file handles: let open connections finish first.
            Err(_) => tokio::task::yield_now().await,
        }
    }
}

async fn answer(
    state: Arc<Mutex<State>>,
    api: Api,
    peer: SocketAddr,
    request: http::Request<Incoming>,
) -> Result<Response<Full<Bytes>>, Infallible> {
    let (parts, body) = request.into_parts();
    let response = match read(body).await {
        Some(body) => {
            let request = Request {
                method: parts.method,
                uri: parts.uri,
                headers: parts.headers,
                body: body.into(),
                peer,
            };
            let state = &mut lock(&state);
            match api {
                Api::Public => routes::answer(state, &request),
                Api::Admin => admin::answer(state, &request),
            }
        }
        None => Refusal::body_too_large().reply(),
    };
    Ok(response.map(|body| Full::new(Bytes::from(body))))
}

/// The whole body; `None` when it is too large, or does not arrive.
async fn read(body: Incoming) -> Option<Bytes> {
    // Refused by its `Content-Length`, without reading it.
    if body.size_hint().lower() > BODY_LIMIT as u64 {
        return None;
    }
    let body = Limited::new(body, BODY_LIMIT).collect().await.ok()?;
    Some(body.to_bytes())
}
