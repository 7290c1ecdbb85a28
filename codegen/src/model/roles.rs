//! Which roles a member carries.

use super::Type;
use crate::schema::{Role, Schema, SubSchema};

/// The roles of a member. Kratos runs the keyword for every array item and map value; they have no name of their own, so their roles are the member's.
pub(crate) fn roles(schema: &Schema<'_>, value: &Type<'_>) -> Vec<Role> {
    let mut roles = own(schema);
    if matches!(value, Type::Object(_)) {
        unnamed(
            schema.additional.as_ref().map(|found| &found.value),
            &mut roles,
        );
    } else {
        below(schema, &mut roles);
    }
    roles.sort_unstable();
    roles.dedup();
    roles
}

pub(crate) fn own(schema: &Schema<'_>) -> Vec<Role> {
    schema
        .extension
        .as_ref()
        .map_or_else(Vec::new, |extension| extension.roles.clone())
}

fn unnamed(schema: Option<&SubSchema<'_>>, roles: &mut Vec<Role>) {
    if let Some(SubSchema::Schema(schema)) = schema {
        roles.extend(own(schema));
        below(schema, roles);
    }
}

fn below(schema: &Schema<'_>, roles: &mut Vec<Role>) {
    for property in schema.properties.iter().flat_map(|found| &found.value) {
        unnamed(Some(&property.schema), roles);
    }
    for found in [&schema.items, &schema.additional].into_iter().flatten() {
        unnamed(Some(&found.value), roles);
    }
}
