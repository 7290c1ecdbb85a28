//! Structs and enums.

use super::docs;
use super::layout;
use super::plan::{ADDITIONAL, Body, Field, Item};
use super::types::Ty;
use super::{Context, lints, serial};

/// One struct or enum, and how it is read and written.
pub(crate) fn write(out: &mut String, item: &Item<'_>, context: &Context<'_>) {
    docs::item(out, item, context.name);
    let lints = lints::allowed(item);
    if !lints.is_empty() {
        layout::attribute(out, 0, "allow", &lints);
    }
    match &item.body {
        Body::Struct { fields, additional } => {
            derive(out, &["Clone", "PartialEq"]);
            write_struct(out, &item.name, fields, additional.as_ref(), context);
        }
        Body::Enum(variants) => {
            derive(out, &["Clone", "Copy", "PartialEq", "Eq", "Hash"]);
            write_enum(out, &item.name, variants);
        }
    }
    serial::write(out, item, context);
}

fn derive(out: &mut String, derives: &[&str]) {
    let derives: Vec<String> = derives.iter().map(|name| String::from(*name)).collect();
    layout::attribute(out, 0, "derive", &derives);
}

fn write_struct(
    out: &mut String,
    name: &str,
    fields: &[Field<'_>],
    additional: Option<&Ty>,
    context: &Context<'_>,
) {
    if fields.is_empty() && additional.is_none() {
        out.push_str("pub struct ");
        out.push_str(name);
        out.push_str(" {}\n");
        return;
    }
    layout::block(out, "pub struct", name);
    for field in fields {
        docs::field(out, field);
        let head = format!("pub {}:", field.name);
        layout::typed(out, 4, &head, &field.ty, ',', context.runtime);
    }
    if let Some(ty) = additional {
        out.push_str("    /// Members that the schema does not name.\n");
        let head = format!("pub {ADDITIONAL}:");
        layout::typed(out, 4, &head, ty, ',', context.runtime);
    }
    out.push_str("}\n");
}

fn write_enum(out: &mut String, name: &str, variants: &[(String, &str)]) {
    layout::block(out, "pub enum", name);
    for (variant, value) in variants {
        docs::variant(out, value);
        out.push_str("    ");
        out.push_str(variant);
        out.push_str(",\n");
    }
    out.push_str("}\n");
}
