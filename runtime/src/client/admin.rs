//! The async client of the admin API.

use std::fmt;
use std::sync::Arc;

use super::blocking;
use super::call::{Core, limit_methods, schema_methods};
use crate::admin::{AdminContext, AdminOutcome, AdminUpdate, FindIdentity, Lookup, ReadIdentity};
use crate::http::{AdminToken, Error, HttpClient, InvalidUrl};
use crate::traits::document::ReadTraits;
use crate::traits::facts::IdentityTraits;
use crate::traits::raw::RawTraits;
use crate::update::access::Access;
use crate::update::updater::{SettingsUpdate, Unprivileged};

/// A client of Kratos's admin API, for applications that run beside Kratos.
///
/// The admin API can change every identity without a login of the person. Never ship its URL and token to a
/// browser or a mobile application.
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
///
/// | to | call |
/// |---|---|
/// | read an identity by its id | [`identity`](Self::identity) |
/// | find an identity by an e-mail address, user name, … | [`identity_by_identifier`](Self::identity_by_identifier) |
/// | change ordinary traits | [`edit`](Self::edit), then [`update`](Edit::update) |
/// | change identifiers and addresses too | [`edit`](Self::edit), then [`update_privileged`](Edit::update_privileged) |
///
/// [`blocking::AdminClient`](crate::blocking::AdminClient) needs no async runtime. The futures are `Send`, except
/// on wasm. Clones are cheap, and share their connections.
#[derive(Clone, Debug)]
pub struct AdminClient {
    core: Core<dyn HttpClient>,
    token: Option<AdminToken>,
    /// The id of the identity schema of types that do not know it.
    schema_id: Option<String>,
}

impl AdminClient {
    /// Creates a client of the admin API at this base URL, with reqwest; see
    /// [`Client::new`](super::Client::new).
    ///
    /// ```
    /// use kratos_traits::AdminClient;
    ///
    /// let admin = AdminClient::new("http://127.0.0.1:4434")?;
    /// # Ok::<(), kratos_traits::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// The base URL is not valid, or TLS cannot be set up.
    #[cfg(feature = "reqwest")]
    pub fn new(url: &str) -> Result<Self, Error> {
        Ok(Self::with(super::default_http_client()?, url)?)
    }

    /// Creates a client of the admin API at this base URL, with any HTTP client; see
    /// [`Client::with`](super::Client::with).
    ///
    /// ```
    /// use kratos_traits::AdminClient;
    /// use kratos_traits::client::{HttpClient, InvalidUrl};
    ///
    /// fn admin(http: impl HttpClient + 'static) -> Result<AdminClient, InvalidUrl> {
    ///     AdminClient::with(http, "http://127.0.0.1:4434")
    /// }
    /// ```
    ///
    /// # Errors
    ///
    /// The base URL is not valid.
    pub fn with(http: impl HttpClient + 'static, url: &str) -> Result<Self, InvalidUrl> {
        let http: Arc<dyn HttpClient> = Arc::new(http);
        let core = Core::new(http, url)?;
        Ok(Self {
            core,
            token: None,
            schema_id: None,
        })
    }

    limit_methods!("AdminClient");

    schema_methods!("AdminClient");

    /// Sets the token for an admin API that requires one.
    ///
    /// ```
    /// use kratos_traits::{AdminClient, AdminToken};
    ///
    /// fn with_token(admin: AdminClient, token: AdminToken) -> AdminClient {
    ///     admin.token(token)
    /// }
    /// ```
    #[must_use]
    pub fn token(mut self, token: AdminToken) -> Self {
        self.token = Some(token);
        self
    }

    /// Reads the identity with this id. `T` is the struct of the traits of one identity schema, or the enum of
    /// several.
    ///
    /// ```no_run
    /// # mod customer { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/../schemas/customer.rs")); }
    /// use customer::CustomerTraits;
    /// use kratos_traits::admin::Lookup;
    /// use kratos_traits::{AdminClient, Error};
    ///
    /// async fn exists(admin: &AdminClient, id: &str) -> Result<bool, Error> {
    ///     Ok(matches!(admin.identity::<CustomerTraits>(id).await?, Lookup::Found(_)))
    /// }
    /// ```
    ///
    /// # Errors
    ///
    /// The future fails if there is no response, or an unexpected one.
    pub fn identity<T: ReadTraits>(
        &self,
        id: &str,
    ) -> impl Future<Output = Result<Lookup<T>, Error>> {
        let read = ReadIdentity::new(self.context(), id.to_owned());
        self.core.call(read, None)
    }

    /// Finds the identity that logs in with this identifier: an e-mail address, a user name, a phone number.
    /// Kratos compares it as at login.
    ///
    /// ```no_run
    /// # mod customer { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/../schemas/customer.rs")); }
    /// use customer::CustomerTraits;
    /// use kratos_traits::admin::Lookup;
    /// use kratos_traits::{AdminClient, Error};
    ///
    /// async fn is_known(admin: &AdminClient, email: &str) -> Result<bool, Error> {
    ///     let lookup = admin.identity_by_identifier::<CustomerTraits>(email).await?;
    ///     Ok(!matches!(lookup, Lookup::NotFound))
    /// }
    /// ```
    ///
    /// # Errors
    ///
    /// The future fails if there is no response, or an unexpected one. An empty identifier is an error too,
    /// because Kratos would list all identities.
    pub fn identity_by_identifier<T: ReadTraits>(
        &self,
        identifier: &str,
    ) -> impl Future<Output = Result<Lookup<T>, Error>> {
        let find = FindIdentity::new(self.context(), identifier.to_owned());
        self.core.call(find, None)
    }

    /// An update of the traits of the identity with this id.
    ///
    /// ```
    /// use kratos_traits::AdminClient;
    ///
    /// fn example(admin: &AdminClient, id: &str) {
    ///     let edit = admin.edit(id);
    /// }
    /// ```
    pub fn edit(&self, id: &str) -> Edit<'_, Self> {
        Edit::new(self, self.context(), id)
    }

    fn context(&self) -> AdminContext {
        AdminContext {
            server: self.core.server.clone(),
            token: self.token.clone(),
            schema_id: self.schema_id.clone(),
            public: self.core.public.clone(),
        }
    }
}

/// An update of the traits of one identity, without the login of the person; [`AdminClient::edit`] and
/// [`blocking::AdminClient::edit`](crate::blocking::AdminClient::edit) return it.
///
/// It takes two requests: one reads the identity, one patches the members that change. If nothing changes,
/// the second one is not sent.
///
/// # Concurrent changes
///
/// Changes that other clients make to other traits are kept, because they are not part of the patch. (An
/// absent object counts as one trait if one of its new members has a name that begins with a digit or a
/// sign.)
///
/// Changes to the same trait are found by comparing. With [`based_on`](Self::based_on), the traits that
/// were just read are compared with those that the application has seen, and the outcome is a
/// [`Conflict`](AdminOutcome::Conflict) if both sides changed one trait. This covers the time in which
/// a person looks at a form.
///
/// A change between our two requests cannot be excluded: Kratos has no conditional write (it refuses the
/// JSON Patch operation `test`, ory/kratos#4032), so another value of the same trait that is saved in
/// this moment is overwritten. There is one exception: a trait that is removed in this moment, by itself
/// or with its object, is not restored. The server refuses to patch what does not exist, the traits are
/// read again, and the outcome is a conflict.
///
/// Kratos itself reads, patches and writes the whole identity without a transaction
/// (K-admin-6: `identity/handler.go`). Of two patches within the same milliseconds the later one can undo the other,
/// even if they change different traits, and Kratos answers both with success. (Two clients without a
/// pause undid a quarter and more of each other's saves on v1.3.1.) No request can prevent this. An
/// application that bases its next update on [`Saved::identity`](crate::settings::Saved::identity) gets a
/// [`Conflict`](AdminOutcome::Conflict) for the trait that was lost.
#[derive(Clone)]
#[must_use = "nothing is sent before a method is called"]
pub struct Edit<'a, C> {
    client: &'a C,
    context: AdminContext,
    id: String,
    base: Option<RawTraits>,
}

impl<'a, C> Edit<'a, C> {
    pub(super) fn new(client: &'a C, context: AdminContext, id: &str) -> Self {
        Self {
            client,
            context,
            id: id.to_owned(),
            base: None,
        }
    }

    /// Sets the traits that the update was made on, as the application has read them before. If one of
    /// the traits that the update changes has changed since then, the outcome is a
    /// [`Conflict`](AdminOutcome::Conflict).
    ///
    /// ```no_run
    /// # use kratos_traits::{AdminClient, Error, IdentityTraits, RawTraits};
    /// use kratos_traits::Unprivileged;
    ///
    /// # async fn example<U: Unprivileged<Traits: IdentityTraits>>(
    /// #     admin: &AdminClient, id: &str, displayed: &RawTraits, update: &U,
    /// # ) -> Result<(), Error> {
    /// let outcome = admin.edit(id).based_on(displayed).update(update).await?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn based_on(mut self, base: &RawTraits) -> Self {
        self.base = Some(base.clone());
        self
    }

    fn change<U>(self, update: &U, access: Access) -> (&'a C, AdminUpdate<U::Traits>)
    where
        U: SettingsUpdate<Traits: IdentityTraits>,
    {
        let update = AdminUpdate::new(self.context, self.id, update.patch(), access, self.base);
        (self.client, update)
    }
}

/// With the async client.
impl<'a> Edit<'a, AdminClient> {
    /// Changes the ordinary traits in `update`, and no others. Identifiers and addresses do not compile:
    ///
    /// ```compile_fail,E0277
    /// # mod customer { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/../schemas/customer.rs")); }
    /// # use customer::CustomerTraits;
    /// # use kratos_traits::{AdminClient, SettingsUpdate};
    /// #[derive(SettingsUpdate)]
    /// #[kratos(traits = CustomerTraits, privileged)]
    /// struct ChangeEmail {
    ///     email: String,
    /// }
    ///
    /// fn save(admin: &AdminClient, id: &str, change: &ChangeEmail) {
    ///     let _ = admin.edit(id).update(change);
    /// }
    /// ```
    ///
    /// # Errors
    ///
    /// The future fails if there is no response, or an unexpected one;
    /// [`Error::may_have_been_saved`] tells whether the change may be saved.
    pub fn update<U>(
        self,
        update: &U,
    ) -> impl Future<Output = Result<AdminOutcome<U::Traits>, Error>> + use<'a, U>
    where
        U: Unprivileged<Traits: IdentityTraits>,
    {
        let (client, update) = self.change(update, Access::Ordinary);
        client.core.call(update, None)
    }

    /// Changes the traits in `update`, including identifiers and addresses, for the tools of a support team.
    ///
    /// Kratos requires no login, so the application must authorize the caller. The person is not notified,
    /// and a changed address is not verified.
    ///
    /// ```
    /// # mod customer { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/../schemas/customer.rs")); }
    /// # use customer::CustomerTraits;
    /// # use kratos_traits::{AdminClient, SettingsUpdate};
    /// #[derive(SettingsUpdate)]
    /// #[kratos(traits = CustomerTraits, privileged)]
    /// struct ChangeEmail {
    ///     email: String,
    /// }
    ///
    /// fn save(admin: &AdminClient, id: &str, change: &ChangeEmail) {
    ///     let _ = admin.edit(id).update_privileged(change);
    /// }
    /// ```
    ///
    /// # Errors
    ///
    /// As for [`update`](#method.update).
    pub fn update_privileged<U>(
        self,
        update: &U,
    ) -> impl Future<Output = Result<AdminOutcome<U::Traits>, Error>> + use<'a, U>
    where
        U: SettingsUpdate<Traits: IdentityTraits>,
    {
        let (client, update) = self.change(update, Access::All);
        client.core.call(update, None)
    }
}

/// With the blocking client.
impl Edit<'_, blocking::AdminClient> {
    /// Changes the ordinary traits in `update`, and no others. Identifiers and addresses do not compile.
    ///
    /// ```no_run
    /// # use kratos_traits::{Error, IdentityTraits};
    /// use kratos_traits::{Unprivileged, blocking};
    ///
    /// # fn example<U: Unprivileged<Traits: IdentityTraits>>(
    /// #     admin: &blocking::AdminClient, id: &str, update: &U,
    /// # ) -> Result<(), Error> {
    /// let outcome = admin.edit(id).update(update)?;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// There is no response, or an unexpected one; [`Error::may_have_been_saved`] tells whether the change may
    /// be saved.
    pub fn update<U>(self, update: &U) -> Result<AdminOutcome<U::Traits>, Error>
    where
        U: Unprivileged<Traits: IdentityTraits>,
    {
        let (client, update) = self.change(update, Access::Ordinary);
        client.core.call(update, None)
    }

    /// Changes the traits in `update`, including identifiers and addresses, for the tools of a support team;
    /// see the method of the async client.
    ///
    /// ```no_run
    /// # use kratos_traits::{Error, IdentityTraits};
    /// use kratos_traits::{SettingsUpdate, blocking};
    ///
    /// # fn example<U: SettingsUpdate<Traits: IdentityTraits>>(
    /// #     admin: &blocking::AdminClient, id: &str, update: &U,
    /// # ) -> Result<(), Error> {
    /// let outcome = admin.edit(id).update_privileged(update)?;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// As for [`update`](#method.update-1).
    pub fn update_privileged<U>(self, update: &U) -> Result<AdminOutcome<U::Traits>, Error>
    where
        U: SettingsUpdate<Traits: IdentityTraits>,
    {
        let (client, update) = self.change(update, Access::All);
        client.core.call(update, None)
    }
}

impl<C> fmt::Debug for Edit<'_, C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Edit")
            .field("id", &self.id)
            .finish_non_exhaustive()
    }
}
