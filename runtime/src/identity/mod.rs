//! A person, as Kratos shows them.

use std::fmt;

use serde::Deserialize;
use serde_json::value::RawValue;

use crate::traits::document::Document;
use crate::traits::facts::IdentityTraits;
use crate::traits::raw::RawTraits;

/// A person, as a flow shows it.
#[derive(Clone)]
#[non_exhaustive]
pub struct Identity<T> {
    /// The id of the identity.
    pub id: String,
    /// The id of its schema, as the server's configuration names it.
    pub schema_id: String,
    /// The traits.
    pub traits: Document<T>,
}

impl<T> fmt::Debug for Identity<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Identity")
            .field("id", &self.id)
            .field("schema_id", &self.schema_id)
            .finish_non_exhaustive()
    }
}

/// The identity as Kratos writes it.
#[derive(Deserialize)]
pub(crate) struct WireIdentity {
    id: String,
    #[serde(default)]
    schema_id: String,
    pub(crate) traits: Box<RawValue>,
}

impl WireIdentity {
    /// `None` when the traits are no object.
    pub(crate) fn read<T: IdentityTraits>(&self) -> Option<Identity<T>> {
        Some(Identity {
            id: self.id.clone(),
            schema_id: self.schema_id.clone(),
            traits: Document::new(RawTraits::try_from(&*self.traits).ok()?),
        })
    }
}
