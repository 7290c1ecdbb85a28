//! The requests of an update, one after the other.

use http::header::CONTENT_TYPE;
use http::{Method, Request, Response};
use serde::Serialize;

use super::answer;
use super::outcome::{Invalid, Outcome, Pending, Saved};
use crate::exchange::caller::Caller;
use crate::exchange::{Error, Exchange, Mode, Native, Phase, PublicUrl, SessionToken, Step, watch};
use crate::flow::csrf::CsrfToken;
use crate::flow::flow_id::FlowId;
use crate::identity::Identity;
use crate::traits::facts::IdentityTraits;
use crate::traits::raw::RawTraits;
use crate::update::change::Change;
use crate::update::patch::Patch;

/// An update of a person's traits through the settings flow.
#[derive(Debug)]
pub struct Update<T> {
    caller: Caller,
    patch: Patch<T>,
    state: State,
}

#[derive(Debug)]
enum State {
    Create,
    /// Fetches the flow that takes the place of an expired one.
    Renew {
        flow: FlowId,
    },
    Submit {
        flow: FlowId,
        traits: RawTraits,
        csrf: Option<CsrfToken>,
        /// Whether the flow took the place of an expired one: that is done once.
        renewed: bool,
    },
}

impl<T: IdentityTraits> Update<T> {
    /// Updates the person who owns the session: a native settings flow.
    ///
    /// The patch is applied to the traits that the flow shows, so nothing that it does not name is
    /// changed. Kratos replaces all traits with what it is sent, and knows no lock: a change that
    /// somebody else saves between the two requests is lost. A new flow is made for each attempt:
    /// Kratos lets old problems linger in old ones.
    pub fn native(server: PublicUrl, session: SessionToken, patch: Patch<T>) -> Self {
        Self::of(server, Native::new(session), patch)
    }

    /// The same on behalf of a person who proves in another way to be logged in: for browsers, a
    /// browser settings flow.
    pub fn of<M: Mode>(server: PublicUrl, mode: M, patch: Patch<T>) -> M::Chain<Self> {
        mode.start(server, |caller| Self::start(caller, patch))
    }

    pub(crate) fn start(caller: Caller, patch: Patch<T>) -> Self {
        Self {
            caller,
            patch,
            state: State::Create,
        }
    }

    fn build(&self) -> Result<Request<Vec<u8>>, http::Error> {
        match &self.state {
            State::Create => self.caller.create("settings")?.body(Vec::new()),
            State::Renew { flow } => {
                let path = format!("/self-service/settings/flows?id={}", flow.as_str());
                self.caller.request(Method::GET, &path)?.body(Vec::new())
            }
            State::Submit {
                flow, traits, csrf, ..
            } => {
                let path = format!("/self-service/settings?flow={}", flow.as_str());
                self.caller
                    .request(Method::POST, &path)?
                    .header(CONTENT_TYPE, "application/json")
                    .body(submit_body(traits, csrf.as_ref()))
            }
        }
    }

    /// Applies the patch to the traits that a flow shows.
    fn submit(
        self,
        flow: FlowId,
        identity: Identity<T>,
        csrf: Option<CsrfToken>,
        renewed: bool,
    ) -> Step<Self> {
        watch::flow(flow.as_str());
        watch::traits(self.patch.paths());
        let current = identity.traits.raw();
        match Change::new(&self.patch, current) {
            // Whoever asks for what is there already is not asked to log in for it.
            Ok(change) if change.traits().as_str() == current.as_str() => {
                Step::Done(Outcome::Saved(Saved {
                    identity,
                    continue_with: Vec::new(),
                }))
            }
            Ok(change) => Step::Next(Self {
                state: State::Submit {
                    flow,
                    traits: change.into_traits(),
                    csrf: csrf.filter(|_| self.caller.is_browser()),
                    renewed,
                },
                ..self
            }),
            Err(problems) => {
                let invalid = Invalid::of_update(problems, &self.patch, current);
                Step::Done(Outcome::Invalid(invalid))
            }
        }
    }
}

impl<T: IdentityTraits> Exchange for Update<T> {
    type Output = Outcome<T>;

    fn phase(&self) -> Phase {
        match self.state {
            State::Create | State::Renew { .. } => Phase::Create,
            State::Submit { .. } => Phase::Submit,
        }
    }

    fn request(&self) -> Result<Request<Vec<u8>>, Error> {
        self.build().map_err(|source| Error::Request {
            phase: self.phase(),
            source,
        })
    }

    fn receive(self, answer: &Response<Vec<u8>>) -> Result<Step<Self>, Error> {
        let step = self.step(answer)?;
        if let Step::Done(outcome) = &step {
            watch::outcome(outcome.name());
        }
        Ok(step)
    }
}

impl<T: IdentityTraits> Update<T> {
    fn step(self, answer: &Response<Vec<u8>>) -> Result<Step<Self>, Error> {
        let renewed = matches!(self.state, State::Renew { .. });
        match self.state {
            State::Create | State::Renew { .. } => {
                let patch = self.patch.clone();
                match answer::created(answer, patch)? {
                    answer::Created::Flow { id, identity, csrf } => {
                        Ok(self.submit(id, identity, csrf, renewed))
                    }
                    answer::Created::End(outcome) => Ok(Step::Done(outcome)),
                }
            }
            State::Submit { renewed, .. } => {
                let outcome = answer::submitted(answer, self.patch.clone())?;
                Ok(match outcome {
                    Outcome::FlowGone(Pending {
                        replacement: Some(flow),
                        ..
                    }) if !renewed => Step::Next(Self {
                        state: State::Renew { flow },
                        ..self
                    }),
                    outcome => Step::Done(outcome),
                })
            }
        }
    }
}

/// Always the complete traits as nested JSON: Kratos replaces all of them with what it is sent.
fn submit_body(traits: &RawTraits, csrf: Option<&CsrfToken>) -> Vec<u8> {
    #[derive(Serialize)]
    struct Body<'a> {
        method: &'static str,
        #[serde(skip_serializing_if = "Option::is_none")]
        csrf_token: Option<&'a CsrfToken>,
        traits: &'a RawTraits,
    }
    let body = Body {
        method: "profile",
        csrf_token: csrf,
        traits,
    };
    // Text that was JSON already always has a JSON form.
    serde_json::to_vec(&body).unwrap_or_default()
}
