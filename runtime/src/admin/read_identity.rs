//! Reads an identity by its id.

use std::marker::PhantomData;

use http::{Method, Request, Response};
use serde_json::value::RawValue;

use super::caller::AdminCaller;
use super::lookup::Lookup;
use crate::exchange::answer::Answer;
use crate::exchange::{AdminToken, AdminUrl, Error, Exchange, Phase, Step};
use crate::identity::Identity;
use crate::traits::schemas::ReadTraits;

/// Reads the identity with an id: one request.
#[derive(Debug)]
#[must_use = "nothing is sent before a driver sends it"]
pub struct ReadIdentity<T> {
    caller: AdminCaller,
    id: String,
    of: PhantomData<fn() -> T>,
}

impl<T: ReadTraits> ReadIdentity<T> {
    /// Reads the identity with this id.
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
            .map_err(Error::unbuilt(self.phase()))
    }

    fn receive(self, response: &Response<Vec<u8>>) -> Result<Step<Self>, Error> {
        let answer = Answer::new(self.phase(), response);
        let found = |answer: &Answer<'_>| Ok(Lookup::Found(Box::new(identity(answer)?)));
        Lookup::of(&answer, found).map(Step::Done)
    }
}

/// The error for an answer that [`Identity::read`] rejects.
pub(super) const NO_IDENTITY: &str =
    "expected an identity: the id is missing, or the traits are not an object";

/// Reads the identity in an answer.
pub(super) fn identity<T: ReadTraits>(answer: &Answer<'_>) -> Result<Identity<T>, Error> {
    let raw: &RawValue = answer.read("expected an identity")?;
    Identity::read(raw).ok_or(answer.error(NO_IDENTITY))
}
