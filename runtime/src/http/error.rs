//! Errors: no response of Kratos, or one that cannot be read.

use std::error::Error as StdError;
use std::fmt;
use std::time::Duration;

use http::{HeaderMap, Response};

use super::answer::Answer;
use super::base_url::InvalidUrl;
use crate::json::path::TraitPath;
use crate::traits::document::is_of_another_schema;
use crate::traits::facts::IdentityTraits;

type Source = Box<dyn StdError + Send + Sync>;

/// A client could not be created, or a call to Kratos has no outcome.
///
/// [`may_have_been_saved`](Self::may_have_been_saved) tells whether an update may have happened.
#[derive(Debug)]
#[non_exhaustive]
pub enum Error {
    /// There is no complete response to a request.
    #[non_exhaustive]
    Send {
        /// The request.
        phase: Phase,
        /// The error of the HTTP client.
        error: SendError,
    },
    /// The response is not one of Kratos: not JSON, incomplete, or of another shape.
    #[non_exhaustive]
    Answer {
        /// The request.
        phase: Phase,
        /// The HTTP status.
        status: u16,
        /// The header `Content-Type`, if there is one.
        content_type: Option<String>,
        /// What is wrong with the body; never a part of it.
        what: &'static str,
        /// The headers of the answer. Their values are marked as sensitive, so `Debug` does not show them.
        headers: Box<HeaderMap>,
    },
    /// The answer to a submit has another identity than the settings flow, so it is not the answer to this update. The update may
    /// have been saved.
    #[non_exhaustive]
    UnexpectedIdentity {
        /// The request.
        phase: Phase,
        /// The headers of the answer. Their values are marked as sensitive, so `Debug` does not show them.
        headers: Box<HeaderMap>,
    },
    /// The identity has another identity schema than the one that the traits of the update were
    /// generated from. Nothing was sent.
    #[non_exhaustive]
    OtherSchema {
        /// The request whose response contains the identity.
        phase: Phase,
        /// The id of the identity's schema.
        schema_id: String,
        /// The ids of the schema that the type was generated from.
        known: &'static [&'static str],
        /// The headers of the answer. Their values are marked as sensitive, so `Debug` does not show them.
        headers: Box<HeaderMap>,
    },
    /// The identity has another identity schema than the application expects: another id, or without traits of this type that the
    /// update changes. The update was not sent.
    #[non_exhaustive]
    SchemaMismatch {
        /// The request whose response shows it.
        phase: Phase,
        /// The id of the identity's schema.
        schema_id: String,
        /// The traits that the update changes, and that the identity's schema does not declare with the same type; empty if the id is
        /// not the expected one.
        traits: Vec<TraitPath>,
        /// The headers of the answer. Their values are marked as sensitive, so `Debug` does not show them.
        headers: Box<HeaderMap>,
    },
    /// It is not known which identity schema the types of an update through the admin API are of. No request was sent.
    SchemaUnknown,
    /// The request could not be built. Nothing was sent.
    #[non_exhaustive]
    Request {
        /// The request.
        phase: Phase,
        /// The reason.
        source: http::Error,
    },
    /// The base URL of a new client is not valid.
    InvalidUrl(InvalidUrl),
    /// The HTTP client of a new client could not be created, usually because of TLS.
    HttpClient(Source),
}

impl Error {
    /// An error if the identity is known to have another schema than the traits of an update.
    pub(crate) fn of_other_schema<T: IdentityTraits>(
        answer: &Answer<'_>,
        schema_id: &str,
    ) -> Result<(), Self> {
        if is_of_another_schema::<T>(schema_id) {
            return Err(Self::OtherSchema {
                phase: answer.phase,
                schema_id: schema_id.to_owned(),
                known: T::SCHEMA_IDS,
                headers: answer.headers(),
            });
        }
        Ok(())
    }

    pub(crate) fn schema_mismatch(
        answer: &Answer<'_>,
        schema_id: &str,
        traits: Vec<TraitPath>,
    ) -> Self {
        Self::SchemaMismatch {
            phase: answer.phase,
            schema_id: schema_id.to_owned(),
            traits,
            headers: answer.headers(),
        }
    }

    /// Whether the update may have been saved, although its outcome is not known.
    ///
    /// `false`: it was not saved. `true`: read the traits again before another attempt.
    ///
    /// ```
    /// use kratos_traits::Error;
    ///
    /// fn advice(error: &Error) -> &'static str {
    ///     if error.may_have_been_saved() { "Please check your profile." } else { "Please try again." }
    /// }
    /// ```
    pub fn may_have_been_saved(&self) -> bool {
        let phase = match self {
            Self::Send { phase, .. }
            | Self::Answer { phase, .. }
            | Self::UnexpectedIdentity { phase, .. } => phase,
            Self::OtherSchema { .. }
            | Self::SchemaMismatch { .. }
            | Self::SchemaUnknown
            | Self::Request { .. }
            | Self::InvalidUrl(_)
            | Self::HttpClient(_) => return false,
        };
        // With a 4xx Kratos has changed nothing, except for 400, which it also sends after a save.
        let status = self.status();
        phase.saves() && !status.is_some_and(|status| (401..500).contains(&status))
    }

    /// The HTTP status of the answer; `None` if there is no answer.
    ///
    /// ```
    /// use kratos_traits::Error;
    ///
    /// fn is_wrong_url(error: &Error) -> bool {
    ///     error.status() == Some(404)
    /// }
    /// ```
    pub fn status(&self) -> Option<u16> {
        match self {
            Self::Send { error, .. } => error.status(),
            Self::Answer { status, .. } => Some(*status),
            // These are read from an answer with the status 200.
            Self::UnexpectedIdentity { .. }
            | Self::OtherSchema { .. }
            | Self::SchemaMismatch { .. } => Some(200),
            Self::SchemaUnknown
            | Self::Request { .. }
            | Self::InvalidUrl(_)
            | Self::HttpClient(_) => None,
        }
    }

    /// The headers of the answer; `None` if there is no answer, or it was not read to its end. Their values are marked as
    /// sensitive, so `Debug` does not show them.
    ///
    /// ```
    /// use kratos_traits::Error;
    ///
    /// fn request_id(error: &Error) -> Option<&str> {
    ///     error.headers()?.get("x-request-id")?.to_str().ok()
    /// }
    /// ```
    pub fn headers(&self) -> Option<&HeaderMap> {
        match self {
            Self::Answer { headers, .. }
            | Self::UnexpectedIdentity { headers, .. }
            | Self::OtherSchema { headers, .. }
            | Self::SchemaMismatch { headers, .. } => Some(headers),
            Self::Send { .. }
            | Self::SchemaUnknown
            | Self::Request { .. }
            | Self::InvalidUrl(_)
            | Self::HttpClient(_) => None,
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Send { phase, error } => write!(f, "{phase}: {error}"),
            Self::Answer {
                phase,
                status,
                content_type,
                what,
                ..
            } => write!(
                f,
                "{phase}: unexpected response with status {status} and content type {}: {what}",
                shown(content_type)
            ),
            Self::UnexpectedIdentity { phase, .. } => write!(
                f,
                "{phase}: the answer has another identity than the settings flow"
            ),
            Self::OtherSchema {
                phase,
                schema_id,
                known,
                ..
            } => write!(
                f,
                "{phase}: the identity has the schema {schema_id:?}, the traits are of {known:?}"
            ),
            Self::SchemaMismatch {
                phase,
                schema_id,
                traits,
                ..
            } => {
                write!(
                    f,
                    "{phase}: the identity has the schema {schema_id:?}, which is not that of the traits"
                )?;
                for (index, path) in traits.iter().enumerate() {
                    let before = if index == 0 { "; not declared with the same type: " } else { ", " };
                    write!(f, "{before}{path}")?;
                }
                Ok(())
            }
            Self::SchemaUnknown => f.write_str(
                "it is not known which identity schema the types are of: set its id (`AdminClient::schema_id`) or the URL of the \
                 public API (`AdminClient::public_url`), or generate the types from the Kratos configuration",
            ),
            Self::Request { phase, .. } => write!(f, "{phase}: the request cannot be built"),
            Self::InvalidUrl(error) => error.fmt(f),
            Self::HttpClient(_) => f.write_str("the HTTP client cannot be created"),
        }
    }
}

impl StdError for Error {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        match self {
            // Their own messages are part of the message of this error.
            Self::Send { error, .. } => error.source(),
            Self::InvalidUrl(error) => error.source(),
            Self::Request { source, .. } => Some(source),
            Self::HttpClient(source) => Some(&**source),
            Self::Answer { .. }
            | Self::UnexpectedIdentity { .. }
            | Self::OtherSchema { .. }
            | Self::SchemaMismatch { .. }
            | Self::SchemaUnknown => None,
        }
    }
}

impl From<InvalidUrl> for Error {
    fn from(error: InvalidUrl) -> Self {
        Self::InvalidUrl(error)
    }
}

/// The error of an [`HttpClient`](crate::client::HttpClient): there is no complete response.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum SendError {
    /// The request could not be sent, or no response arrived.
    #[error("no response")]
    NoAnswer(#[source] Source),
    /// The base URL begins with `https://`, but the server does not speak TLS there.
    #[error(
        "the server does not speak TLS: begin the base URL with http://, or use the port for https"
    )]
    NoTls(#[source] Source),
    /// No complete response arrived in time.
    #[error("no complete response within {limit:?}")]
    #[non_exhaustive]
    TimedOut {
        /// The limit.
        limit: Duration,
    },
    /// The response ended too early.
    #[error(
        "the response with status {status} and content type {} ended too early",
        shown(content_type)
    )]
    #[non_exhaustive]
    CutOff {
        /// The HTTP status.
        status: u16,
        /// The header `Content-Type`, if there is one.
        content_type: Option<String>,
        /// The error of the HTTP client.
        source: Source,
    },
    /// The response is too large, and was not read to its end.
    #[error("the response with status {status} is larger than {limit} bytes")]
    #[non_exhaustive]
    TooLarge {
        /// The HTTP status.
        status: u16,
        /// The limit in bytes.
        limit: usize,
    },
}

impl From<std::io::Error> for SendError {
    /// [`SendError::NoAnswer`].
    fn from(error: std::io::Error) -> Self {
        Self::no_answer(error)
    }
}

impl From<http::Error> for SendError {
    /// [`SendError::NoAnswer`].
    fn from(error: http::Error) -> Self {
        Self::no_answer(error)
    }
}

impl SendError {
    /// The request could not be sent, or no response arrived. `source` is an error or a text.
    ///
    /// ```
    /// use kratos_traits::client::SendError;
    ///
    /// let error = SendError::no_answer("this test has no server");
    /// assert_eq!(error.to_string(), "no response");
    /// ```
    pub fn no_answer(source: impl Into<Source>) -> Self {
        Self::NoAnswer(source.into())
    }

    /// No complete response arrived within `limit`.
    ///
    /// ```
    /// use std::time::Duration;
    ///
    /// use kratos_traits::client::SendError;
    ///
    /// let error = SendError::timed_out(Duration::from_secs(10));
    /// assert_eq!(error.to_string(), "no complete response within 10s");
    /// ```
    pub fn timed_out(limit: Duration) -> Self {
        Self::TimedOut { limit }
    }

    /// The response ended before its body was complete.
    ///
    /// ```
    /// use kratos_traits::client::SendError;
    ///
    /// let head = http::Response::new(());
    /// let error = SendError::cut_off(&head, "connection reset");
    /// assert_eq!(error.to_string(), "the response with status 200 and content type (none) ended too early");
    /// ```
    pub fn cut_off<B>(response: &Response<B>, source: impl Into<Source>) -> Self {
        Self::CutOff {
            status: response.status().as_u16(),
            content_type: content_type(response),
            source: source.into(),
        }
    }

    /// The body of the response is larger than `limit` bytes.
    ///
    /// ```
    /// use kratos_traits::client::SendError;
    ///
    /// let error = SendError::too_large(&http::Response::new(()), 1024);
    /// assert_eq!(error.to_string(), "the response with status 200 is larger than 1024 bytes");
    /// ```
    pub fn too_large<B>(response: &Response<B>, limit: usize) -> Self {
        Self::TooLarge {
            status: response.status().as_u16(),
            limit,
        }
    }

    fn status(&self) -> Option<u16> {
        match self {
            Self::NoAnswer(_) | Self::NoTls(_) | Self::TimedOut { .. } => None,
            Self::CutOff { status, .. } | Self::TooLarge { status, .. } => Some(*status),
        }
    }
}

/// The header `Content-Type` of a response.
pub(crate) fn content_type<B>(response: &Response<B>) -> Option<String> {
    let value = response.headers().get(http::header::CONTENT_TYPE)?;
    value.to_str().ok().map(str::to_owned)
}

fn shown(content_type: &Option<String>) -> &str {
    content_type.as_deref().unwrap_or("(none)")
}

/// A request to Kratos, in errors and refusals.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Phase {
    /// Creates a settings flow.
    Create,
    /// Submits the traits.
    Submit,
    /// Reads the session.
    Whoami,
    /// Finds an identity with the admin API.
    FindIdentity,
    /// Reads an identity with the admin API.
    ReadIdentity,
    /// Reads the identity schema of an identity with the public API.
    ReadSchema,
    /// Patches the traits with the admin API.
    PatchIdentity,
    /// Creates a login flow.
    CreateLogin,
    /// Submits a password or a code, or requests a code.
    SubmitLogin,
}

impl Phase {
    /// Whether the request can change an identity.
    ///
    /// ```
    /// use kratos_traits::client::Phase;
    ///
    /// assert!(Phase::Submit.saves());
    /// assert!(!Phase::Create.saves());
    /// ```
    pub const fn saves(self) -> bool {
        matches!(self, Self::Submit | Self::PatchIdentity)
    }

    /// Whether the request is one to the admin API.
    pub(crate) const fn is_of_admin(self) -> bool {
        matches!(
            self,
            Self::FindIdentity | Self::ReadIdentity | Self::PatchIdentity
        )
    }

    /// Whether the request may be sent again if it is not known whether it was processed: it changes
    /// nothing, sends no message, and uses up no code.
    ///
    /// A login does not [save](Self::saves), but is not safe to repeat.
    ///
    /// ```
    /// use kratos_traits::client::Phase;
    ///
    /// assert!(Phase::Create.is_safe_to_repeat());
    /// assert!(!Phase::SubmitLogin.is_safe_to_repeat());
    /// ```
    pub const fn is_safe_to_repeat(self) -> bool {
        match self {
            // An unused flow expires.
            Self::Create
            | Self::Whoami
            | Self::FindIdentity
            | Self::ReadIdentity
            | Self::ReadSchema => true,
            // If the first of two equal patches was applied, the second is a conflict. A submit uses up
            // or sends a code, and creating a flow for the second factor can send one.
            Self::Submit | Self::PatchIdentity | Self::CreateLogin | Self::SubmitLogin => false,
        }
    }
}

impl fmt::Display for Phase {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Create => "creating the settings flow",
            Self::Submit => "submitting the settings",
            Self::Whoami => "reading the session",
            Self::FindIdentity => "finding the identity",
            Self::ReadIdentity => "reading the identity",
            Self::ReadSchema => "reading the identity schema",
            Self::PatchIdentity => "patching the identity",
            Self::CreateLogin => "creating the login flow",
            Self::SubmitLogin => "submitting the login",
        })
    }
}
