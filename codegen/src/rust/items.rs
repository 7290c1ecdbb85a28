//! Structs and enums.

use std::fmt::Write as _;

use super::derives;
use super::docs;
use super::layout;
use super::plan::{Body, Field, Item};
use super::types::Ty;
use super::{Context, lints, serial};

/// One struct or enum, and how it is read and written.
pub(crate) fn write(out: &mut String, item: &Item<'_>, context: &Context<'_>) {
    docs::item(out, item, context.name);
    let mut lints = lints::allowed(item);
    if context.settings.has_deprecated_type() {
        lints.push("deprecated".into());
    }
    if !lints.is_empty() {
        layout::attribute(out, 0, "allow", &lints);
    }
    match &item.body {
        Body::Struct { fields, additional } => {
            derive(out, &["Clone", "PartialEq"], item);
            write_struct(out, &item.name, fields, additional.as_ref(), context);
        }
        Body::Enum(variants) => {
            derive(out, &["Clone", "Copy", "PartialEq", "Eq", "Hash"], item);
            write_enum(out, &item.name, variants, context);
        }
    }
    serial::write(out, item, context);
}

fn derive(out: &mut String, own: &[&str], item: &Item<'_>) {
    derives::write(out, own, item.derives.iter().map(String::as_str));
    for attribute in &item.attributes {
        let _ = writeln!(out, "#[{attribute}]");
    }
}

fn write_struct(
    out: &mut String,
    name: &str,
    fields: &[Field<'_>],
    additional: Option<&(String, Ty)>,
    context: &Context<'_>,
) {
    let visible = context.settings.visible().before();
    if fields.is_empty() && additional.is_none() {
        let _ = writeln!(out, "{visible}struct {name} {{}}");
        return;
    }
    layout::block(out, &format!("{visible}struct"), name);
    for field in fields {
        docs::field(out, field);
        for attribute in &field.attributes {
            let _ = writeln!(out, "    #[{attribute}]");
        }
        let head = format!("{visible}{}:", field.name);
        layout::typed(out, 4, &head, &field.ty, ',', context.runtime);
    }
    if let Some((name, ty)) = additional {
        out.push_str("    /// Members that the schema does not name.\n");
        let head = format!("{visible}{name}:");
        layout::typed(out, 4, &head, ty, ',', context.runtime);
    }
    out.push_str("}\n");
}

fn write_enum(out: &mut String, name: &str, variants: &[(String, &str)], context: &Context<'_>) {
    let visible = context.settings.visible().before();
    layout::block(out, &format!("{visible}enum"), name);
    for (variant, value) in variants {
        docs::variant(out, value);
        out.push_str("    ");
        out.push_str(variant);
        out.push_str(",\n");
    }
    out.push_str("}\n");
}
