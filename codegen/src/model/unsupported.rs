//! What Kratos runs and this version has no type for: said with a place, never left out in silence.

use crate::schema::{Problems, Schema, SubSchema, Types};

/// Reports every construct of `schema` itself that has no type yet.
pub(crate) fn report(schema: &Schema<'_>, problems: &mut Problems) {
    if let Some(spot) = schema.reference {
        problems.report(
            spot,
            "`$ref` is not supported yet; write the schema that it points to here",
        );
    }
    for found in &schema.unsupported {
        let hint = match found.value {
            "`allOf`" => "write its rules directly in this schema",
            "`anyOf`" | "`oneOf`" => "write the one schema that all of them allow",
            "`patternProperties`" => "write `additionalProperties` with one schema for all members",
            "a list in `items`" => "write one schema for all items",
            _ => "leave the rule out, and check it in the application",
        };
        problems.report(
            found.spot,
            format!("{} is not supported yet; {hint}", found.value),
        );
    }
    if let Some(found) = schema.types
        && found.value == Types::Several
    {
        problems.report(
            found.spot,
            "a list in `type` is not supported yet; write one type, such as \"string\"",
        );
    }
}

/// The schema itself, if it is no boolean.
pub(crate) fn no_boolean<'a, 's>(
    schema: &'a SubSchema<'s>,
    problems: &mut Problems,
) -> Option<&'a Schema<'s>> {
    match schema {
        SubSchema::Schema(schema) => Some(schema),
        SubSchema::Bool(found) => {
            let (written, hint) = if found.value {
                ("true", "write `{}`, which means the same")
            } else {
                (
                    "false",
                    "leave this out and close the object with `\"additionalProperties\": false`",
                )
            };
            problems.report(
                found.spot,
                format!("a schema that is only `{written}` is not supported yet; {hint}"),
            );
            None
        }
    }
}
