//! The settings of a person, for a client.

use std::fmt;

use super::call::Call;
use super::on_behalf::OnBehalf;
use super::public::PublicClient;
use crate::http::{Mode, Native, SessionToken};
use crate::settings::{Pending, Update};
use crate::traits::facts::IdentityTraits;
use crate::traits::raw::RawTraits;
use crate::update::updater::SettingsUpdate;

impl<H> PublicClient<H> {
    /// The settings of the person who owns the session.
    pub fn settings(&self, session: &SessionToken) -> Settings<'_, H> {
        self.native(session).settings()
    }
}

impl<'a, H, M: Mode> OnBehalf<'a, H, M> {
    /// The settings of the person.
    pub fn settings(self) -> Settings<'a, H, M> {
        Settings {
            person: self,
            base: None,
        }
    }
}

/// The settings of one person.
#[derive(Clone)]
#[must_use = "nothing is sent before a method is called"]
pub struct Settings<'a, H, M = Native> {
    pub(super) person: OnBehalf<'a, H, M>,
    /// The traits that an update is based on.
    pub(super) base: Option<RawTraits>,
}

impl<H, M> fmt::Debug for Settings<'_, H, M> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Settings").finish_non_exhaustive()
    }
}

impl<'a, H, M: Mode> Settings<'a, H, M> {
    /// Changes the traits that `update` names, and no others. One request reads the current traits; if
    /// something changes, a second one submits them.
    pub fn update<U: SettingsUpdate<Traits: IdentityTraits>>(
        self,
        update: &U,
    ) -> Call<'a, H, M::Chain<Update<U::Traits>>> {
        self.start(Pending::of(update.patch()))
    }

    /// Sends a pending change again after the login that it waited for. It needs a session of the same
    /// person, and does not overwrite what another client has saved meanwhile: see [`Pending`].
    pub fn resume<T: IdentityTraits>(
        self,
        pending: Pending<T>,
    ) -> Call<'a, H, M::Chain<Update<T>>> {
        self.start(pending)
    }

    fn start<T: IdentityTraits>(self, wanted: Pending<T>) -> Call<'a, H, M::Chain<Update<T>>> {
        let wanted = match &self.base {
            Some(base) => wanted.based_on(base),
            None => wanted,
        };
        self.person.call(|caller| Update::start(caller, wanted))
    }
}
