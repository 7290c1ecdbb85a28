//! What an updater may do with a trait: decided once, for the table of facts and for the companion macro.

use super::plan::Entry;
use crate::schema::{Credential, Role};
use crate::settings::Policy;

/// What an updater may do with a trait.
#[derive(Clone, Debug, Default)]
pub(crate) struct Permit {
    pub(crate) access: Access,
    /// Denied itself, not only what holds it or what it holds.
    pub(crate) denied: bool,
    /// The credential of which no trait outside of it can be an identifier.
    pub(crate) last_of: Option<Credential>,
}

/// Who may change a trait.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Access {
    #[default]
    Ordinary,
    /// It is an identifier or an address, holds one, or lies in one.
    Privileged,
    /// The configuration denies it, or something that it holds or lies in.
    Denied,
}

/// Decides for every entry.
pub(crate) fn decide(entries: &mut [Entry<'_>], policy: &Policy) {
    for entry in entries.iter_mut() {
        entry.permit.denied = policy.denies(&entry.path);
    }
    for index in 0..entries.len() {
        if entries[index].permit.denied {
            spread(entries, index, Access::Denied);
        } else if entries[index].roles.iter().copied().any(is_privileged) {
            spread(entries, index, Access::Privileged);
        }
    }
    for credential in Credential::ALL {
        let identifies = |entry: &Entry<'_>| {
            let mut roles = entry.roles.iter().copied();
            roles.any(|role| role.credential() == Some(credential))
        };
        let found = entries.iter().filter(|entry| identifies(entry));
        let found: Vec<_> = found.map(|entry| entry.path.clone()).collect();
        if found.is_empty() {
            continue;
        }
        for entry in entries.iter_mut() {
            // With an object goes what it holds; a required one does not go.
            let goes = identifies(entry) || !entry.required;
            if goes && found.iter().all(|path| path.starts_with(&entry.path)) {
                entry.permit.last_of.get_or_insert(credential);
            }
        }
    }
}

/// Marks an entry, what it holds (the run behind it) and what holds it (before it, in its path).
fn spread(entries: &mut [Entry<'_>], index: usize, access: Access) {
    let path = entries[index].path.clone();
    let held = entries[index..]
        .iter()
        .take_while(|entry| entry.path.starts_with(&path))
        .count();
    for entry in &mut entries[index..index + held] {
        mark(entry, access);
    }
    let mut depth = path.len();
    for entry in entries[..index].iter_mut().rev() {
        if depth == 1 {
            break;
        }
        if entry.path.len() < depth {
            depth = entry.path.len();
            mark(entry, access);
        }
    }
}

fn mark(entry: &mut Entry<'_>, access: Access) {
    if entry.permit.access != Access::Denied {
        entry.permit.access = access;
    }
}

fn is_privileged(role: Role) -> bool {
    role.credential().is_some() || matches!(role, Role::Verification(_) | Role::Recovery(_))
}
