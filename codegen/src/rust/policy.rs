//! What of a trait turns on all others, and on the settings.

use super::plan::Row;
use crate::schema::Credential;
use crate::settings::Policy;

/// Says of each row whether it is denied, and for which credentials it is the only one that can identify.
pub(crate) fn decide(rows: &mut [Row<'_>], policy: Policy<'_>) {
    for row in rows.iter_mut() {
        row.denied = policy.denies(&row.path);
    }
    for credential in Credential::ALL {
        let identifies = |row: &Row<'_>| {
            let mut roles = row.roles.all();
            roles.any(|role| role.credential() == Some(credential))
        };
        let found = rows.iter().filter(|row| identifies(row));
        let found: Vec<_> = found.map(|row| row.path.clone()).collect();
        if found.is_empty() {
            continue;
        }
        for row in rows.iter_mut() {
            // With an object goes what it holds; a required one does not go.
            let goes = identifies(row) || !row.required;
            if goes && found.iter().all(|path| path.starts_with(&row.path)) {
                row.only.push(credential);
            }
        }
    }
}
