//! The server: a thread of its own, with a port of its own, as long as [`Fake`] lives.

use std::fmt;
use std::io;
use std::net::{Ipv4Addr, TcpListener};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, mpsc};
use std::thread::{Builder, JoinHandle};

use http::Method;
use tokio::runtime::{self, Runtime};
use tokio::sync::oneshot;

use super::connection::{Api, accept};
use super::second_factor;
use super::state::{Assurance, NewAddresses, State};
use kratos_traits::Schema;

/// A fake of Kratos on 127.0.0.1, until it is dropped.
///
/// See the [crate documentation](crate) for what it implements.
pub struct Fake {
    state: Arc<Mutex<State>>,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Fake {
    /// Where the pages of the application would be; those of Kratos's quickstart. A browser may return
    /// there and to no other place.
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
        // Handed over last: a runtime must not be dropped inside that of an asynchronous caller.
        let (hand_over, handed) = mpsc::channel::<Runtime>();
        let thread = Builder::new().name("fake-kratos".to_owned());
        let thread = thread.spawn(move || {
            if let Ok(runtime) = handed.recv() {
                runtime.spawn(accept(public, Arc::clone(&shared), Api::Public));
                runtime.spawn(accept(admin, shared, Api::Admin));
                // Sent or dropped, it means the same; the runtime takes all connections with it.
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

    /// Verifies every address that there is. As with Kratos up to v26.2.0, whoever has one cannot change
    /// anything without a fresh login (ory/kratos#4435).
    pub fn verify_addresses(&self) {
        for person in &mut self.state().people {
            person.verify_addresses();
        }
    }

    /// Makes every flow that there is expire.
    pub fn expire_flows(&self) {
        for flow in &mut self.state().flows {
            flow.expire();
        }
    }

    /// The code that the authenticator app of every person shows, at all times.
    pub const TOTP_CODE: &'static str = second_factor::CODE;

    /// Whether a second factor is asked for.
    ///
    /// Settings flows and `whoami` then answer 403 `session_aal2_required`, until the person gives
    /// theirs ([`TOTP_CODE`](Self::TOTP_CODE)), or it is `false` again.
    pub fn require_second_factor(&self, required: bool) {
        self.state().assurance = if required {
            Assurance::SecondFactor
        } else {
            Assurance::Password
        };
    }

    /// Whether people can log in with codes that are sent (`passwordless_enabled` of the method
    /// `code`). Nobody delivers them: [`last_code`](Self::last_code).
    pub fn allow_logins_by_code(&self, allow: bool) {
        self.state().logins_by_code = allow;
    }

    /// The last code that was sent to this address: small letters, or `+` and digits.
    pub fn last_code(&self, address: &str) -> Option<String> {
        let state = self.state();
        let mut newest_first = state.codes_sent.iter().rev();
        let sent = newest_first.find(|(to, _)| to == address)?;
        Some(sent.1.clone())
    }

    /// Whether a new address must be verified before anything is changed, as with the hook
    /// `verify_new_address` of Kratos after v26.2.0.
    ///
    /// The answer is then 200 without success. The verification itself is not played, so what is
    /// parked stays so.
    pub fn verify_new_addresses(&self, verify: bool) {
        self.state().addresses = if verify {
            NewAddresses::OnceVerified
        } else {
            NewAddresses::AtOnce
        };
    }

    /// Method and path of each request so far, in order. The query is left out: it may name a flow.
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

/// A panic elsewhere leaves nothing half done here that would matter to a test.
pub(super) fn lock(state: &Mutex<State>) -> MutexGuard<'_, State> {
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
