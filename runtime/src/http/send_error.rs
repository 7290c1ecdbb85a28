//! Why a request has no answer that can be read.

use std::error::Error as StdError;
use std::time::Duration;

use http::Response;

use super::error::{Error, content_type};
use super::phase::Phase;

type Source = Box<dyn StdError + Send + Sync>;

/// What an HTTP client says when it cannot deliver a whole answer.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum SendError {
    /// The request could not be sent, or no answer came.
    #[error("no answer")]
    NoAnswer(#[source] Source),
    /// There was no whole answer in time.
    #[error("no whole answer within {limit:?}")]
    #[non_exhaustive]
    TimedOut {
        /// How long the request was given.
        limit: Duration,
    },
    /// The answer broke off after its head.
    #[error("the answer with status {status} broke off")]
    #[non_exhaustive]
    CutOff {
        /// The HTTP status.
        status: u16,
        /// The header `Content-Type`, when there is one.
        content_type: Option<String>,
        /// What the HTTP client says.
        source: Source,
    },
    /// The answer was not read to its end, being too large.
    #[error("the answer with status {status} is larger than {limit} bytes")]
    #[non_exhaustive]
    TooLarge {
        /// The HTTP status.
        status: u16,
        /// How many bytes were read at most.
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
    /// The request could not be sent, or no answer came: the error of an HTTP client, a text, …
    ///
    /// ```
    /// use kratos_traits::exchange::SendError;
    ///
    /// fn reset(error: std::io::Error) -> SendError {
    ///     SendError::no_answer(error)
    /// }
    /// let none = SendError::no_answer("there is no server in this test");
    /// ```
    pub fn no_answer(source: impl Into<Source>) -> Self {
        Self::NoAnswer(source.into())
    }

    /// There was no whole answer in time.
    pub fn timed_out(limit: Duration) -> Self {
        Self::TimedOut { limit }
    }

    /// The answer broke off after its head.
    pub fn cut_off<B>(answer: &Response<B>, source: impl Into<Source>) -> Self {
        Self::CutOff {
            status: answer.status().as_u16(),
            content_type: content_type(answer),
            source: source.into(),
        }
    }

    /// The answer was not read to its end, being larger than `limit` bytes.
    pub fn too_large<B>(answer: &Response<B>, limit: usize) -> Self {
        Self::TooLarge {
            status: answer.status().as_u16(),
            limit,
        }
    }

    /// The error of the exchange whose request it was.
    pub fn during(self, phase: Phase) -> Error {
        match self {
            Self::NoAnswer(source) => Error::Transport { phase, source },
            Self::TimedOut { limit } => Error::TimedOut { phase, limit },
            Self::CutOff {
                status,
                content_type,
                source,
            } => Error::CutOff {
                phase,
                status,
                content_type,
                source,
            },
            Self::TooLarge { status, limit } => Error::TooLarge {
                phase,
                status,
                limit,
            },
        }
    }
}
