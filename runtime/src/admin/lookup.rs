//! The result of a search for an identity.

use std::fmt;
use std::marker::PhantomData;

use http::header::{ACCEPT, AUTHORIZATION};
use http::request::Builder;
use http::{Method, Request, Response, StatusCode};
use serde_json::value::RawValue;

use super::outcome::{AccessDenied, AdminOutcome};
use super::reason::escaped;
use crate::http::answer::{Answer, Envelope, Refusal};
use crate::http::{AdminToken, AdminUrl, Error, Exchange, Phase, Step, trace};
use crate::identity::Identity;
use crate::traits::document::ReadTraits;

/// The result of a search for an identity.
///
/// The enum is exhaustive on purpose, like [`AdminOutcome`](crate::admin::AdminOutcome).
#[derive(Clone, Debug)]
#[must_use = "match on what was found"]
pub enum Lookup<T> {
    /// The identity.
    Found(Box<Identity<T>>),
    /// No identity has this id or identifier.
    Nobody,
    /// Several identities have the identifier, for credentials of different types.
    Several(Vec<Identity<T>>),
    /// The admin API, or a gateway in front of it, denies access.
    AccessDenied(AccessDenied),
    /// Kratos refused for another reason; its whole answer is kept.
    Refused(Refusal),
}

impl<T> Lookup<T> {
    /// The name of the result, for logs and counters: `found`, `nobody`, …
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Found(_) => "found",
            Self::Nobody => "nobody",
            Self::Several(_) => "several",
            Self::AccessDenied(_) => "access_denied",
            Self::Refused(_) => "refused",
        }
    }

    /// Reads an answer; `found` reads one that is a success.
    pub(crate) fn of(
        answer: &Answer<'_>,
        found: impl FnOnce(&Answer<'_>) -> Result<Self, Error>,
    ) -> Result<Self, Error> {
        let lookup = if answer.status == StatusCode::OK {
            found(answer)?
        } else {
            declined(answer)?.into()
        };
        trace::outcome(lookup.name());
        Ok(lookup)
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
pub(crate) const NO_IDENTITY: &str =
    "expected an identity: the id is missing, or the traits are not an object";

/// Reads the identity in an answer.
pub(crate) fn identity<T: ReadTraits>(answer: &Answer<'_>) -> Result<Identity<T>, Error> {
    let raw: &RawValue = answer.read("expected an identity")?;
    Identity::read(raw).ok_or(answer.error(NO_IDENTITY))
}

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

/// The URL of the admin API, and the token for it.
#[derive(Clone, Debug)]
pub(crate) struct AdminCaller {
    pub(crate) server: AdminUrl,
    pub(crate) token: Option<AdminToken>,
}

impl AdminCaller {
    pub(crate) fn new(server: AdminUrl) -> Self {
        Self {
            server,
            token: None,
        }
    }

    /// A request about one identity.
    pub(crate) fn about(&self, method: Method, id: &str) -> Result<Builder, http::Error> {
        // Ids are UUIDs. An empty id would address the list of all identities, one with dots or slashes another path.
        let is_id = !id.is_empty() && id.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
        self.request(method, is_id.then(|| format!("/{id}")))
    }

    /// A request for the identities with an identifier.
    pub(crate) fn searching(&self, identifier: &str) -> Result<Builder, http::Error> {
        // Kratos ignores an empty identifier, and lists all identities.
        let query = format!("?credentials_identifier={}", escaped(identifier));
        self.request(Method::GET, (!identifier.is_empty()).then_some(query))
    }

    fn request(&self, method: Method, rest: Option<String>) -> Result<Builder, http::Error> {
        // An empty URI makes building the request fail.
        let uri = rest.map(|rest| self.server.endpoint(&format!("/admin/identities{rest}")));
        let request = Request::builder()
            .method(method)
            .uri(uri.unwrap_or_default())
            .header(ACCEPT, "application/json");
        match &self.token {
            Some(token) => Ok(request.header(AUTHORIZATION, token.header()?)),
            None => Ok(request),
        }
    }
}

/// An answer that is not a success.
pub(crate) enum Declined {
    NotFound,
    AccessDenied(AccessDenied),
    Refused(Refusal),
}

impl<T> From<Declined> for AdminOutcome<T> {
    fn from(declined: Declined) -> Self {
        match declined {
            Declined::NotFound => Self::NotFound,
            Declined::AccessDenied(denied) => Self::AccessDenied(denied),
            Declined::Refused(refusal) => Self::Refused(refusal),
        }
    }
}

/// Reads an answer that is not a success.
pub(crate) fn declined(answer: &Answer<'_>) -> Result<Declined, Error> {
    let status = answer.status.as_u16();
    match answer.status {
        // A gateway need not answer with an error body of Kratos.
        StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN => {
            let error = answer.read::<Envelope>("").map(|envelope| envelope.error);
            let error = error.unwrap_or_default();
            Ok(Declined::AccessDenied(AccessDenied {
                phase: answer.phase,
                status,
                id: error.id,
                reason: error.reason.or(error.message),
            }))
        }
        StatusCode::NOT_FOUND => {
            answer.read::<Envelope>(
                "expected an error of Kratos: is this the URL of the admin API?",
            )?;
            Ok(Declined::NotFound)
        }
        // The public API redirects requests for the admin API.
        _ if answer.status.is_redirection() => {
            Err(answer
                .error("redirected, as by the public API: the URL is not that of the admin API"))
        }
        _ if status >= 400 => {
            let envelope: Envelope = answer.read("expected an error of Kratos")?;
            Ok(Declined::Refused(Refusal::read(answer, envelope)?))
        }
        _ => Err(answer.error("unexpected status for an answer of the admin API")),
    }
}
