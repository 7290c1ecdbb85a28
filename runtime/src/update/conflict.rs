//! A trait that two people changed.

use std::fmt;

use serde_json::value::RawValue;

use crate::traits::path::TraitPath;

/// A trait that the update changes, and that somebody else has changed to another value meanwhile.
///
/// A value is `None` where the trait is absent. `Debug` shows the path only.
#[derive(Clone)]
#[non_exhaustive]
pub struct Conflicted {
    /// The trait, or the member of an object, that both changed.
    pub path: TraitPath,
    /// The value that the update was made on.
    pub base: Option<Box<RawValue>>,
    /// The value that the update asks for.
    pub ours: Option<Box<RawValue>>,
    /// The value that is stored now.
    pub theirs: Option<Box<RawValue>>,
}

impl fmt::Debug for Conflicted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Conflicted")
            .field("path", &self.path)
            .finish_non_exhaustive()
    }
}
