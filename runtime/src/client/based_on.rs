//! The guard against lost updates, for a client of the settings flow.

use super::settings::Settings;
use crate::traits::raw::RawTraits;

impl<H, M> Settings<'_, H, M> {
    /// Guards the next update against lost updates. `base` is the traits document that the update was
    /// made on; see [`Update::based_on`](crate::flow::Update::based_on).
    ///
    /// ```
    /// # #[cfg(feature = "reqwest")]
    /// # mod app {
    /// # mod customer { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/../schemas/customer.rs")); }
    /// # use customer::CustomerTraits;
    /// # use kratos_traits::{Client, Error, Outcome, RawTraits, SessionToken, SettingsUpdate};
    /// # async fn save(
    /// #     client: &Client,
    /// #     session: &SessionToken,
    /// #     form: &impl SettingsUpdate<Traits = CustomerTraits>,
    /// #     shown: &RawTraits,
    /// # ) -> Result<(), Error> {
    /// let settings = client.settings(session).based_on(shown);
    /// match settings.update(form).await? {
    ///     Outcome::Conflict(conflict) => {
    ///         for one in &conflict.traits {
    ///             println!("{} was changed meanwhile", one.path);
    ///         }
    ///         // The person decides; here, for their own values:
    ///         let _ = client.settings(session).resume(conflict.overwrite()).await?;
    ///     }
    ///     other => println!("{}", other.name()),
    /// }
    /// # Ok(())
    /// # }
    /// # }
    /// ```
    pub fn based_on(mut self, base: &RawTraits) -> Self {
        self.base = Some(base.clone());
        self
    }
}
