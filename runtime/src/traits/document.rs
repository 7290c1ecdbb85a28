//! A stored traits document: always as raw JSON, and typed if it fits the schema.

use crate::traits::facts::IdentityTraits;
use crate::traits::raw::RawTraits;
use crate::traits::schemas::{ReadTraits, Unreadable};
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
    pub fn new(raw: RawTraits) -> Self {
        let typed = read(&raw);
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
    /// They are read as in Kratos, which is written in Go: the last of duplicate members is used, and an unpaired surrogate
    /// becomes U+FFFD.
    ///
    /// # Errors
    ///
    /// The document does not fit the type, or belongs to another schema: see [`Unreadable`].
    pub fn typed(&self) -> Result<&T, &Unreadable> {
        self.typed.as_ref()
    }

    /// The document as it was received.
    pub fn raw(&self) -> &RawTraits {
        &self.raw
    }
}

/// The typed traits of a document of the type's own schema.
pub(super) fn read<T: IdentityTraits>(raw: &RawTraits) -> Result<T, Unreadable> {
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
