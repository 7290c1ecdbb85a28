//! What can be asked of Kratos's public API.

use std::fmt;

use super::call::Call;
use super::limits::{Limits, limits_are_settable};
use crate::http::PublicUrl;

/// A client of Kratos's public API, over any HTTP client. Cheap to clone where that is.
#[derive(Clone)]
pub struct PublicClient<H> {
    http: H,
    pub(super) server: PublicUrl,
    limits: Limits,
}

impl<H> fmt::Debug for PublicClient<H> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PublicClient")
            .field("server", &self.server)
            .field("limits", &self.limits)
            .finish_non_exhaustive()
    }
}

impl<H> PublicClient<H> {
    /// A client of the Kratos whose public API is at `server`.
    pub fn with(http: H, server: PublicUrl) -> Self {
        Self {
            http,
            server,
            limits: Limits::default(),
        }
    }

    pub(super) fn call<X>(&self, first: X) -> Call<'_, H, X> {
        Call {
            http: &self.http,
            limits: self.limits,
            first,
        }
    }
}

limits_are_settable!(PublicClient);
