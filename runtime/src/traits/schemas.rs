//! The traits of one of several identity schemas, chosen by the `schema_id` of the identity.

use std::fmt;

use super::document::{self, Outdated};
use super::facts::IdentityTraits;
use super::raw::RawTraits;
use crate::problem::Problem;

/// What the traits of a person can be read as: those of one identity schema, or the enum over those
/// of several that the generator writes for a configuration of Kratos.
///
/// Implemented for generated code; not by hand.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not generated from an identity schema",
    note = "name the struct of the traits of one schema, or the enum over those of several"
)]
pub trait ReadTraits: Sized {
    /// Reads the traits of an identity with this `schema_id`.
    ///
    /// # Errors
    ///
    /// The schema is another, or the document does not fit it.
    fn read_traits(schema_id: &str, traits: &RawTraits) -> Result<Self, Unreadable>;
}

#[diagnostic::do_not_recommend]
impl<T: IdentityTraits> ReadTraits for T {
    fn read_traits(schema_id: &str, traits: &RawTraits) -> Result<Self, Unreadable> {
        if is_of_another_schema::<T>(schema_id) {
            return Err(Unreadable::OtherSchema {
                schema_id: schema_id.to_owned(),
                known: T::SCHEMA_IDS,
            });
        }
        document::read(traits).map_err(Unreadable::Outdated)
    }
}

/// Whether an identity with this `schema_id` is known to have another schema than `T`.
pub(crate) fn is_of_another_schema<T: IdentityTraits>(schema_id: &str) -> bool {
    !T::SCHEMA_IDS.is_empty() && !T::SCHEMA_IDS.contains(&schema_id)
}

/// Why a traits document is readable as it came only.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Unreadable {
    /// The identity has a schema that the type was not generated from.
    OtherSchema {
        /// The id, as the identity has it.
        schema_id: String,
        /// The ids of the schemas that the type was generated from.
        known: &'static [&'static str],
    },
    /// The schema is the type's, but the document does not fit it.
    Outdated(Outdated),
}

impl Unreadable {
    /// What is wrong with the document, by trait; nothing where it is of another schema.
    pub fn problems(&self) -> &[Problem] {
        match self {
            Self::OtherSchema { .. } => &[],
            Self::Outdated(outdated) => &outdated.problems,
        }
    }
}

impl fmt::Display for Unreadable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::OtherSchema { schema_id, known } => write!(
                f,
                "no traits were generated for the identity schema {schema_id:?}; there are some for {known:?}"
            ),
            Self::Outdated(outdated) => outdated.fmt(f),
        }
    }
}

impl std::error::Error for Unreadable {}

/// What the generated enum over the traits of several schemas can do.
#[doc(hidden)]
#[macro_export]
macro_rules! __schemas {
    ($visible:vis $type:ident { $($variant:ident($traits:ident): $id:literal,)+ }) => {
        $crate::__redact_debug!($type);
        #[allow(dead_code, deprecated)]
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
            ) -> ::core::result::Result<Self, $crate::Unreadable> {
                $crate::ReadTraits::read_traits(schema_id, &traits)
            }

            /// The id of the schema that the traits follow.
            $visible const fn schema_id(&self) -> &'static str {
                match self {
                    $(Self::$variant(_) => $id,)+
                }
            }
        }

        // The settings may put `deprecated` on the traits of a schema.
        #[allow(deprecated)]
        impl $crate::ReadTraits for $type {
            fn read_traits(
                schema_id: &str,
                traits: &$crate::RawTraits,
            ) -> ::core::result::Result<Self, $crate::Unreadable> {
                match schema_id {
                    $($id => ::core::result::Result::map(
                        <$traits as $crate::ReadTraits>::read_traits(schema_id, traits),
                        Self::$variant,
                    ),)+
                    _ => ::core::result::Result::Err($crate::Unreadable::OtherSchema {
                        schema_id: ::std::borrow::ToOwned::to_owned(schema_id),
                        known: Self::SCHEMA_IDS,
                    }),
                }
            }
        }
    };
}
