//! The serialized form of a pending change.

use std::fmt;

use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use super::pending::Pending;
use crate::http::flow::FlowId;
use crate::traits::facts::IdentityTraits;
use crate::traits::raw::RawTraits;
use crate::update::access::Access;
use crate::update::patch::{Entry, Patch};

/// A pending change as plain text, to be stored with serde: the new values, the values that they replace,
/// and the id of the identity.
///
/// Whoever can write the stored text can change every trait that updaters may change, and can remove the
/// guards. Store it where only the application can write; elsewhere (in a cookie, in a form) use
/// [`Pending::seal`].
///
/// `Debug` shows no values.
#[derive(Serialize, Deserialize)]
pub struct PendingData {
    version: u32,
    schema: u64,
    patch: Vec<Entry>,
    #[serde(default)]
    base: Option<Box<RawValue>>,
    #[serde(default)]
    person: Option<String>,
    #[serde(default)]
    flow: Option<String>,
    #[serde(default)]
    redirect_browser_to: Option<String>,
}

const VERSION: u32 = 1;

/// A pending change cannot be stored, or a stored one cannot be resumed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum PendingError {
    /// Another version of this crate stored it.
    #[error("another version of kratos-traits stored the pending change")]
    OtherVersion,
    /// It was made for another schema, or for another version of this schema.
    #[error("the pending change is for another identity schema, or another version of this one")]
    OtherSchema,
    /// It changes a trait that updaters must not change.
    #[error("the pending change is of a trait that updaters must not change")]
    Denied,
    /// It was not sealed with this key, or was changed since then.
    #[error("the text was not sealed with this key, or was changed since then")]
    NotSealed,
    /// The sealed change has expired.
    #[error("the sealed change has expired")]
    Expired,
    /// The change is too large to be sealed.
    #[error("the pending change is too large to be sealed")]
    TooLarge,
    /// The operating system provides no random numbers; its error code, if it has one.
    #[error("the operating system provides no random numbers (error code {0:?})")]
    NoRandomNumbers(Option<i32>),
}

impl<T: IdentityTraits> Pending<T> {
    /// The change with all its values, for serde.
    ///
    /// ```
    /// # mod customer { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/../schemas/customer.rs")); }
    /// # use customer::CustomerTraits;
    /// use kratos_traits::Pending;
    /// use kratos_traits::settings::PendingData;
    ///
    /// fn store(pending: &Pending<CustomerTraits>) -> serde_json::Result<String> {
    ///     serde_json::to_string(&pending.to_plaintext())
    /// }
    ///
    /// fn read(text: &str) -> Result<Pending<CustomerTraits>, Box<dyn std::error::Error>> {
    ///     let stored: PendingData = serde_json::from_str(text)?;
    ///     Ok(Pending::try_from(stored)?)
    /// }
    /// ```
    pub fn to_plaintext(&self) -> PendingData {
        let flow = self.replacement.as_ref();
        PendingData {
            version: VERSION,
            schema: T::schema().fingerprint,
            patch: self.patch.entries().to_vec(),
            base: self.base.as_ref().map(|base| base.raw().to_owned()),
            person: self.person.clone(),
            flow: flow.map(|flow| flow.as_str().to_owned()),
            redirect_browser_to: self.redirect_browser_to.clone(),
        }
    }
}

impl<T: IdentityTraits> TryFrom<PendingData> for Pending<T> {
    type Error = PendingError;

    fn try_from(stored: PendingData) -> Result<Self, PendingError> {
        if stored.version != VERSION {
            return Err(PendingError::OtherVersion);
        }
        if stored.schema != T::schema().fingerprint {
            return Err(PendingError::OtherSchema);
        }
        let base = stored.base.as_deref().map(RawTraits::try_from);
        Ok(Self {
            patch: Patch::from_stored(stored.patch).ok_or(PendingError::Denied)?,
            access: Access::All,
            base: base.transpose().map_err(|_| PendingError::OtherVersion)?,
            person: stored.person,
            replacement: stored.flow.and_then(FlowId::new),
            redirect_browser_to: stored.redirect_browser_to,
        })
    }
}

impl fmt::Debug for PendingData {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PendingData").finish_non_exhaustive()
    }
}
