//! `GET /sessions/whoami`.

use std::marker::PhantomData;

use http::{Method, Request, Response, StatusCode};
use serde_json::value::RawValue;

use super::{Session, WhoamiOutcome};
use crate::exchange::answer::Answer;
use crate::exchange::caller::Caller;
use crate::exchange::envelope::Envelope;
use crate::exchange::{Error, Exchange, Mode, Phase, PublicUrl, Step, watch};
use crate::flow::Refusal;
use crate::traits::schemas::ReadTraits;

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
        watch::outcome(outcome.name());
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
