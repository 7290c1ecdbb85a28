//! A stored traits document: always as raw JSON, and typed if it fits the schema.

use std::fmt;

use crate::problem::Problem;
use crate::traits::facts::IdentityTraits;
use crate::traits::raw::RawTraits;
use crate::traits::typed;

/// The traits of an identity as Kratos keeps them.
///
/// Kratos does not check stored identities again when a schema changes, so a document may break
/// the schema that `T` was generated from. [`raw`](Self::raw) always has its text; [`typed`](Self::typed) fails with the
/// problems when the document does not fit the Rust type. Members that the type does not name are ignored: a newer schema of
/// the server may have them, and an update keeps them. Rules that a Rust type does not express, such as a length or a
/// pattern, are not checked.
///
/// An update that sets or removes the invalid traits repairs the document.
#[derive(Clone, Debug)]
pub struct Document<T> {
    raw: RawTraits,
    typed: Result<T, Unreadable>,
}

impl<T: IdentityTraits> Document<T> {
    /// Reads a document of the schema that `T` was generated from.
    ///
    /// ```
    /// # mod customer { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/../schemas/customer.rs")); }
    /// # use customer::CustomerTraits;
    /// use kratos_traits::{Document, RawTraits};
    ///
    /// let traits = RawTraits::parse(r#"{"email":"ada@example.org"}"#)?;
    /// let document = Document::<CustomerTraits>::new(traits);
    /// assert_eq!(document.typed().unwrap().email, "ada@example.org");
    /// # Ok::<(), kratos_traits::NotAnObject>(())
    /// ```
    pub fn new(raw: RawTraits) -> Self {
        let typed = read(&raw);
        Self { raw, typed }
    }
}

impl<T: ReadTraits> Document<T> {
    /// Reads the document of an identity with this `schema_id`.
    ///
    /// ```
    /// # mod customer { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/../schemas/customer.rs")); }
    /// # use customer::CustomerTraits;
    /// use kratos_traits::{Document, RawTraits};
    ///
    /// // For an enum over several schemas, the id selects the variant.
    /// let document = Document::<CustomerTraits>::of("customer", RawTraits::parse("{}")?);
    /// assert!(document.typed().is_err()); // `email` is missing
    /// # Ok::<(), kratos_traits::NotAnObject>(())
    /// ```
    pub fn of(schema_id: &str, raw: RawTraits) -> Self {
        let typed = T::read_traits(schema_id, &raw);
        Self { raw, typed }
    }
}

impl<T> Document<T> {
    /// The typed traits.
    ///
    /// They are read as in Kratos, which is written in Go: the last of duplicate members is used, and an unpaired surrogate
    /// becomes U+FFFD.
    ///
    /// ```
    /// # use kratos_traits::Document;
    /// fn describe<T: std::fmt::Debug>(document: &Document<T>) -> String {
    ///     match document.typed() {
    ///         Ok(traits) => format!("{traits:?}"),
    ///         Err(unreadable) => unreadable.to_string(),
    ///     }
    /// }
    /// ```
    ///
    /// # Errors
    ///
    /// The document does not fit the type, or belongs to another schema: see [`Unreadable`].
    pub fn typed(&self) -> Result<&T, &Unreadable> {
        self.typed.as_ref()
    }

    /// The document as it was received.
    ///
    /// ```
    /// # use kratos_traits::Document;
    /// fn size<T>(document: &Document<T>) -> usize {
    ///     document.raw().as_str().len()
    /// }
    /// ```
    pub fn raw(&self) -> &RawTraits {
        &self.raw
    }
}

/// The typed traits of a document of the type's own schema.
fn read<T: IdentityTraits>(raw: &RawTraits) -> Result<T, Unreadable> {
    let json = raw.json();
    typed::read(&json).map_err(|mismatch| {
        let mismatch = mismatch.problem(T::TRAITS);
        let rules = T::schema().rules();
        let mut problems = rules.map_or_else(Vec::new, |rules| rules.judge(&json));
        // The schema may accept a value that the type does not: a number outside its range, or a value for a type of the
        // application.
        if !problems.iter().any(|one| one.path == mismatch.path) {
            problems.push(mismatch);
        }
        Unreadable::Outdated { problems }
    })
}

/// A type that the traits of a person can be read as: the struct of one identity schema, or the enum over several
/// schemas that is generated from a Kratos configuration.
///
/// Implemented by generated types; not for implementation by hand.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not generated from an identity schema",
    note = "name the struct of the traits of one schema, or the enum over those of several"
)]
pub trait ReadTraits: Sized {
    /// Reads the traits of an identity with this `schema_id`.
    ///
    /// # Errors
    ///
    /// The identity has another schema, or the document does not fit it.
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
        read(traits)
    }
}

/// Whether an identity with this `schema_id` has another schema than `T`; `false` if the ids of `T` are not known.
pub(crate) fn is_of_another_schema<T: IdentityTraits>(schema_id: &str) -> bool {
    !T::SCHEMA_IDS.is_empty() && !T::SCHEMA_IDS.contains(&schema_id)
}

/// Why a traits document cannot be read as the generated type. Its raw text is still available.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Unreadable {
    /// The identity has a schema that the type was not generated from.
    OtherSchema {
        /// The `schema_id` of the identity.
        schema_id: String,
        /// The ids of the schemas that the type was generated from.
        known: &'static [&'static str],
    },
    /// The identity has the schema of the type, but the document does not fit it.
    Outdated {
        /// The problems by trait: all that the schema reports, and the first that the type reports. Never empty.
        problems: Vec<Problem>,
    },
}

impl Unreadable {
    /// The problems of the document, by trait; empty if it belongs to another schema.
    ///
    /// ```
    /// # mod customer { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/../schemas/customer.rs")); }
    /// # use customer::CustomerTraits;
    /// use kratos_traits::{Document, RawTraits};
    ///
    /// let document = Document::<CustomerTraits>::new(RawTraits::parse("{}")?);
    /// let unreadable = document.typed().unwrap_err();
    /// assert_eq!(unreadable.problems()[0].path.to_string(), "email");
    /// # Ok::<(), kratos_traits::NotAnObject>(())
    /// ```
    pub fn problems(&self) -> &[Problem] {
        match self {
            Self::OtherSchema { .. } => &[],
            Self::Outdated { problems } => problems,
        }
    }
}

impl fmt::Display for Unreadable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::OtherSchema { schema_id, known } => write!(
                f,
                "unknown identity schema {schema_id:?}; expected one of {known:?}"
            ),
            Self::Outdated { problems } => {
                f.write_str(
                    "the stored traits do not fit the schema that the type was generated from",
                )?;
                for problem in problems {
                    write!(f, "; {problem}")?;
                }
                Ok(())
            }
        }
    }
}

impl std::error::Error for Unreadable {}

/// Implements the methods of the generated enum over several schemas.
#[doc(hidden)]
#[macro_export]
macro_rules! __schemas {
    ($visible:vis $type:ident { $($variant:ident($traits:ident): $id:literal,)+ }) => {
        // It shows only the name of the type, because traits are personal data.
        #[allow(deprecated)]
        impl ::core::fmt::Debug for $type {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                f.debug_struct(::core::stringify!($type))
                    .finish_non_exhaustive()
            }
        }
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

            /// The id of the schema of these traits.
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
