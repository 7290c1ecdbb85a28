//! The requests of an update, one after the other.

use std::error::Error as StdError;

use http::header::{ACCEPT, CONTENT_TYPE};
use http::{Method, Request, Response};
use serde::Serialize;

use super::answer;
use super::error::{Error, Phase, content_type};
use super::flow_id::FlowId;
use super::outcome::{Identity, Invalid, Outcome, Pending, Saved};
use super::public_url::PublicUrl;
use super::session_token::SessionToken;
use crate::traits::facts::IdentityTraits;
use crate::traits::raw::RawTraits;
use crate::update::change::Change;
use crate::update::patch::Patch;

/// What comes after an answer.
#[derive(Debug)]
#[must_use = "the update has not ended before `Step::Done`"]
pub enum Step<T> {
    /// Another request.
    Next(Exchange<T>),
    /// The end.
    Done(Outcome<T>),
}

/// One request of an update, and what its answer leads to.
#[derive(Debug)]
pub struct Exchange<T> {
    server: PublicUrl,
    session: SessionToken,
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
        /// Whether the flow took the place of an expired one: that is done once.
        renewed: bool,
    },
}

impl<T: IdentityTraits> Exchange<T> {
    /// Begins the update of the person who owns the session: a native settings flow.
    ///
    /// The patch is applied to the traits that the flow shows, so nothing that it does not name is
    /// changed. Kratos replaces all traits with what it is sent, and knows no lock: a change that
    /// somebody else saves between the two requests is lost. A new flow is made for each attempt:
    /// Kratos lets old problems linger in old ones.
    pub fn start(server: PublicUrl, session: SessionToken, patch: Patch<T>) -> Self {
        Self {
            server,
            session,
            patch,
            state: State::Create,
        }
    }

    /// The request to send. Its body holds the traits: keep it out of logs.
    ///
    /// # Errors
    ///
    /// The request cannot be built.
    pub fn request(&self) -> Result<Request<Vec<u8>>, Error> {
        self.build().map_err(|source| Error::Request {
            phase: self.phase(),
            source,
        })
    }

    fn build(&self) -> Result<Request<Vec<u8>>, http::Error> {
        // Without `Accept` Kratos answers in HTML wherever it does not know the flow yet.
        let request = Request::builder()
            .header(ACCEPT, "application/json")
            .header("X-Session-Token", self.session.header()?);
        match &self.state {
            State::Create => request
                .method(Method::GET)
                .uri(self.server.endpoint("/self-service/settings/api"))
                .body(Vec::new()),
            State::Renew { flow } => {
                let path = format!("/self-service/settings/flows?id={}", flow.as_str());
                request
                    .method(Method::GET)
                    .uri(self.server.endpoint(&path))
                    .body(Vec::new())
            }
            State::Submit { flow, traits, .. } => request
                .method(Method::POST)
                .uri(
                    self.server
                        .endpoint(&format!("/self-service/settings?flow={}", flow.as_str())),
                )
                .header(CONTENT_TYPE, "application/json")
                .body(submit_body(traits)),
        }
    }

    /// Takes the answer.
    ///
    /// # Errors
    ///
    /// The answer is none of Kratos; [`Error::may_have_been_saved`] says what that means.
    pub fn receive(self, answer: &Response<Vec<u8>>) -> Result<Step<T>, Error> {
        let renewed = matches!(self.state, State::Renew { .. });
        match self.state {
            State::Create | State::Renew { .. } => {
                let patch = self.patch.clone();
                match answer::created(answer, patch)? {
                    answer::Created::Flow { id, identity } => {
                        Ok(self.submit(id, identity, renewed))
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

    /// Applies the patch to the traits that a flow shows.
    fn submit(self, flow: FlowId, identity: Identity<T>, renewed: bool) -> Step<T> {
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
                    renewed,
                },
                ..self
            }),
            Err(problems) => Step::Done(Outcome::Invalid(Invalid {
                problems,
                general: Vec::new(),
            })),
        }
    }

    /// The error for a request that could not be sent, or whose answer did not arrive.
    pub fn failed(&self, source: impl Into<Box<dyn StdError + Send + Sync>>) -> Error {
        Error::Transport {
            phase: self.phase(),
            source: source.into(),
        }
    }

    /// The error for an answer that broke off after its head.
    pub fn cut_off<B>(
        &self,
        answer: &Response<B>,
        source: impl Into<Box<dyn StdError + Send + Sync>>,
    ) -> Error {
        Error::CutOff {
            phase: self.phase(),
            status: answer.status().as_u16(),
            content_type: content_type(answer),
            source: source.into(),
        }
    }

    /// The error for an answer that was not read to its end, being larger than `limit` bytes.
    pub fn too_large<B>(&self, answer: &Response<B>, limit: usize) -> Error {
        Error::TooLarge {
            phase: self.phase(),
            status: answer.status().as_u16(),
            limit,
        }
    }

    /// Which request it is.
    pub fn phase(&self) -> Phase {
        match self.state {
            State::Create | State::Renew { .. } => Phase::Create,
            State::Submit { .. } => Phase::Submit,
        }
    }
}

impl<T: IdentityTraits> Pending<T> {
    /// Begins the change anew, on the traits as they are by then.
    pub fn resume(self, server: PublicUrl, session: SessionToken) -> Exchange<T> {
        Exchange::start(server, session, self.patch)
    }
}

/// Always the complete traits as nested JSON: Kratos replaces all of them with what it is sent.
fn submit_body(traits: &RawTraits) -> Vec<u8> {
    #[derive(Serialize)]
    struct Body<'a> {
        method: &'static str,
        traits: &'a RawTraits,
    }
    let body = Body {
        method: "profile",
        traits,
    };
    // Text that was JSON already always has a JSON form.
    serde_json::to_vec(&body).unwrap_or_default()
}
