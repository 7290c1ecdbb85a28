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

/// Whether two fields of an updater change the same trait, or one that lies inside the other.
///
/// Asked at compile time, for a struct with flattened fields: the derive cannot see into those.
pub const fn overlap(fields: &[UpdaterField]) -> bool {
    let mut first = 0;
    while first < fields.len() {
        let mut second = first + 1;
        while second < fields.len() {
            if fields_overlap(&fields[first], &fields[second]) {
                return true;
            }
            second += 1;
        }
        first += 1;
    }
    false
}

const fn fields_overlap(a: &UpdaterField, b: &UpdaterField) -> bool {
    if let UpdaterField::Flattened { fields, .. } = a {
        return any_overlaps(fields, b);
    }
    if let UpdaterField::Flattened { fields, .. } = b {
        return any_overlaps(fields, a);
    }
    let (a, b) = (path_of(a), path_of(b));
    let mut depth = 0;
    while depth < a.len() && depth < b.len() {
        if !same(a[depth].as_bytes(), b[depth].as_bytes()) {
            return false;
        }
        depth += 1;
    }
    true
}

const fn any_overlaps(fields: &[UpdaterField], with: &UpdaterField) -> bool {
    let mut position = 0;
    while position < fields.len() {
        if fields_overlap(&fields[position], with) {
            return true;
        }
        position += 1;
    }
    false
}

const fn path_of(field: &UpdaterField) -> &'static [&'static str] {
    match field {
        UpdaterField::Trait { facts, .. }
        | UpdaterField::Item { facts, .. }
        | UpdaterField::Nested { facts, .. } => facts.path,
        UpdaterField::Flattened { .. } | UpdaterField::Whole { .. } => &[],
    }
}

const fn same(a: &[u8], b: &[u8]) -> bool {
    if a.len() != b.len() {
        return false;
    }
    let mut at = 0;
    while at < a.len() {
        if a[at] != b[at] {
            return false;
        }
        at += 1;
    }
    true
}
