//! A pending change in a form that can be stored, its values in clear.

use std::fmt;

use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use super::pending::Pending;
use crate::http::flow::FlowId;
use crate::traits::facts::IdentityTraits;
use crate::traits::raw::RawTraits;
use crate::update::patch::{Entry, Patch};

/// A pending change in clear, to be stored with serde: the values that the person typed, those that they
/// replace, and the id of the identity.
///
/// Whoever can change the stored form can change any trait that updaters may change, and can drop the
/// guards: keep it where the application alone writes. Elsewhere (a cookie, a form) it is
/// [sealed](Pending::seal).
///
/// `Debug` shows no value.
#[derive(Serialize, Deserialize)]
pub struct InClear {
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

/// Why a stored change cannot be taken up again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum UnfitPending {
    /// It was stored by another version of this crate.
    #[error("the pending change was stored by another version of kratos-traits")]
    OtherVersion,
    /// It was made for another schema, or for this schema as it was before.
    #[error(
        "the pending change was made for another identity schema, or for another edition of this one"
    )]
    OtherSchema,
    /// It changes a trait that updaters may not change (any more).
    #[error("the pending change is of a trait that no updater may change")]
    Denied,
}

impl<T: IdentityTraits> Pending<T> {
    /// The change with all its values in clear, for serde.
    ///
    /// ```
    /// # mod customer { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/../schemas/customer.rs")); }
    /// # use customer::CustomerTraits;
    /// use kratos_traits::Pending;
    /// use kratos_traits::flow::InClear;
    ///
    /// fn store(pending: &Pending<CustomerTraits>) -> serde_json::Result<String> {
    ///     serde_json::to_string(&pending.expose_in_clear())
    /// }
    ///
    /// fn read(text: &str) -> Result<Pending<CustomerTraits>, Box<dyn std::error::Error>> {
    ///     let stored: InClear = serde_json::from_str(text)?;
    ///     Ok(Pending::try_from(stored)?)
    /// }
    /// ```
    pub fn expose_in_clear(&self) -> InClear {
        InClear {
            version: VERSION,
            schema: T::schema().fingerprint,
            patch: self.patch.entries().to_vec(),
            base: self.base.as_ref().map(|base| base.raw().to_owned()),
            person: self.person.clone(),
            flow: self
                .replacement
                .as_ref()
                .map(|flow| flow.as_str().to_owned()),
            redirect_browser_to: self.redirect_browser_to.clone(),
        }
    }
}

impl<T: IdentityTraits> TryFrom<InClear> for Pending<T> {
    type Error = UnfitPending;

    fn try_from(stored: InClear) -> Result<Self, UnfitPending> {
        if stored.version != VERSION {
            return Err(UnfitPending::OtherVersion);
        }
        if stored.schema != T::schema().fingerprint {
            return Err(UnfitPending::OtherSchema);
        }
        let base = stored.base.as_deref().map(RawTraits::try_from);
        Ok(Self {
            patch: Patch::from_stored(stored.patch).ok_or(UnfitPending::Denied)?,
            base: base.transpose().map_err(|_| UnfitPending::OtherVersion)?,
            person: stored.person,
            replacement: stored.flow.and_then(FlowId::new),
            redirect_browser_to: stored.redirect_browser_to,
        })
    }
}

impl fmt::Debug for InClear {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("InClear").finish_non_exhaustive()
    }
}
