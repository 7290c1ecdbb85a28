//! Finding people through the admin API.

use std::marker::PhantomData;

use http::{Method, Request, Response, StatusCode};
use serde_json::value::RawValue;

use super::answer::{Declined, declined};
use super::caller::AdminCaller;
use super::outcome::AccessDenied;
use crate::exchange::answer::Answer;
use crate::exchange::{AdminToken, AdminUrl, Error, Exchange, Phase, Step, watch};
use crate::flow::Refusal;
use crate::identity::Identity;
use crate::traits::schemas::ReadTraits;

/// What looking for a person ends in.
///
/// The list is complete on purpose, like that of [`AdminOutcome`](super::AdminOutcome).
#[derive(Clone, Debug)]
#[must_use = "match on what was found"]
pub enum Lookup<T> {
    /// The person.
    Found(Box<Identity<T>>),
    /// Nobody has this id or identifier.
    Nobody,
    /// Several people have the identifier, for credentials of different types.
    Several(Vec<Identity<T>>),
    /// The admin API, or a gateway in front of it, does not let us in.
    AccessDenied(AccessDenied),
    /// Kratos refused for another reason, kept whole.
    Refused(Refusal),
}

impl<T> Lookup<T> {
    /// A word for what was found, for logs and counters: `found`, `nobody`, …
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Found(_) => "found",
            Self::Nobody => "nobody",
            Self::Several(_) => "several",
            Self::AccessDenied(_) => "access_denied",
            Self::Refused(_) => "refused",
        }
    }
}

impl<T> From<Declined> for Lookup<T> {
    fn from(declined: Declined) -> Self {
        match declined {
            Declined::NotFound => Self::Nobody,
            Declined::AccessDenied(denied) => Self::AccessDenied(denied),
            Declined::Refused(refusal) => Self::Refused(refusal),
        }
    }
}

/// Reads the person with an id: one request.
#[derive(Debug)]
#[must_use = "nothing is sent before a driver sends it"]
pub struct ReadIdentity<T> {
    caller: AdminCaller,
    id: String,
    of: PhantomData<fn() -> T>,
}

impl<T: ReadTraits> ReadIdentity<T> {
    /// The person whose identity has this id.
    pub fn new(server: AdminUrl, token: Option<AdminToken>, id: impl Into<String>) -> Self {
        Self::start(AdminCaller { server, token }, id.into())
    }

    pub(crate) fn start(caller: AdminCaller, id: String) -> Self {
        Self {
            caller,
            id,
            of: PhantomData,
        }
    }
}

impl<T: ReadTraits> Exchange for ReadIdentity<T> {
    type Output = Lookup<T>;

    fn phase(&self) -> Phase {
        Phase::ReadIdentity
    }

    fn request(&self) -> Result<Request<Vec<u8>>, Error> {
        let request = self.caller.about(Method::GET, &self.id);
        request
            .and_then(|request| request.body(Vec::new()))
            .map_err(|source| Error::Request {
                phase: self.phase(),
                source,
            })
    }

    fn receive(self, response: &Response<Vec<u8>>) -> Result<Step<Self>, Error> {
        let answer = Answer::new(self.phase(), response);
        let lookup = if answer.status == StatusCode::OK {
            Lookup::Found(Box::new(read(&answer)?))
        } else {
            declined(&answer)?.into()
        };
        watch::outcome(lookup.name());
        Ok(Step::Done(lookup))
    }
}

const NO_IDENTITY: &str = "it is no identity: it has no id, or its traits are no object";

/// The identity of an answer.
pub(super) fn read<T: ReadTraits>(answer: &Answer<'_>) -> Result<Identity<T>, Error> {
    let raw: &RawValue = answer.read("it is no identity")?;
    Identity::read(raw).ok_or(answer.error(NO_IDENTITY))
}

/// Finds who logs in with an identifier: one request.
#[must_use = "nothing is sent before a driver sends it"]
pub struct FindIdentity<T> {
    caller: AdminCaller,
    identifier: String,
    of: PhantomData<fn() -> T>,
}

impl<T> std::fmt::Debug for FindIdentity<T> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("FindIdentity").finish_non_exhaustive()
    }
}

impl<T: ReadTraits> FindIdentity<T> {
    /// Whoever logs in with this identifier, of whatever credential; Kratos compares it as it does at
    /// login. An empty one cannot be asked for: Kratos would show everybody.
    pub fn new(server: AdminUrl, token: Option<AdminToken>, identifier: impl Into<String>) -> Self {
        Self::start(AdminCaller { server, token }, identifier.into())
    }

    pub(crate) fn start(caller: AdminCaller, identifier: String) -> Self {
        Self {
            caller,
            identifier,
            of: PhantomData,
        }
    }
}

impl<T: ReadTraits> Exchange for FindIdentity<T> {
    type Output = Lookup<T>;

    fn phase(&self) -> Phase {
        Phase::FindIdentity
    }

    fn request(&self) -> Result<Request<Vec<u8>>, Error> {
        let request = self.caller.searching(&self.identifier);
        request
            .and_then(|request| request.body(Vec::new()))
            .map_err(|source| Error::Request {
                phase: self.phase(),
                source,
            })
    }

    fn receive(self, response: &Response<Vec<u8>>) -> Result<Step<Self>, Error> {
        let answer = Answer::new(self.phase(), response);
        let lookup = if answer.status == StatusCode::OK {
            let all: Vec<&RawValue> = answer.read("it is no list of identities")?;
            let all: Option<Vec<Identity<T>>> = all.into_iter().map(Identity::read).collect();
            found(all.ok_or(answer.error(NO_IDENTITY))?)
        } else {
            declined(&answer)?.into()
        };
        watch::outcome(lookup.name());
        Ok(Step::Done(lookup))
    }
}

fn found<T>(mut all: Vec<Identity<T>>) -> Lookup<T> {
    match all.pop() {
        None => Lookup::Nobody,
        Some(one) if all.is_empty() => Lookup::Found(Box::new(one)),
        Some(last) => {
            all.push(last);
            Lookup::Several(all)
        }
    }
}
