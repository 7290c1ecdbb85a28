//! The requests of an update, one after the other.

use std::error::Error as StdError;

use http::header::{ACCEPT, CONTENT_TYPE};
use http::{Method, Request, Response};
use serde::Serialize;

use super::answer;
use super::error::{Error, Phase};
use super::outcome::{Invalid, Outcome, Pending};
use super::public_url::PublicUrl;
use super::session_token::SessionToken;
use crate::traits::facts::IdentityTraits;
use crate::traits::raw::RawTraits;
use crate::update::change::Change;
use crate::update::patch::Patch;

/// What comes after an answer.
#[derive(Debug)]
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
    Submit { flow: FlowId, traits: RawTraits },
}

/// The id of a flow: it goes into a URL, so it is made of letters, digits and hyphens.
#[derive(Clone, Debug)]
pub(super) struct FlowId(String);

impl FlowId {
    pub(super) fn new(id: String) -> Option<Self> {
        let fits = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_';
        (!id.is_empty() && id.bytes().all(fits)).then_some(Self(id))
    }
}

impl<T: IdentityTraits> Exchange<T> {
    /// Begins the update of the person who owns the session: a native settings flow.
    ///
    /// The patch is applied to the traits that the flow shows, so nothing that it does not name is
    /// changed. A new flow is made for each attempt: Kratos lets old problems linger in old ones.
    pub fn start(server: PublicUrl, session: SessionToken, patch: Patch<T>) -> Self {
        Self {
            server,
            session,
            patch,
            state: State::Create,
        }
    }

    /// The request to send.
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
            State::Submit { flow, traits } => request
                .method(Method::POST)
                .uri(
                    self.server
                        .endpoint(&format!("/self-service/settings?flow={}", flow.0)),
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
        match self.state {
            State::Create => match answer::created(answer, self.patch)? {
                answer::Created::Flow { id, traits, patch } => {
                    Ok(match Change::new(&patch, &traits) {
                        Ok(change) => Step::Next(Self {
                            server: self.server,
                            session: self.session,
                            patch,
                            state: State::Submit {
                                flow: id,
                                traits: change.traits().clone(),
                            },
                        }),
                        Err(problems) => Step::Done(Outcome::Invalid(Invalid {
                            problems,
                            general: Vec::new(),
                        })),
                    })
                }
                answer::Created::End(outcome) => Ok(Step::Done(outcome)),
            },
            State::Submit { .. } => answer::submitted(answer, self.patch).map(Step::Done),
        }
    }

    /// The error for a request that could not be sent, or whose answer did not arrive.
    pub fn failed(&self, source: impl Into<Box<dyn StdError + Send + Sync>>) -> Error {
        Error::Transport {
            phase: self.phase(),
            source: source.into(),
        }
    }

    /// Which request it is.
    pub fn phase(&self) -> Phase {
        match self.state {
            State::Create => Phase::Create,
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
