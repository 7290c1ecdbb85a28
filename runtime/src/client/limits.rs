//! How long a request may take, and how large an answer may be.

use std::time::Duration;

/// What one request may cost.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Limits {
    /// How long one request may take, its answer included: 60 seconds if not set, for Kratos itself
    /// waits 30 for a web hook.
    pub timeout: Duration,
    /// How many bytes the body of an answer may have: 8 MiB if not set, which no answer of Kratos
    /// comes near.
    pub answer_bytes: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            timeout: Duration::from_secs(60),
            answer_bytes: 8 * 1024 * 1024,
        }
    }
}
