//! Requests on behalf of a person, for a client.

use std::fmt;

use super::call::Call;
use super::public::PublicClient;
use crate::http::auth::Caller;
use crate::http::{Exchange, Mode, Native, SessionToken};

impl<H> PublicClient<H> {
    /// Acts on behalf of the person who owns the session.
    pub fn native(&self, session: &SessionToken) -> OnBehalf<'_, H, Native> {
        self.on_behalf_of(Native::new(session.clone()))
    }

    /// Acts on behalf of the person whom `mode` authenticates.
    pub fn on_behalf_of<M: Mode>(&self, mode: M) -> OnBehalf<'_, H, M> {
        OnBehalf { client: self, mode }
    }
}

/// A client that acts on behalf of one person. The methods are the same in every [`Mode`]; the result
/// type of a call depends on it.
#[derive(Clone)]
#[must_use = "nothing is sent before a method is called"]
pub struct OnBehalf<'a, H, M> {
    pub(super) client: &'a PublicClient<H>,
    pub(super) mode: M,
}

impl<'a, H, M: Mode> OnBehalf<'a, H, M> {
    /// Starts a call on behalf of the person.
    pub(super) fn call<X: Exchange>(
        self,
        first: impl FnOnce(Caller) -> X,
    ) -> Call<'a, H, M::Chain<X>> {
        let server = self.client.server.clone();
        self.client.call(self.mode.start(server, first))
    }
}

impl<H, M> fmt::Debug for OnBehalf<'_, H, M> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("OnBehalf").finish_non_exhaustive()
    }
}
