//! What can be asked on behalf of a person.

use std::fmt;

use super::call::Call;
use super::public::PublicClient;
use crate::exchange::caller::Caller;
use crate::exchange::{Exchange, Mode, Native, SessionToken};

impl<H> PublicClient<H> {
    /// On behalf of the person who owns the session.
    pub fn native(&self, session: &SessionToken) -> OnBehalf<'_, H, Native> {
        self.on_behalf_of(Native::new(session.clone()))
    }

    /// On behalf of a person who proves in this mode to be logged in.
    pub fn on_behalf_of<M: Mode>(&self, mode: M) -> OnBehalf<'_, H, M> {
        OnBehalf { client: self, mode }
    }
}

/// A client, and the person on whose behalf it asks. What can be asked is the same in every
/// [`Mode`]; what a call ends in is not.
#[derive(Clone)]
#[must_use = "nothing is asked of Kratos yet"]
pub struct OnBehalf<'a, H, M> {
    pub(super) client: &'a PublicClient<H>,
    pub(super) mode: M,
}

impl<'a, H, M: Mode> OnBehalf<'a, H, M> {
    /// Asks whatever can be asked on behalf of a person.
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
