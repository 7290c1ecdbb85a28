//! The client of Kratos's admin API.

use std::fmt;

use super::call::Call;
use super::limits::{Limits, limits_are_settable};
use crate::admin::{AdminCaller, AdminUpdate, FindIdentity, ReadIdentity};
use crate::http::{AdminToken, AdminUrl};
use crate::traits::document::ReadTraits;
use crate::traits::facts::IdentityTraits;
use crate::traits::raw::RawTraits;
use crate::update::updater::{SettingsUpdate, Unprivileged};

/// A client of Kratos's admin API, over any HTTP client. Cheap to clone if the HTTP client is.
///
/// The admin API can change every identity without a login. This client is for applications that run
/// beside Kratos; never ship the URL and the token to a browser or a mobile application.
#[derive(Clone)]
pub struct AdminApiClient<H> {
    http: H,
    caller: AdminCaller,
    limits: Limits,
}

impl<H> fmt::Debug for AdminApiClient<H> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AdminApiClient")
            .field("server", &self.caller.server)
            .field("limits", &self.limits)
            .finish_non_exhaustive()
    }
}

impl<H> AdminApiClient<H> {
    /// Creates a client of the admin API at `server`.
    pub fn with(http: H, server: AdminUrl) -> Self {
        Self {
            http,
            caller: AdminCaller::new(server),
            limits: Limits::default(),
        }
    }

    /// Sets the token for an admin API that requires one.
    #[must_use]
    pub fn token(mut self, token: AdminToken) -> Self {
        self.caller.token = Some(token);
        self
    }

    /// Reads the identity with this id. `T` is the struct of the traits of one identity schema, or the
    /// enum over those of several.
    pub fn identity<T: ReadTraits>(&self, id: &str) -> Call<'_, H, ReadIdentity<T>> {
        self.call(ReadIdentity::start(self.caller.clone(), id.to_owned()))
    }

    /// Finds the identity that logs in with this identifier: an e-mail address, a user name, a phone
    /// number.
    pub fn identity_by_identifier<T: ReadTraits>(
        &self,
        identifier: &str,
    ) -> Call<'_, H, FindIdentity<T>> {
        let identifier = identifier.to_owned();
        self.call(FindIdentity::start(self.caller.clone(), identifier))
    }

    /// Starts an update of the traits of the identity with this id.
    pub fn edit(&self, id: &str) -> Edit<'_, H> {
        Edit {
            client: self,
            id: id.to_owned(),
            base: None,
        }
    }

    fn call<X>(&self, first: X) -> Call<'_, H, X> {
        Call {
            http: &self.http,
            limits: self.limits,
            first,
        }
    }
}

limits_are_settable!(AdminApiClient);

/// Changes the traits of one identity, without the login of the person.
///
/// ```no_run
/// # #[cfg(feature = "reqwest")]
/// # mod app {
/// # mod customer { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/../schemas/customer.rs")); }
/// use customer::CustomerTraits;
/// use kratos_traits::{AdminClient, AdminOutcome, Error, SettingsUpdate};
///
/// #[derive(SettingsUpdate)]
/// #[kratos(traits = CustomerTraits)]
/// struct Subscribe {
///     newsletter: bool,
/// }
///
/// async fn subscribe(admin: &AdminClient, id: &str) -> Result<bool, Error> {
///     match admin.edit(id).update(&Subscribe { newsletter: true }).await? {
///         AdminOutcome::Saved(_) => Ok(true),
///         other => {
///             println!("not saved: {}", other.name());
///             Ok(false)
///         }
///     }
/// }
/// # }
/// ```
#[derive(Clone)]
#[must_use = "nothing is changed before an update is sent"]
pub struct Edit<'a, H> {
    client: &'a AdminApiClient<H>,
    id: String,
    base: Option<RawTraits>,
}

impl<H> fmt::Debug for Edit<'_, H> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Edit")
            .field("id", &self.id)
            .finish_non_exhaustive()
    }
}

impl<'a, H> Edit<'a, H> {
    /// Sets the traits that the update was made on, as the application has read them before. If one of
    /// the traits that the update changes has changed since then, the outcome is a
    /// [`Conflict`](crate::AdminOutcome::Conflict). See [`AdminUpdate`] for what this covers.
    pub fn based_on(mut self, base: &RawTraits) -> Self {
        self.base = Some(base.clone());
        self
    }

    /// Changes the ordinary traits that `update` names, and no others, with two requests.
    ///
    /// An updater of identifiers or addresses does not compile:
    ///
    /// ```compile_fail,E0277
    /// # mod customer { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/../schemas/customer.rs")); }
    /// # use customer::CustomerTraits;
    /// # use kratos_traits::{SettingsUpdate, client::AdminApiClient};
    /// #[derive(SettingsUpdate)]
    /// #[kratos(traits = CustomerTraits, privileged)]
    /// struct ChangeEmail {
    ///     email: String,
    /// }
    ///
    /// fn save<H>(admin: &AdminApiClient<H>, id: &str, change: &ChangeEmail) {
    ///     let _call = admin.edit(id).update(change);
    /// }
    /// ```
    pub fn update<U>(self, update: &U) -> Call<'a, H, AdminUpdate<U::Traits>>
    where
        U: Unprivileged<Traits: IdentityTraits>,
    {
        self.save(update)
    }

    /// Changes the traits that `update` names, including identifiers and addresses, for the tools of a
    /// support team.
    ///
    /// Kratos asks for no login, so the application must authorize the caller. The person is not
    /// notified, and a changed address is not verified.
    ///
    /// ```
    /// # mod customer { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/../schemas/customer.rs")); }
    /// # use customer::CustomerTraits;
    /// # use kratos_traits::{SettingsUpdate, client::AdminApiClient};
    /// #[derive(SettingsUpdate)]
    /// #[kratos(traits = CustomerTraits, privileged)]
    /// struct ChangeEmail {
    ///     email: String,
    /// }
    ///
    /// fn save<H>(admin: &AdminApiClient<H>, id: &str, change: &ChangeEmail) {
    ///     let _call = admin.edit(id).update_privileged(change);
    /// }
    /// ```
    pub fn update_privileged<U>(self, update: &U) -> Call<'a, H, AdminUpdate<U::Traits>>
    where
        U: SettingsUpdate<Traits: IdentityTraits>,
    {
        self.save(update)
    }

    fn save<U>(self, update: &U) -> Call<'a, H, AdminUpdate<U::Traits>>
    where
        U: SettingsUpdate<Traits: IdentityTraits>,
    {
        let caller = self.client.caller.clone();
        let update = AdminUpdate::start(caller, self.id, update.patch());
        self.client.call(update.on(self.base))
    }
}
