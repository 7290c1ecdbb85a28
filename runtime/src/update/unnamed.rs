//! Removes members that the schema does not name, such as those of an older schema.

use crate::json::path::TraitPath;
use crate::traits::facts::{IdentityTraits, TraitFacts};
use crate::traits::marker::Access;
use crate::update::patch::{Action, Patch};

/// Why a member cannot be removed as one that the schema does not name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum UnnamedError {
    /// The schema names it or a member of it: use [`Patch::remove`](crate::Patch::remove).
    IsNamed(&'static TraitFacts),
    /// It is inside a trait that the settings of the generator deny to updaters.
    IsDenied(&'static TraitFacts),
    /// It is inside a trait that holds an identifier or address: begin with `Patch::privileged()`.
    NeedsPrivileged(&'static TraitFacts),
    /// The path is empty: it is that of the traits object.
    IsRoot,
}

impl std::fmt::Display for UnnamedError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let (facts, what) = match self {
            Self::IsNamed(facts) => (facts, "is a trait of the schema"),
            Self::IsDenied(facts) => (facts, "may not be changed"),
            Self::NeedsPrivileged(facts) => (facts, "can only be changed by a privileged patch"),
            Self::IsRoot => return f.write_str("the traits object cannot be removed"),
        };
        let path = TraitPath::new(facts.path.iter().copied());
        write!(f, "{path} {what}")
    }
}

impl std::error::Error for UnnamedError {}

impl<T: IdentityTraits, A: Access> Patch<T, A> {
    /// Removes a member that the schema does not name, such as one of an older schema. If the current schema has
    /// `additionalProperties: false`, Kratos rejects every update until such a member is removed.
    ///
    /// ```
    /// # mod customer { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/../schemas/customer.rs")); }
    /// use customer::CustomerTraits;
    /// use kratos_traits::{Patch, RawTraits, SettingsUpdate, TraitPath};
    ///
    /// let mut patch = Patch::<CustomerTraits>::new();
    /// patch.remove_unnamed(&TraitPath::new(["fax"]))?;
    /// let current = RawTraits::parse(r#"{"email":"ada@example.org","fax":"+49 30 1"}"#)?;
    /// let change = patch.settings_update(&current).unwrap();
    /// assert_eq!(change.traits().as_str(), r#"{"email":"ada@example.org"}"#);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// The schema names the member or a member of it, or this patch may not change the trait that holds it.
    pub fn remove_unnamed(&mut self, path: &TraitPath) -> Result<&mut Self, UnnamedError> {
        let segments = path.segments();
        if segments.is_empty() {
            return Err(UnnamedError::IsRoot);
        }
        for facts in T::TRAITS {
            let is_same = |(name, segment): (&&str, &String)| name == segment;
            if !facts.path.iter().zip(segments).all(is_same) {
                continue;
            }
            if facts.path.len() >= segments.len() {
                return Err(UnnamedError::IsNamed(facts));
            }
            if !facts.editable {
                return Err(UnnamedError::IsDenied(facts));
            }
            if !A::IS_PRIVILEGED && facts.roles.iter().any(|role| role.is_privileged()) {
                return Err(UnnamedError::NeedsPrivileged(facts));
            }
        }
        self.push(path.clone(), Action::Remove);
        Ok(self)
    }
}
