//! The requests of an update, one after the other.

use http::header::CONTENT_TYPE;
use http::{Method, Request, Response};
use serde::Serialize;

use super::answer;
use super::guard::Guarded;
use super::outcome::{Outcome, Saved};
use super::pending::Pending;
use crate::http::auth::Caller;
use crate::http::flow::{CsrfToken, FlowId};
use crate::http::{Error, Exchange, Mode, Native, Phase, PublicUrl, SessionToken, Step, trace};
use crate::identity::Identity;
use crate::traits::facts::IdentityTraits;
use crate::traits::marker::Access;
use crate::traits::raw::RawTraits;
use crate::update::patch::Patch;

/// An update of a person's traits through the settings flow.
#[derive(Debug)]
#[must_use = "nothing is sent before a driver sends it"]
pub struct Update<T> {
    caller: Caller,
    wanted: Pending<T>,
    state: State<T>,
}

#[derive(Debug)]
enum State<T> {
    Create,
    /// Fetches the flow that takes the place of an expired one.
    Renew {
        flow: FlowId,
    },
    Submit {
        flow: FlowId,
        traits: RawTraits,
        csrf: Option<CsrfToken>,
        /// What goes on later when this is refused: bound to the person, and to what the flow shows.
        pending: Pending<T>,
        /// Whether the flow took the place of an expired one: that is done once.
        renewed: bool,
    },
}

impl<T: IdentityTraits> Update<T> {
    /// Updates the person who owns the session: a native settings flow.
    ///
    /// The patch is applied to the traits that the flow shows, so nothing that it does not name is
    /// changed. A new flow is made for each attempt: Kratos lets old problems linger in old ones.
    ///
    /// # What is lost, and who sees it
    ///
    /// Kratos replaces all traits with what it is sent, and knows no lock. What somebody else saved
    /// before our first request is safe: traits that the patch does not name are kept, and those that it
    /// names are compared when the update is [based on](Self::based_on) what the person saw. What somebody
    /// else saves *between* our two requests is overwritten, and what we save between two requests
    /// of theirs is overwritten by them, by any client of the settings flow.
    ///
    /// That is seen afterwards: [`Saved::differing`](crate::flow::Saved::differing) shows it when it
    /// happened before our answer was written, and the loser's next update that is based on the traits of
    /// the last [`Saved`](crate::flow::Saved) ends in [`Outcome::Conflict`] when it changes the lost trait.
    /// The admin API narrows it down ([`AdminUpdate`](crate::admin::AdminUpdate)): it is sent only what
    /// changes.
    pub fn native(server: PublicUrl, session: SessionToken, patch: Patch<T, impl Access>) -> Self {
        Self::of(server, Native::new(session), patch)
    }

    /// The same on behalf of a person who proves in another way to be logged in: for browsers, a
    /// browser settings flow.
    pub fn of<M: Mode>(server: PublicUrl, mode: M, patch: Patch<T, impl Access>) -> M::Chain<Self> {
        Self::resumed(server, mode, Pending::of(patch))
    }

    /// Takes up a change again that was refused. See [`Pending`].
    pub fn resumed<M: Mode>(server: PublicUrl, mode: M, pending: Pending<T>) -> M::Chain<Self> {
        mode.start(server, |caller| Self::start(caller, pending))
    }

    pub(crate) fn start(caller: Caller, wanted: Pending<T>) -> Self {
        Self {
            caller,
            wanted,
            state: State::Create,
        }
    }

    /// Guards against lost updates: `base` is the traits document that the update was made on, such as
    /// the one that filled the form.
    ///
    /// Before anything is sent, it is compared with the traits that the flow shows. What somebody else
    /// changed elsewhere is kept, in objects member by member; a trait that both changed to different
    /// values ends the update in [`Outcome::Conflict`]. A value of the update that is that of `base` is no
    /// change, so a form can be sent back as a whole. The update still is two requests.
    pub fn based_on(mut self, base: &RawTraits) -> Self {
        self.wanted = self.wanted.based_on(base);
        self
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
        trace::flow(flow.as_str());
        trace::traits(self.wanted.patch().paths());
        match self.wanted.clone().guarded(&identity) {
            // Whoever asks for what is there already is not asked to log in for it.
            Guarded::Change { change, .. } if change.is_empty() => {
                Step::Done(Outcome::Saved(Saved {
                    identity,
                    continue_with: Vec::new(),
                    differing: Vec::new(),
                }))
            }
            Guarded::Change { change, pending } => Step::Next(Self {
                state: State::Submit {
                    flow,
                    traits: change.into_traits(),
                    csrf: csrf.filter(|_| self.caller.is_browser()),
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
                traits,
                pending,
                ..
            } => {
                let outcome = answer::submitted(answer, &traits, pending)?;
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

impl<T: IdentityTraits> Exchange for Update<T> {
    type Output = Outcome<T>;

    fn phase(&self) -> Phase {
        match self.state {
            State::Create | State::Renew { .. } => Phase::Create,
            State::Submit { .. } => Phase::Submit,
        }
    }

    fn request(&self) -> Result<Request<Vec<u8>>, Error> {
        self.build().map_err(Error::unbuilt(self.phase()))
    }

    fn receive(self, answer: &Response<Vec<u8>>) -> Result<Step<Self>, Error> {
        let step = self.step(answer)?;
        trace::ended(&step, Outcome::name);
        Ok(step)
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
