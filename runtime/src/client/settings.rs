//! The settings of a person.

use std::fmt;
use std::time::SystemTime;

use super::{Client, blocking};
use crate::forecast::{Forecast, ForecastRequest, ServerFacts};
use crate::http::{BrowserCookies, Context, Error};
use crate::settings::{Outcome, Pending, Update};
use crate::traits::facts::IdentityTraits;
use crate::traits::raw::RawTraits;
use crate::update::updater::SettingsUpdate;

/// The settings of one person; [`Client::settings`] and
/// [`blocking::Client::settings`](crate::blocking::Client::settings) return it.
///
/// # What happens when two clients save
///
/// Kratos replaces all traits with those that it receives, and has no locks. An update therefore reads the
/// current traits first, and changes only what it contains. What another client has saved before is kept,
/// and with [`based_on`](Self::based_on) also compared. What another client saves *between* our two
/// requests is overwritten, and vice versa.
///
/// This can be seen afterwards: [`Saved::differences`](crate::settings::Saved::differences) if it happened
/// before the response was written; otherwise the next update based on the last saved traits is a
/// [`Conflict`](crate::Outcome::Conflict) if it changes the lost trait. The
/// [admin API](super::AdminClient::edit) narrows the gap, because it receives only what changes.
#[must_use = "nothing is sent before a method is called"]
pub struct Settings<'a, C> {
    client: &'a C,
    context: Context,
    cookies: Option<&'a mut BrowserCookies>,
    /// The traits that an update is based on.
    base: Option<RawTraits>,
}

impl<'a, C> Settings<'a, C> {
    pub(super) fn new(
        client: &'a C,
        (context, cookies): (Context, Option<&'a mut BrowserCookies>),
    ) -> Self {
        Self {
            client,
            context,
            cookies,
            base: None,
        }
    }

    /// Prevents lost updates: `base` are the traits that the update was made on, such as those that
    /// filled the form.
    ///
    /// Before the submit they are compared with the current traits. What another client has changed in other
    /// traits is kept, in objects member by member; if both sides changed one trait to different values, the
    /// outcome is a [`Conflict`](crate::Outcome::Conflict). Values of the update that are equal to those of
    /// the base are not part of the change, so a form can be submitted as a whole. No further request is
    /// needed.
    ///
    /// ```
    /// # mod customer { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/../schemas/customer.rs")); }
    /// # use customer::CustomerTraits;
    /// # use kratos_traits::{Client, Error, Outcome, RawTraits, SessionToken, SettingsUpdate};
    /// # async fn save(
    /// #     client: &Client,
    /// #     session: &SessionToken,
    /// #     form: &impl SettingsUpdate<Traits = CustomerTraits>,
    /// #     displayed: &RawTraits,
    /// # ) -> Result<(), Error> {
    /// let settings = client.settings(session).based_on(displayed);
    /// match settings.update(form).await? {
    ///     Outcome::Conflict(conflict) => {
    ///         for one in &conflict.traits {
    ///             println!("{} was changed meanwhile", one.path);
    ///         }
    ///         // The person decides; here for their own values:
    ///         let _ = client.settings(session).resume(conflict.overwrite()).await?;
    ///     }
    ///     other => println!("{}", other.name()),
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub fn based_on(mut self, base: &RawTraits) -> Self {
        self.base = Some(base.clone());
        self
    }

    fn change<T: IdentityTraits>(
        self,
        pending: Pending<T>,
    ) -> (&'a C, Update<T>, Option<&'a mut BrowserCookies>) {
        let pending = match &self.base {
            Some(base) => pending.based_on(base),
            None => pending,
        };
        (
            self.client,
            Update::new(self.context, pending),
            self.cookies,
        )
    }
}

/// With the async client.
impl<'a> Settings<'a, Client> {
    /// Changes the traits in `update`, and no others. One request reads the current traits; if something
    /// changes, a second one submits them.
    ///
    /// ```no_run
    /// # mod customer { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/../schemas/customer.rs")); }
    /// # use kratos_traits::{Client, Error, Outcome, SessionToken, SettingsUpdate};
    /// #[derive(SettingsUpdate)]
    /// #[kratos(traits = customer::CustomerTraits)]
    /// struct Rename {
    ///     nickname: String,
    /// }
    ///
    /// # async fn example(client: &Client, session: &SessionToken) -> Result<(), Error> {
    /// let rename = Rename { nickname: "Countess".to_owned() };
    /// let outcome = client.settings(session).update(&rename).await?;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// The future fails if there is no response, or an unexpected one;
    /// [`Error::may_have_been_saved`] tells whether the change may be saved.
    pub fn update<U: SettingsUpdate<Traits: IdentityTraits>>(
        self,
        update: &U,
    ) -> impl Future<Output = Result<Outcome<U::Traits>, Error>> + use<'a, U> {
        self.resume(Pending::of(update.patch()))
    }

    /// Sends a pending change again, usually after a login. It needs a session of the same identity, and
    /// does not overwrite what another client has saved meanwhile; see [`Pending`].
    ///
    /// ```no_run
    /// # mod customer { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/../schemas/customer.rs")); }
    /// # use customer::CustomerTraits;
    /// # use kratos_traits::{Client, Error, Pending, SessionToken};
    /// # async fn example(
    /// #     client: &Client, session: &SessionToken, pending: Pending<CustomerTraits>,
    /// # ) -> Result<(), Error> {
    /// let outcome = client.settings(session).resume(pending).await?;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// As for [`update`](#method.update).
    pub fn resume<T: IdentityTraits>(
        self,
        pending: Pending<T>,
    ) -> impl Future<Output = Result<Outcome<T>, Error>> + use<'a, T> {
        let (client, update, cookies) = self.change(pending);
        client.core.call(update, cookies)
    }

    /// Predicts whether the update needs a fresh login if it is sent at the time `now`; see
    /// [`forecast`](crate::forecast). One request reads the session; nothing is changed.
    ///
    /// `now` is usually `SystemTime::now()`, which is not available in a browser (wasm).
    ///
    /// ```no_run
    /// # use kratos_traits::{Client, Error, IdentityTraits, SessionToken, SettingsUpdate};
    /// use std::time::{Duration, SystemTime};
    ///
    /// use kratos_traits::forecast::{Forecast, FreshLogin, ServerFacts};
    ///
    /// # async fn example<U: SettingsUpdate<Traits: IdentityTraits>>(
    /// #     client: &Client, session: &SessionToken, change: &U,
    /// # ) -> Result<bool, Error> {
    /// let server = ServerFacts::new(Duration::from_secs(15 * 60)).version("v26.2.0");
    /// let settings = client.settings(session);
    /// let forecast = settings.forecast(change, &server, SystemTime::now()).await?;
    /// Ok(matches!(forecast, Forecast::FreshLogin(FreshLogin::No)))
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// The future fails if there is no response, or an unexpected one.
    pub fn forecast<U: SettingsUpdate<Traits: IdentityTraits>>(
        self,
        update: &U,
        server: &ServerFacts,
        now: SystemTime,
    ) -> impl Future<Output = Result<Forecast, Error>> + use<'a, U> {
        let request = ForecastRequest::new(self.context, update.patch(), *server, now);
        self.client.core.call(request, self.cookies)
    }
}

/// With the blocking client.
impl Settings<'_, blocking::Client> {
    /// Changes the traits in `update`, and no others. One request reads the current traits; if something
    /// changes, a second one submits them.
    ///
    /// ```no_run
    /// # mod customer { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/../schemas/customer.rs")); }
    /// # use kratos_traits::{Error, SessionToken, SettingsUpdate, blocking};
    /// #[derive(SettingsUpdate)]
    /// #[kratos(traits = customer::CustomerTraits)]
    /// struct Rename {
    ///     nickname: String,
    /// }
    ///
    /// # fn example(client: &blocking::Client, session: &SessionToken) -> Result<(), Error> {
    /// let rename = Rename { nickname: "Countess".to_owned() };
    /// let outcome = client.settings(session).update(&rename)?;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// There is no response, or an unexpected one; [`Error::may_have_been_saved`] tells whether the change may
    /// be saved.
    pub fn update<U: SettingsUpdate<Traits: IdentityTraits>>(
        self,
        update: &U,
    ) -> Result<Outcome<U::Traits>, Error> {
        self.resume(Pending::of(update.patch()))
    }

    /// Sends a pending change again, usually after a login. It needs a session of the same identity, and
    /// does not overwrite what another client has saved meanwhile; see [`Pending`].
    ///
    /// ```no_run
    /// # mod customer { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/../schemas/customer.rs")); }
    /// # use customer::CustomerTraits;
    /// # use kratos_traits::{Error, Pending, SessionToken, blocking};
    /// # fn example(
    /// #     client: &blocking::Client, session: &SessionToken, pending: Pending<CustomerTraits>,
    /// # ) -> Result<(), Error> {
    /// let outcome = client.settings(session).resume(pending)?;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// As for [`update`](#method.update-1).
    pub fn resume<T: IdentityTraits>(self, pending: Pending<T>) -> Result<Outcome<T>, Error> {
        let (client, update, cookies) = self.change(pending);
        client.core.call(update, cookies)
    }

    /// Predicts whether the update needs a fresh login if it is sent at the time `now`; see
    /// [`forecast`](crate::forecast). One request reads the session; nothing is changed.
    ///
    /// ```no_run
    /// # use kratos_traits::{Error, IdentityTraits, SessionToken, SettingsUpdate, blocking};
    /// use std::time::{Duration, SystemTime};
    ///
    /// use kratos_traits::forecast::{Forecast, FreshLogin, ServerFacts};
    ///
    /// # fn example<U: SettingsUpdate<Traits: IdentityTraits>>(
    /// #     client: &blocking::Client, session: &SessionToken, change: &U,
    /// # ) -> Result<bool, Error> {
    /// let server = ServerFacts::new(Duration::from_secs(15 * 60)).version("v26.2.0");
    /// let forecast = client.settings(session).forecast(change, &server, SystemTime::now())?;
    /// Ok(matches!(forecast, Forecast::FreshLogin(FreshLogin::No)))
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// There is no response, or an unexpected one.
    pub fn forecast<U: SettingsUpdate<Traits: IdentityTraits>>(
        self,
        update: &U,
        server: &ServerFacts,
        now: SystemTime,
    ) -> Result<Forecast, Error> {
        let request = ForecastRequest::new(self.context, update.patch(), *server, now);
        self.client.core.call(request, self.cookies)
    }
}

impl<C> fmt::Debug for Settings<'_, C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Settings").finish_non_exhaustive()
    }
}
