//! From an updater and the current traits to a checked change: no I/O.

use std::marker::PhantomData;

use crate::check::check;
use crate::facts::{IdentityTraits, Role, TraitFacts};
use crate::patch::Patch;
use crate::path::TraitPath;
use crate::problem::Problem;
use crate::raw::RawTraits;

/// An application's own struct that updates some traits of a person.
///
/// Derive it. The fields name traits of the schema; a field of another name, of a type that does
/// not fit, or of an identifier that the struct does not declare to change, does not compile.
///
/// # Example
///
/// ```
/// # mod customer { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/../schemas/customer.rs")); }
/// use customer::CustomerTraits;
/// use kratos_traits::{RawTraits, SettingsUpdate};
///
/// #[derive(SettingsUpdate)]
/// #[kratos(traits = CustomerTraits)]
/// struct Rename {
///     nickname: Option<String>,
/// }
///
/// let current = RawTraits::parse(r#"{"email":"ada@example.org","newsletter":true}"#)?;
/// let change = Rename { nickname: Some("Countess".into()) }.settings_update(&current).unwrap();
/// assert_eq!(
///     change.traits().as_str(),
///     r#"{"email":"ada@example.org","newsletter":true,"nickname":"Countess"}"#
/// );
/// assert!(!change.is_privileged());
/// # Ok::<(), kratos_traits::NotAnObject>(())
/// ```
pub trait SettingsUpdate {
    /// The generated traits that the struct updates.
    type Traits: IdentityTraits;

    /// What the struct asks to change.
    fn patch(&self) -> Patch<Self::Traits>;

    /// The complete, checked traits document that the update makes of `current`.
    ///
    /// # Errors
    ///
    /// The document would break the schema: every problem, by trait path, with the ids that Kratos
    /// gives to them. What we cannot judge exactly like Kratos is left for Kratos to judge.
    fn settings_update(&self, current: &RawTraits) -> Result<Change<Self::Traits>, Vec<Problem>> {
        Change::new(&self.patch(), current)
    }
}

/// A traits document ready to be sent, and what it changes.
#[derive(Clone, Debug)]
pub struct Change<T> {
    traits: RawTraits,
    changed: Vec<&'static TraitFacts>,
    of: PhantomData<fn() -> T>,
}

impl<T: IdentityTraits> Change<T> {
    pub(crate) fn new(patch: &Patch<T>, current: &RawTraits) -> Result<Self, Vec<Problem>> {
        let traits = patch.apply(current)?;
        let changed = patch
            .traits()
            .filter(|facts| differs(facts, current, &traits))
            .collect();
        let traits = crate::check::with_empty_arrays(T::SCHEMA, traits);
        let problems = check(T::SCHEMA, &traits);
        if problems.is_empty() {
            Ok(Self {
                traits,
                changed,
                of: PhantomData,
            })
        } else {
            Err(problems)
        }
    }

    /// The complete document.
    pub fn traits(&self) -> &RawTraits {
        &self.traits
    }

    /// The traits whose value really becomes another.
    pub fn changed(&self) -> &[&'static TraitFacts] {
        &self.changed
    }

    /// The changed traits that are identifiers or addresses, each with the roles that make it so.
    pub fn privileged(&self) -> impl Iterator<Item = (&'static TraitFacts, Role)> + '_ {
        self.changed.iter().flat_map(|facts| {
            let roles = facts.roles.iter().copied();
            roles
                .filter(|role| role.is_privileged())
                .map(|role| (*facts, role))
        })
    }

    /// Whether the change itself asks for a privileged session.
    ///
    /// Kratos may ask for one for other reasons too: up to v26.2.0 it does for *every* change of a
    /// person with a verified address (ory/kratos#4435).
    pub fn is_privileged(&self) -> bool {
        self.privileged().next().is_some()
    }
}

fn differs(facts: &TraitFacts, before: &RawTraits, after: &RawTraits) -> bool {
    let path = TraitPath::new(facts.path.iter().copied());
    let value = |traits: &RawTraits| {
        let raw = traits.get(&path)?;
        serde_json::from_str::<serde_json::Value>(raw.get()).ok()
    };
    value(before) != value(after)
}
