//! What can be asked of Kratos's admin API.

use std::fmt;

use super::call::Call;
use super::limits::{Limits, limits_are_settable};
use crate::admin::{AdminCaller, AdminUpdate, Demand, FindIdentity, Knowledge, ReadIdentity};
use crate::exchange::{AdminToken, AdminUrl};
use crate::traits::facts::IdentityTraits;
use crate::traits::raw::RawTraits;
use crate::traits::schemas::ReadTraits;
use crate::update::updater::{SettingsUpdate, Unprivileged};

/// A client of Kratos's admin API, over any HTTP client. Cheap to clone where that is.
///
/// The admin API lets whoever reaches it change everything of everybody: this is for applications that
/// run beside Kratos, and its URL and token belong into no browser and no mobile application.
#[derive(Clone)]
pub struct AdminApiClient<H> {
    http: H,
    caller: AdminCaller,
    limits: Limits,
    knowledge: Knowledge,
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
    /// A client of the Kratos whose admin API is at `server`.
    pub fn with(http: H, server: AdminUrl) -> Self {
        Self {
            http,
            caller: AdminCaller::new(server),
            limits: Limits::default(),
            knowledge: Knowledge::default(),
        }
    }

    /// The same client, for an admin API that asks for a token.
    #[must_use]
    pub fn token(mut self, token: AdminToken) -> Self {
        self.caller.token = Some(token);
        self
    }

    /// Reads the person whose identity has this id, with the traits as `T`: the struct of one identity
    /// schema, or the enum over those of several.
    pub fn identity<T: ReadTraits>(&self, id: &str) -> Call<'_, H, ReadIdentity<T>> {
        self.call(ReadIdentity::start(self.caller.clone(), id.to_owned()))
    }

    /// Finds who logs in with this identifier: an e-mail address, a user name, a phone number.
    pub fn identity_by_identifier<T: ReadTraits>(
        &self,
        identifier: &str,
    ) -> Call<'_, H, FindIdentity<T>> {
        let identifier = identifier.to_owned();
        self.call(FindIdentity::start(self.caller.clone(), identifier))
    }

    /// The traits of the person whose identity has this id, to be changed.
    pub fn edit(&self, id: &str) -> Edit<'_, H> {
        Edit {
            client: self,
            id: id.to_owned(),
            base: None,
            demand: Demand::Somebody,
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

/// The traits of one person, to be changed without their login.
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
    demand: Demand,
}

impl<H> fmt::Debug for Edit<'_, H> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Edit")
            .field("id", &self.id)
            .finish_non_exhaustive()
    }
}

impl<'a, H> Edit<'a, H> {
    /// The traits that the update was made on, as the application has read them before:
    /// [`AdminUpdate::based_on`].
    pub fn based_on(mut self, base: &RawTraits) -> Self {
        self.base = Some(base.clone());
        self
    }

    /// Saves only if the server itself compares the old values of what changes:
    /// [`AdminUpdate::only_if_compared`].
    pub fn only_if_compared(mut self) -> Self {
        self.demand = Demand::Server;
        self
    }

    /// Changes the ordinary traits that `update` names, and no other.
    ///
    /// An updater of identifiers or addresses does not compile here:
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

    /// Changes the traits that `update` names, identifiers and addresses too: for the tools of a support
    /// team.
    ///
    /// No login is asked for, so it is the application that must know who asks. The person is told
    /// nothing, and a changed address is not verified.
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
        let update = AdminUpdate::start(caller, self.id, update.patch())
            .knowing(self.client.knowledge.clone())
            .on(self.base, self.demand);
        self.client.call(update)
    }
}
