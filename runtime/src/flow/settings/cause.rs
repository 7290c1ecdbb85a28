//! Why Kratos asks for a fresh login.

use super::pending::Pending;
use crate::traits::facts::{IdentityTraits, Role, TraitFacts};
use crate::update::change::privileged;

/// Why a change waits for a fresh login, as far as the change itself says it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Cause {
    /// The change makes identifiers or addresses others: these, each with the role that makes it one.
    /// (Up to v26.2.0 Kratos asks for no login for a recovery address alone.)
    PrivilegedChange(Vec<(&'static TraitFacts, Role)>),
    /// The change touches no identifier and no address, and Kratos refuses it all the same. Up to
    /// v26.2.0 it refuses every change of a person with a verified address when the login is old
    /// (ory/kratos#4435); with two or more addresses to verify, every version does so at random; and so
    /// it does when the schema got a new identifier since the person was saved last.
    ///
    /// Trying again does not cure it. A fresh login does, and so does the admin API, which asks for none.
    NotByTheChange,
}

impl<T: IdentityTraits> Pending<T> {
    /// Why Kratos asks for a fresh login, as far as the change itself says it.
    ///
    /// A change that does not know the traits that it was made on counts every identifier and address
    /// that it names.
    pub fn cause(&self) -> Cause {
        let found = match &self.base {
            Some(base) => match self.patch.apply(base) {
                Ok(after) => privileged(&self.patch, base, &after),
                Err(_) => Vec::new(),
            },
            None => {
                let named = self.patch.touched().into_iter();
                let roles =
                    named.flat_map(|facts| facts.roles.iter().map(move |role| (facts, *role)));
                roles.filter(|(_, role)| role.is_privileged()).collect()
            }
        };
        if found.is_empty() {
            Cause::NotByTheChange
        } else {
            Cause::PrivilegedChange(found)
        }
    }
}
