//! What the application keeps with a person besides the traits. No schema says what it is.

use serde::de::DeserializeOwned;
use serde_json::value::RawValue;

use super::Identity;
use crate::wire::object::Object;

/// The metadata is not what the application takes it for. What it is, is not shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{member}` of the identity is not of the type that it is read as")]
#[non_exhaustive]
pub struct MetadataError {
    /// `metadata_public` or `metadata_admin`.
    pub member: &'static str,
}

impl<T> Identity<T> {
    /// The metadata that the person may see, as a type of the application; `None` when there is none.
    ///
    /// ```
    /// # use kratos_traits::{Identity, identity::MetadataError};
    /// #[derive(serde::Deserialize)]
    /// struct Plan {
    ///     plan: String,
    /// }
    ///
    /// fn plan<T>(person: &Identity<T>) -> Result<Option<String>, MetadataError> {
    ///     Ok(person.metadata_public::<Plan>()?.map(|public| public.plan))
    /// }
    /// ```
    ///
    /// # Errors
    ///
    /// It is of another type.
    pub fn metadata_public<M: DeserializeOwned>(&self) -> Result<Option<M>, MetadataError> {
        self.metadata("metadata_public")
    }

    /// The metadata that the admin API alone shows, as a type of the application; `None` when there
    /// is none, and wherever the person came from the public API.
    ///
    /// # Errors
    ///
    /// It is of another type.
    pub fn metadata_admin<M: DeserializeOwned>(&self) -> Result<Option<M>, MetadataError> {
        self.metadata("metadata_admin")
    }

    /// The metadata that the person may see, as it came.
    pub fn raw_metadata_public(&self) -> Option<&RawValue> {
        Object::read(&self.raw)?.raw("metadata_public")
    }

    /// The metadata that the admin API alone shows, as it came.
    pub fn raw_metadata_admin(&self) -> Option<&RawValue> {
        Object::read(&self.raw)?.raw("metadata_admin")
    }

    fn metadata<M: DeserializeOwned>(
        &self,
        member: &'static str,
    ) -> Result<Option<M>, MetadataError> {
        let raw = Object::read(&self.raw).and_then(|identity| identity.raw(member));
        let Some(raw) = raw else { return Ok(None) };
        let typed = serde_json::from_str(raw.get());
        typed.map(Some).map_err(|_| MetadataError { member })
    }
}
