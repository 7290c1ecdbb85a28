//! Reading and finding identities.

use std::marker::PhantomData;

use http::header::{ACCEPT, AUTHORIZATION};
use http::request::Builder;
use http::{Method, Request, Response, StatusCode};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::value::RawValue;

use super::outcome::AdminOutcome;
use crate::http::answer::{Answer, Envelope};
use crate::http::{AdminToken, BaseUrl, Error, Exchange, Phase, Refusal, Step};
use crate::identity::Identity;
use crate::traits::document::ReadTraits;

/// The result of reading or finding an identity.
///
/// The enum is exhaustive on purpose, like [`AdminOutcome`].
#[derive(Clone, Debug)]
#[must_use = "match on the result"]
pub enum Lookup<T> {
    /// The identity.
    Found(Box<Identity<T>>),
    /// No identity has this id or identifier.
    NotFound,
    /// Several identities have the identifier, for credentials of different types.
    Several(Vec<Identity<T>>),
    /// The admin API, or a gateway in front of it, denies access (HTTP 401 or 403).
    AccessDenied(Refusal),
    /// Try again later, after [`Refusal::retry_after`]: too many requests (HTTP 429), or the server is not available (503).
    Busy(Refusal),
    /// Kratos refused for another reason.
    Refused(Refusal),
}

impl<T> Lookup<T> {
    /// The name of the result, for logs and counters: `found`, `not_found`, …
    ///
    /// ```
    /// use kratos_traits::admin::Lookup;
    ///
    /// assert_eq!(Lookup::<()>::NotFound.name(), "not_found");
    /// ```
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Found(_) => "found",
            Self::NotFound => "not_found",
            Self::Several(_) => "several",
            Self::AccessDenied(_) => "access_denied",
            Self::Busy(_) => "busy",
            Self::Refused(_) => "refused",
        }
    }
}

/// All characters but the unreserved ones of URLs (RFC 3986).
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'_')
    .remove(b'.')
    .remove(b'~');

/// The server and the token of requests to the admin API.
#[derive(Clone, Debug)]
pub(crate) struct AdminContext {
    pub(crate) server: BaseUrl,
    pub(crate) token: Option<AdminToken>,
    /// The id of the identity schema of types that do not know it.
    pub(crate) schema_id: Option<String>,
    /// The base URL of the public API, which has the schemas.
    pub(crate) public: Option<BaseUrl>,
}

impl AdminContext {
    /// A request for one identity.
    pub(super) fn identity(&self, method: Method, id: &str) -> Result<Builder, http::Error> {
        // Ids are UUIDs. An empty id would address the list of all identities, one with dots or slashes another path.
        let is_id = !id.is_empty() && id.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
        self.request(method, is_id.then(|| format!("/{id}")))
    }

    /// A request for the identities with an identifier.
    fn search(&self, identifier: &str) -> Result<Builder, http::Error> {
        // Kratos ignores an empty identifier, and lists all identities.
        let query = (!identifier.is_empty()).then(|| {
            let identifier = utf8_percent_encode(identifier, RESERVED);
            format!("?credentials_identifier={identifier}")
        });
        self.request(Method::GET, query)
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

/// Reads the identity with an id.
#[derive(Debug)]
pub(crate) struct ReadIdentity<T> {
    context: AdminContext,
    id: String,
    of: PhantomData<fn() -> T>,
}

impl<T: ReadTraits> ReadIdentity<T> {
    pub(crate) fn new(context: AdminContext, id: String) -> Self {
        let of = PhantomData;
        Self { context, id, of }
    }
}

impl<T: ReadTraits> Exchange for ReadIdentity<T> {
    type Output = Lookup<T>;

    fn phase(&self) -> Phase {
        Phase::ReadIdentity
    }

    fn request(&self) -> Result<Request<Vec<u8>>, http::Error> {
        self.context
            .identity(Method::GET, &self.id)?
            .body(Vec::new())
    }

    fn receive(self, response: &Response<Vec<u8>>) -> Result<Step<Self>, Error> {
        let answer = Answer::new(self.phase(), response);
        if answer.status != StatusCode::OK {
            return Ok(Step::Done(declined(&answer)?.into()));
        }
        Ok(Step::Done(Lookup::Found(Box::new(identity(&answer)?))))
    }

    fn outcome(output: &Lookup<T>) -> &'static str {
        output.name()
    }
}

/// Finds the identities with an identifier, of any credential. Kratos compares it as at login.
pub(crate) struct FindIdentity<T> {
    context: AdminContext,
    identifier: String,
    of: PhantomData<fn() -> T>,
}

impl<T: ReadTraits> FindIdentity<T> {
    pub(crate) fn new(context: AdminContext, identifier: String) -> Self {
        Self {
            context,
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

    fn request(&self) -> Result<Request<Vec<u8>>, http::Error> {
        self.context.search(&self.identifier)?.body(Vec::new())
    }

    fn receive(self, response: &Response<Vec<u8>>) -> Result<Step<Self>, Error> {
        let answer = Answer::new(self.phase(), response);
        if answer.status != StatusCode::OK {
            return Ok(Step::Done(declined(&answer)?.into()));
        }
        let all: Vec<&RawValue> = answer.read("expected a list of identities")?;
        let all: Result<Vec<Identity<T>>, _> = all.into_iter().map(Identity::read).collect();
        let mut all = all.map_err(|reason| answer.error(reason))?;
        Ok(Step::Done(match all.pop() {
            None => Lookup::NotFound,
            Some(one) if all.is_empty() => Lookup::Found(Box::new(one)),
            Some(last) => {
                all.push(last);
                Lookup::Several(all)
            }
        }))
    }

    fn outcome(output: &Lookup<T>) -> &'static str {
        output.name()
    }
}

/// Reads the identity in a response.
pub(super) fn identity<T: ReadTraits>(answer: &Answer<'_>) -> Result<Identity<T>, Error> {
    let raw: &RawValue = answer.read("expected an identity")?;
    Identity::read(raw).map_err(|reason| answer.error(reason))
}

/// An answer that is not a success.
pub(super) enum Declined {
    NotFound,
    AccessDenied(Refusal),
    Busy(Refusal),
    Refused(Refusal),
}

impl<T> From<Declined> for Lookup<T> {
    fn from(declined: Declined) -> Self {
        match declined {
            Declined::NotFound => Self::NotFound,
            Declined::AccessDenied(refusal) => Self::AccessDenied(refusal),
            Declined::Busy(refusal) => Self::Busy(refusal),
            Declined::Refused(refusal) => Self::Refused(refusal),
        }
    }
}

impl<T> From<Declined> for AdminOutcome<T> {
    fn from(declined: Declined) -> Self {
        match declined {
            Declined::NotFound => Self::NotFound,
            Declined::AccessDenied(refusal) => Self::AccessDenied(refusal),
            Declined::Busy(refusal) => Self::Busy(refusal),
            Declined::Refused(refusal) => Self::Refused(refusal),
        }
    }
}

/// Reads an answer that is not a success.
pub(super) fn declined(answer: &Answer<'_>) -> Result<Declined, Error> {
    if let Some(refusal) = answer.busy() {
        return Ok(Declined::Busy(refusal));
    }
    match answer.status {
        // A gateway need not answer with an error body of Kratos.
        StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN => {
            Ok(Declined::AccessDenied(Refusal::of_any_body(answer)))
        }
        StatusCode::NOT_FOUND => {
            answer.read::<Envelope>(
                "expected an error of Kratos: is this the URL of the admin API?",
            )?;
            Ok(Declined::NotFound)
        }
        _ if answer.status.is_client_error() || answer.status.is_server_error() => {
            let envelope: Envelope = answer.read("expected an error of Kratos")?;
            Ok(Declined::Refused(Refusal::read(answer, envelope)))
        }
        _ => Err(answer.error("unexpected status for an answer of the admin API")),
    }
}
