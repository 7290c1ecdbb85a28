//! From the tables of the file to the settings that they stand for.

use super::places::Places;
use super::tables::{SchemaTable, Table};
use crate::settings::{Options, Said, TraitSettings, policy};

/// What a table can set for all schemas and for one.
macro_rules! common_options {
    ($table:ident, $places:ident) => {
        Options {
            runtime_path: $table.runtime_path.map(|said| $places.said(said)),
            visibility: $table.visibility.map(|said| $places.said(said)),
            module: $table.module.map(|said| $places.said(said)),
            debug: $table.debug.map(|said| $places.said(said)),
            derives: $places.all($table.derives),
            formats: $places.by_name($table.formats),
            denied_warnings: $places.all($table.deny_warnings),
            refs: $table
                .refs
                .into_iter()
                .map(|(url, path)| (url, $places.folder.join(path)))
                .collect(),
            ..Options::new()
        }
    };
}

/// What is set for all schemas; the tables of single schemas are read by [`of_schema`].
pub(super) fn of_all(table: Table, places: &Places<'_>) -> Options {
    common_options!(table, places)
}

/// What is set for one schema.
pub(super) fn of_schema(table: SchemaTable, places: &Places<'_>) -> Options {
    let mut options = common_options!(table, places);
    for path in table.deny {
        options.policy.deny(&places.said(path));
    }
    for path in table.allow {
        options.policy.allow(&places.said(path));
    }
    for (path, table) in table.traits {
        let Said { text, origin } = places.said(path);
        let settings = TraitSettings {
            origin,
            rename: table.rename.map(|said| places.said(said)),
            rename_type: table.rename_type.map(|said| places.said(said)),
            rename_values: places.by_name(table.rename_value),
            ty: table.ty.map(|said| places.said(said)),
            derives: places.all(table.derives),
            type_attributes: places.all(table.type_attributes),
            field_attributes: places.all(table.field_attributes),
        };
        options.traits.insert(policy::read(&text), settings);
    }
    options
}
