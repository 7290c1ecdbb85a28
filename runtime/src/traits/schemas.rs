//! The traits of one of several identity schemas, chosen by the `schema_id` of the identity.

use std::fmt;

use super::document::{Document, Outdated};
use super::facts::IdentityTraits;
use super::raw::RawTraits;

/// Why traits are of no schema that the application knows.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum SchemaIdError {
    /// No schema was generated for this `schema_id`.
    Unknown {
        /// The id, as the identity has it.
        schema_id: String,
        /// The ids that are known.
        known: &'static [&'static str],
    },
    /// The schema is known, but the document does not fit it.
    Outdated(Outdated),
}

impl fmt::Display for SchemaIdError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unknown { schema_id, known } => write!(
                f,
                "no traits were generated for the identity schema {schema_id:?}; there are some for {known:?}"
            ),
            Self::Outdated(outdated) => outdated.fmt(f),
        }
    }
}

impl std::error::Error for SchemaIdError {}

/// The typed traits of a document.
///
/// # Errors
///
/// The document does not fit the schema.
pub fn typed<T: IdentityTraits>(raw: RawTraits) -> Result<T, SchemaIdError> {
    let document = Document::<T>::new(raw);
    let typed = document.typed().cloned();
    typed.map_err(|outdated| SchemaIdError::Outdated(outdated.clone()))
}

/// What the generated enum over the traits of several schemas can do.
#[doc(hidden)]
#[macro_export]
macro_rules! __schemas {
    ($visible:vis $type:ident { $($variant:ident($traits:ident): $id:literal,)+ }) => {
        $crate::__redact_debug!($type);
        #[allow(dead_code)]
        impl $type {
            /// The ids of the identity schemas.
            $visible const SCHEMA_IDS: &'static [&'static str] = &[$($id),+];

            /// Reads the traits of an identity with this `schema_id`.
            ///
            /// # Errors
            ///
            /// There is no such schema, or the document does not fit it.
            $visible fn from_schema_id(
                schema_id: &str,
                traits: $crate::RawTraits,
            ) -> ::core::result::Result<Self, $crate::SchemaIdError> {
                match schema_id {
                    $($id => ::core::result::Result::map(
                        $crate::__private::typed::<$traits>(traits),
                        Self::$variant,
                    ),)+
                    _ => ::core::result::Result::Err($crate::SchemaIdError::Unknown {
                        schema_id: ::std::borrow::ToOwned::to_owned(schema_id),
                        known: Self::SCHEMA_IDS,
                    }),
                }
            }

            /// The id of the schema that the traits follow.
            $visible const fn schema_id(&self) -> &'static str {
                match self {
                    $(Self::$variant(_) => $id,)+
                }
            }
        }
    };
}
