//! Predicts whether an update will need a fresh login.

use std::time::SystemTime;

use super::call::Call;
use super::settings::Settings;
use crate::forecast::{Forecast, ServerFacts};
use crate::http::Mode;
use crate::traits::facts::IdentityTraits;
use crate::update::updater::SettingsUpdate;

impl<'a, H, M: Mode> Settings<'a, H, M> {
    /// Predicts whether the update will need a fresh login if it is sent at the time `now`; see
    /// [`forecast`](crate::forecast). One request (`whoami`), which changes nothing.
    ///
    /// `now` is usually `SystemTime::now()`, which is not available in a browser (wasm).
    pub fn forecast<U: SettingsUpdate<Traits: IdentityTraits>>(
        self,
        update: &U,
        server: &ServerFacts,
        now: SystemTime,
    ) -> Call<'a, H, M::Chain<Forecast<U::Traits>>> {
        let (patch, server) = (update.patch(), *server);
        self.person
            .call(move |caller| Forecast::start(caller, patch, server, now))
    }
}
