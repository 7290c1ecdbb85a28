//! The requests of an update through the settings flow.

use http::header::CONTENT_TYPE;
use http::{Method, Request, Response};
use serde::Serialize;

use super::answer;
use super::outcome::{Outcome, Saved};
use super::pending::{Guarded, Pending};
use crate::http::flow::{CsrfToken, FlowId};
use crate::http::{Context, Error, Exchange, Phase, Step, trace};
use crate::identity::Identity;
use crate::traits::facts::IdentityTraits;
use crate::traits::raw::RawTraits;

/// An update through the settings flow. Each attempt creates a new flow, because Kratos keeps old problems
/// in old flows.
#[derive(Debug)]
pub(crate) struct Update<T> {
    context: Context,
    wanted: Pending<T>,
    state: State<T>,
}

#[derive(Debug)]
enum State<T> {
    Create,
    /// Fetches the flow that replaces an expired one.
    Renew {
        flow: FlowId,
    },
    Submit {
        flow: FlowId,
        /// The id of the identity of the flow.
        person: String,
        traits: RawTraits,
        csrf: Option<CsrfToken>,
        /// The pending change if this is refused, bound to the identity and its current traits.
        pending: Pending<T>,
        /// Whether the flow replaces an expired one: this is done once.
        renewed: bool,
    },
}

impl<T: IdentityTraits> Update<T> {
    pub(crate) fn new(context: Context, wanted: Pending<T>) -> Self {
        Self {
            context,
            wanted,
            state: State::Create,
        }
    }

    /// Applies the change to the traits in a flow.
    fn submit(
        self,
        flow: FlowId,
        identity: Identity<T>,
        csrf: Option<CsrfToken>,
        renewed: bool,
    ) -> Step<Self> {
        trace::flow(flow.as_str());
        trace::traits(self.wanted.patch().paths());
        match self.wanted.clone().guarded(&identity) {
            // A change to the current values needs no login.
            Guarded::Change { change, .. } if change.is_empty() => {
                Step::Done(Outcome::Saved(Saved {
                    identity,
                    continue_with: Vec::new(),
                    differences: Vec::new(),
                }))
            }
            Guarded::Change { change, pending } => Step::Next(Self {
                state: State::Submit {
                    flow,
                    person: identity.id,
                    traits: change.into_traits(),
                    csrf: csrf.filter(|_| self.context.is_browser()),
                    pending,
                    renewed,
                },
                ..self
            }),
            Guarded::End(outcome) => Step::Done(outcome),
        }
    }

    fn step(self, answer: &Response<Vec<u8>>) -> Result<Step<Self>, Error> {
        let renewed = matches!(self.state, State::Renew { .. });
        match self.state {
            State::Create | State::Renew { .. } => {
                match answer::created(answer, self.wanted.clone())? {
                    answer::Created::Flow { id, identity, csrf } => {
                        Ok(self.submit(id, identity, csrf, renewed))
                    }
                    answer::Created::End(outcome) => Ok(Step::Done(outcome)),
                }
            }
            State::Submit {
                renewed,
                person,
                traits,
                pending,
                ..
            } => {
                let outcome = answer::submitted(answer, &traits, pending, &person)?;
                Ok(match outcome {
                    Outcome::FlowExpired(Pending {
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

impl<T: IdentityTraits> Exchange for Update<T> {
    type Output = Outcome<T>;

    fn phase(&self) -> Phase {
        match self.state {
            State::Create | State::Renew { .. } => Phase::Create,
            State::Submit { .. } => Phase::Submit,
        }
    }

    fn request(&self) -> Result<Request<Vec<u8>>, http::Error> {
        match &self.state {
            State::Create => self.context.create("settings")?.body(Vec::new()),
            State::Renew { flow } => {
                let path = format!("/self-service/settings/flows?id={}", flow.as_str());
                self.context.request(Method::GET, &path)?.body(Vec::new())
            }
            State::Submit {
                flow, traits, csrf, ..
            } => {
                let path = format!("/self-service/settings?flow={}", flow.as_str());
                self.context
                    .request(Method::POST, &path)?
                    .header(CONTENT_TYPE, "application/json")
                    .body(submit_body(traits, csrf.as_ref()))
            }
        }
    }

    fn receive(self, answer: &Response<Vec<u8>>) -> Result<Step<Self>, Error> {
        self.step(answer)
    }

    fn outcome(output: &Outcome<T>) -> &'static str {
        output.name()
    }
}

/// The complete traits as nested JSON, because Kratos replaces all traits.
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
    // Serializing strings and raw JSON cannot fail.
    serde_json::to_vec(&body).unwrap_or_default()
}
