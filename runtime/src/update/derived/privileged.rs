//! Whether the fields of an updater need `privileged`, at compile time.

use crate::traits::marker::Access;
use crate::update::updater::{SettingsUpdate, UpdaterField};

/// What the derive asks of the type of a field that is an updater.
///
/// The bound on the access is implied. With it, the compiler's message about a type that is not an updater is identical to the one
/// for the patch, so it is shown once.
#[derive(Debug)]
pub enum Updater {}

impl Updater {
    /// The fields of an updater.
    pub const fn fields<U: SettingsUpdate<Access: Access>>() -> &'static [UpdaterField] {
        U::FIELDS
    }

    /// Whether an updater may change identifiers and addresses.
    pub const fn is_privileged<U: SettingsUpdate<Access: Access>>() -> bool {
        // An updater that holds a privileged one without `privileged` has its own error, which is sufficient.
        U::Access::IS_PRIVILEGED || any_privileged(U::FIELDS)
    }
}

/// Whether a field of an updater is itself a privileged updater.
///
/// Evaluated at compile time, for a privileged struct that names no identifier or address itself.
pub const fn any_privileged(fields: &[UpdaterField]) -> bool {
    let mut position = 0;
    while position < fields.len() {
        if let UpdaterField::Nested {
            privileged: true, ..
        }
        | UpdaterField::Flattened {
            privileged: true, ..
        } = fields[position]
        {
            return true;
        }
        position += 1;
    }
    false
}
