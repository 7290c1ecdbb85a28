//! A stored traits document: typed where today's schema allows it, raw always.

use std::fmt;

use crate::problem::Problem;
use crate::traits::facts::IdentityTraits;
use crate::traits::raw::RawTraits;
use crate::traits::schemas::{ReadTraits, Unreadable};

/// The traits of an identity as Kratos keeps them.
///
/// Kratos does not check stored identities again when a schema changes, so a document may break
/// the schema that `T` was generated from. It is readable all the same: [`raw`](Self::raw) has it
/// to the letter, and [`typed`](Self::typed) fails, with what is wrong, when the document does not
/// fit the Rust type. A rule that the type does not hold (a length, a pattern) may be broken in a
/// document that is typed.
///
/// An update repairs it: one that sets or removes what is wrong is saved.
#[derive(Clone, Debug)]
pub struct Document<T> {
    raw: RawTraits,
    typed: Result<T, Unreadable>,
}

/// A stored document that the schema of the generated type does not allow.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Outdated {
    /// What is wrong with it, by trait; empty when only the type, and no rule, refuses it.
    pub problems: Vec<Problem>,
}

impl fmt::Display for Outdated {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the stored traits do not fit the schema that the type was generated from")?;
        for problem in &self.problems {
            write!(f, "; {problem}")?;
        }
        Ok(())
    }
}

impl std::error::Error for Outdated {}

impl<T: IdentityTraits> Document<T> {
    /// Reads a document of the schema that `T` was generated from.
    pub fn new(raw: RawTraits) -> Self {
        let typed = read(&raw).map_err(Unreadable::Outdated);
        Self { raw, typed }
    }
}

impl<T: ReadTraits> Document<T> {
    /// Reads the document of an identity with this `schema_id`.
    pub fn of(schema_id: &str, raw: RawTraits) -> Self {
        let typed = T::read_traits(schema_id, &raw);
        Self { raw, typed }
    }
}

impl<T> Document<T> {
    /// The typed traits.
    ///
    /// # Errors
    ///
    /// The document does not fit the type, or is of another schema: see [`Unreadable`].
    pub fn typed(&self) -> Result<&T, &Unreadable> {
        self.typed.as_ref()
    }

    /// The document as it came.
    pub fn raw(&self) -> &RawTraits {
        &self.raw
    }
}

/// The typed traits of a document of the type's own schema.
pub(super) fn read<T: IdentityTraits>(raw: &RawTraits) -> Result<T, Outdated> {
    serde_json::from_str(raw.as_str()).map_err(|_| Outdated {
        problems: T::SCHEMA.check(raw),
    })
}
