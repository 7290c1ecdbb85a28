//! Finds identities by an identifier.

use std::fmt;
use std::marker::PhantomData;

use http::{Request, Response};
use serde_json::value::RawValue;

use super::caller::AdminCaller;
use super::lookup::Lookup;
use super::read_identity::NO_IDENTITY;
use crate::exchange::answer::Answer;
use crate::exchange::{AdminToken, AdminUrl, Error, Exchange, Phase, Step};
use crate::identity::Identity;
use crate::traits::schemas::ReadTraits;

/// Finds the identity that logs in with an identifier: one request.
#[must_use = "nothing is sent before a driver sends it"]
pub struct FindIdentity<T> {
    caller: AdminCaller,
    identifier: String,
    of: PhantomData<fn() -> T>,
}

impl<T> fmt::Debug for FindIdentity<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FindIdentity").finish_non_exhaustive()
    }
}

impl<T: ReadTraits> FindIdentity<T> {
    /// Finds the identity that has this identifier for any credential. Kratos compares it as it does at
    /// login. An empty identifier is an error, because Kratos would list all identities.
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
            .map_err(Error::unbuilt(self.phase()))
    }

    fn receive(self, response: &Response<Vec<u8>>) -> Result<Step<Self>, Error> {
        let answer = Answer::new(self.phase(), response);
        Lookup::of(&answer, found).map(Step::Done)
    }
}

fn found<T: ReadTraits>(answer: &Answer<'_>) -> Result<Lookup<T>, Error> {
    let all: Vec<&RawValue> = answer.read("expected a list of identities")?;
    let all: Option<Vec<Identity<T>>> = all.into_iter().map(Identity::read).collect();
    let mut all = all.ok_or(answer.error(NO_IDENTITY))?;
    Ok(match all.pop() {
        None => Lookup::Nobody,
        Some(one) if all.is_empty() => Lookup::Found(Box::new(one)),
        Some(last) => {
            all.push(last);
            Lookup::Several(all)
        }
    })
}
