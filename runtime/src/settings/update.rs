//! The requests of an update through the settings flow.

use http::header::CONTENT_TYPE;
use http::{Method, Request, Response};
use serde::Serialize;

use super::answer;
use super::outcome::{Outcome, Saved};
use super::pending::{Guarded, Pending};
use crate::http::flow::{CsrfToken, FlowId};
use crate::http::{Context, Error, Exchange, Invalid, LoginUrl, Phase, Step, trace};
use crate::identity::Identity;
use crate::json::path::PathSet;
use crate::traits::facts::IdentityTraits;
use crate::traits::raw::RawTraits;
use crate::update::change::WithoutArrays;

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
    Submit(Box<Submit<T>>),
}

#[derive(Debug)]
struct Submit<T> {
    flow: FlowId,
    /// The identity before the submit.
    before: Identity<T>,
    traits: RawTraits,
    /// Sent once if Kratos refuses nothing but the arrays that were added for its decoder.
    without_arrays: Option<WithoutArrays>,
    csrf: Option<CsrfToken>,
    /// The pending change if this is refused, bound to the identity and its current traits.
    pending: Pending<T>,
    /// Whether the flow replaces an expired one: this is done once.
    renewed: bool,
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
                Step::Done(Outcome::Saved(Saved::unchanged(identity)))
            }
            Guarded::Change { change, pending } => {
                let (traits, without_arrays) = change.into_documents();
                Step::Next(Self {
                    state: State::Submit(Box::new(Submit {
                        flow,
                        before: identity,
                        traits,
                        without_arrays,
                        csrf: csrf.filter(|_| self.context.is_browser()),
                        pending,
                        renewed,
                    })),
                    ..self
                })
            }
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
            State::Submit(submit) => {
                let submit = *submit;
                let resubmit = submit
                    .without_arrays
                    .as_ref()
                    .map(|_| submit.pending.clone());
                let (sent, before) = (&submit.traits, &submit.before);
                let outcome = answer::submitted(answer, sent, before, submit.pending)?;
                Ok(match (outcome, submit.without_arrays, resubmit) {
                    (
                        Outcome::FlowExpired(Pending {
                            replacement: Some(flow),
                            ..
                        }),
                        ..,
                    ) if !submit.renewed => Step::Next(Self {
                        state: State::Renew { flow },
                        ..self
                    }),
                    (Outcome::Invalid(invalid), Some(without), Some(pending))
                        if is_of_arrays(&invalid, &without.arrays) =>
                    {
                        Step::Next(Self {
                            state: State::Submit(Box::new(Submit {
                                traits: without.traits,
                                without_arrays: None,
                                pending,
                                ..submit
                            })),
                            ..self
                        })
                    }
                    (outcome, ..) => Step::Done(outcome),
                })
            }
        }
    }
}

/// Whether Kratos refuses nothing but the empty arrays that were added for its decoder. The schema of the server may be another
/// one, for which they are wrong.
fn is_of_arrays(invalid: &Invalid, arrays: &[Vec<String>]) -> bool {
    let arrays = PathSet::of(arrays.iter().map(Vec::as_slice));
    let mut problems = invalid.problems.iter();
    !invalid.problems.is_empty()
        && invalid.general.is_empty()
        && problems.all(|problem| arrays.covers(problem.path.segments()))
}

impl<T: IdentityTraits> Exchange for Update<T> {
    type Output = Outcome<T>;

    fn phase(&self) -> Phase {
        match self.state {
            State::Create | State::Renew { .. } => Phase::Create,
            State::Submit(_) => Phase::Submit,
        }
    }

    fn request(&self) -> Result<Request<Vec<u8>>, http::Error> {
        match &self.state {
            State::Create => self.context.create("settings")?.body(Vec::new()),
            State::Renew { flow } => {
                let path = format!("/self-service/settings/flows?id={}", flow.as_str());
                self.context.request(Method::GET, &path)?.body(Vec::new())
            }
            State::Submit(submit) => {
                let Submit {
                    flow, traits, csrf, ..
                } = &**submit;
                let path = format!("/self-service/settings?flow={}", flow.as_str());
                self.context
                    .request(Method::POST, &path)?
                    .header(CONTENT_TYPE, "application/json")
                    .body(submit_body(traits, csrf.as_ref()))
            }
        }
    }

    fn receive(self, answer: &Response<Vec<u8>>) -> Result<Step<Self>, Error> {
        let context = self.context.clone();
        Ok(match self.step(answer)? {
            Step::Done(outcome) => Step::Done(with_login_url(outcome, &context)),
            next => next,
        })
    }

    fn outcome(output: &Outcome<T>) -> &'static str {
        output.name()
    }
}

/// The outcome with the URL at which a browser logs in.
fn with_login_url<T>(outcome: Outcome<T>, context: &Context) -> Outcome<T> {
    let at = |purpose, pending: Pending<T>| {
        let url = context.login_url(purpose, pending.redirect_browser_to.clone());
        Pending {
            redirect_browser_to: url,
            ..pending
        }
    };
    match outcome {
        Outcome::SessionInactive(pending) => Outcome::SessionInactive(at(|url| url, pending)),
        Outcome::ReauthenticationRequired(pending) => {
            Outcome::ReauthenticationRequired(at(LoginUrl::refresh, pending))
        }
        Outcome::SecondFactorRequired(pending) => {
            Outcome::SecondFactorRequired(at(LoginUrl::second_factor, pending))
        }
        other => other,
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
