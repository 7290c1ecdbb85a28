//! `GET /sessions/whoami`.

use std::fmt;
use std::marker::PhantomData;

use http::{Method, Request, Response, StatusCode};
use serde_json::value::RawValue;

use super::Session;
use crate::http::answer::{Answer, Envelope, Refusal};
use crate::http::auth::Caller;
use crate::http::{Error, Exchange, Mode, Phase, PublicUrl, Step, trace};
use crate::traits::document::ReadTraits;

/// The question who is logged in.
///
/// `T` is the struct of the traits of one identity schema, or the enum over those of several.
#[derive(Debug)]
#[must_use = "nothing is sent before a driver sends it"]
pub struct Whoami<T> {
    caller: Caller,
    of: PhantomData<fn() -> T>,
}

impl<T: ReadTraits> Whoami<T> {
    /// Asks on behalf of a person who proves in this mode to be logged in.
    pub fn of<M: Mode>(server: PublicUrl, mode: M) -> M::Chain<Self> {
        mode.start(server, Self::start)
    }

    pub(crate) fn start(caller: Caller) -> Self {
        let of = PhantomData;
        Self { caller, of }
    }
}

impl<T: ReadTraits> Exchange for Whoami<T> {
    type Output = WhoamiOutcome<T>;

    fn phase(&self) -> Phase {
        Phase::Whoami
    }

    fn request(&self) -> Result<Request<Vec<u8>>, Error> {
        let request = self.caller.request(Method::GET, "/sessions/whoami");
        request
            .and_then(|request| request.body(Vec::new()))
            .map_err(Error::unbuilt(Phase::Whoami))
    }

    fn receive(self, response: &Response<Vec<u8>>) -> Result<Step<Self>, Error> {
        let outcome = read(response)?;
        trace::outcome(outcome.name());
        Ok(Step::Done(outcome))
    }
}

/// What an answer to the question says.
pub(crate) fn read<T: ReadTraits>(response: &Response<Vec<u8>>) -> Result<WhoamiOutcome<T>, Error> {
    let answer = Answer::new(Phase::Whoami, response);
    if answer.status == StatusCode::OK {
        let session = Session::read(answer.read::<&RawValue>("it is no session")?);
        return session
            .map(WhoamiOutcome::Session)
            .map_err(|what| answer.error(what));
    }
    if answer.status.as_u16() < 400 {
        return Err(answer.error("Kratos does not answer the question who is logged in like this"));
    }
    let envelope: Envelope = answer.read("it is no error of Kratos")?;
    Ok(
        match (answer.status.as_u16(), envelope.error.id.as_deref()) {
            (401, _) => WhoamiOutcome::SessionGone,
            (403, Some("session_aal2_required")) => WhoamiOutcome::SecondFactorNeeded {
                redirect_browser_to: envelope.redirect_browser_to,
            },
            _ => WhoamiOutcome::Refused(Refusal::read(&answer, envelope)?),
        },
    )
}

/// Every way in which Kratos answers the question who is logged in.
///
/// The list is complete on purpose, so that a `match` without `_` handles whatever Kratos answers.
#[allow(
    clippy::large_enum_variant,
    reason = "there is one at a time, and it is taken apart at once"
)]
#[derive(Clone)]
#[must_use = "only `WhoamiOutcome::Session` is somebody: match on the outcome"]
pub enum WhoamiOutcome<T> {
    /// Somebody is.
    Session(Session<T>),
    /// Somebody is, but shows themselves with a second factor only (403 `session_aal2_required`, by
    /// `session.whoami.required_aal` of the server's configuration).
    #[non_exhaustive]
    SecondFactorNeeded {
        /// Where Kratos would send a browser; a native application uses
        /// `/self-service/login/api?aal=aal2` with its session token instead.
        redirect_browser_to: Option<String>,
    },
    /// There is no valid session: the person must log in.
    SessionGone,
    /// Kratos refused for another reason, kept whole.
    Refused(Refusal),
}

impl<T> WhoamiOutcome<T> {
    /// A word for the outcome, for logs and counters: `session`, `session_gone`, …
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Session(_) => "session",
            Self::SecondFactorNeeded { .. } => "second_factor_needed",
            Self::SessionGone => "session_gone",
            Self::Refused(_) => "refused",
        }
    }
}

impl<T> fmt::Debug for WhoamiOutcome<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Session(session) => f.debug_tuple("Session").field(session).finish(),
            // The place may hold ids of flows, and what else the application has put into it.
            Self::SecondFactorNeeded { .. } => {
                f.debug_struct("SecondFactorNeeded").finish_non_exhaustive()
            }
            Self::SessionGone => f.write_str("SessionGone"),
            Self::Refused(refusal) => f.debug_tuple("Refused").field(refusal).finish(),
        }
    }
}
