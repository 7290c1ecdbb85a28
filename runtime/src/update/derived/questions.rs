//! What the derive asks of the fields of an updater while it compiles.

use crate::update::updater::UpdaterField;

/// Whether a field of an updater is itself a privileged updater.
///
/// Asked at compile time, for a privileged struct that names no identifier or address itself.
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
