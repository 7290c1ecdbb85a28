//! How long a request may take, how large an answer may be, and how often it is asked for.

use std::time::Duration;

use super::repeats::Repeats;

/// What one request may cost. An HTTP client keeps to the time and the size; repeating is not its
/// business.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Limits {
    /// How long one request may take, its answer included: 60 seconds if not set, for Kratos itself
    /// waits 30 for a web hook. Any time will do, `Duration::MAX` too.
    pub timeout: Duration,
    /// How many bytes the body of an answer may have: 8 MiB if not set, which no answer of Kratos
    /// comes near.
    pub answer_bytes: usize,
    /// Whether a request that changes nothing is sent again when it comes to nothing: once if not set.
    pub repeats: Repeats,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            timeout: Duration::from_secs(60),
            answer_bytes: 8 * 1024 * 1024,
            repeats: Repeats::default(),
        }
    }
}

/// What every client lets its user set. The field `limits` holds it.
macro_rules! limits_are_settable {
    ($client:ident) => {
        impl<H> $client<H> {
            /// The same client, with another limit for the time that one request may take
            /// ([`Limits::timeout`]).
            #[must_use]
            pub fn timeout(mut self, timeout: std::time::Duration) -> Self {
                self.limits.timeout = timeout;
                self
            }

            /// The same client, with another limit for the size of an answer ([`Limits::answer_bytes`]).
            #[must_use]
            pub fn answer_bytes(mut self, bytes: usize) -> Self {
                self.limits.answer_bytes = bytes;
                self
            }

            /// The same client, which repeats requests so ([`Limits::repeats`]).
            ///
            /// ```
            /// use kratos_traits::client::{PublicClient, Repeats};
            ///
            /// fn strict<H>(client: PublicClient<H>) -> PublicClient<H> {
            ///     client.repeats(Repeats::Never)
            /// }
            /// ```
            #[must_use]
            pub fn repeats(mut self, repeats: crate::client::Repeats) -> Self {
                self.limits.repeats = repeats;
                self
            }
        }
    };
}
pub(super) use limits_are_settable;
