//! Structs and enums.

use super::docs;
use super::layout;
use super::plan::{ADDITIONAL, Body, Field, Form, Item};
use super::text::push_literal;
use super::types::Ty;
use super::{Context, lints};

/// One struct or enum, with its `Debug`.
pub(crate) fn write(out: &mut String, item: &Item<'_>, context: &Context<'_>) {
    docs::item(out, item, context.name);
    let lints = lints::allowed(item);
    if !lints.is_empty() {
        layout::attribute(out, 0, "allow", &lints);
    }
    match &item.body {
        Body::Struct { fields, additional } => {
            head(out, &["Clone", "PartialEq"], additional.is_none(), context);
            write_struct(out, &item.name, fields, additional.as_ref(), context);
        }
        Body::Enum(variants) => {
            head(
                out,
                &["Clone", "Copy", "PartialEq", "Eq", "Hash"],
                false,
                context,
            );
            write_enum(out, &item.name, variants);
        }
    }
    let debug = format!("{}::__private::redact_debug", context.runtime);
    layout::call(out, &debug, &item.name);
}

fn head(out: &mut String, derives: &[&str], closed: bool, context: &Context<'_>) {
    let serde = format!("{}::__private::serde", context.runtime);
    let mut derives: Vec<String> = derives.iter().map(|name| String::from(*name)).collect();
    derives.push(format!("{serde}::Serialize"));
    derives.push(format!("{serde}::Deserialize"));
    layout::attribute(out, 0, "derive", &derives);
    let mut serde = vec![format!("crate = \"{serde}\"")];
    if closed {
        serde.push("deny_unknown_fields".into());
    }
    layout::attribute(out, 0, "serde", &serde);
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
        let mut serde = Vec::new();
        if field.name != field.key {
            serde.push(rename(field.key));
        }
        serde.extend(form(field.form, context.runtime));
        if !serde.is_empty() {
            layout::attribute(out, 4, "serde", &serde);
        }
        let head = format!("pub {}:", field.name);
        layout::typed(out, 4, &head, &field.ty, ',', context.runtime);
    }
    if let Some(ty) = additional {
        out.push_str("    /// Members that the schema does not name.\n    #[serde(flatten)]\n");
        let head = format!("pub {ADDITIONAL}:");
        layout::typed(out, 4, &head, ty, ',', context.runtime);
    }
    out.push_str("}\n");
}

/// What serde has to know about a field that may be absent, null, or empty.
fn form(form: Form, runtime: &str) -> Vec<String> {
    let reads = |helper| format!("deserialize_with = \"{runtime}::__private::{helper}\"");
    let skip = String::from("skip_serializing_if = \"::std::option::Option::is_none\"");
    let default = String::from("default");
    match form {
        Form::Required => Vec::new(),
        Form::RequiredNullable => vec![reads("required")],
        Form::Optional => vec![skip],
        Form::OptionalNullable => vec![default, reads("present"), skip],
        Form::OptionalUnlessEmpty => vec![default, reads("unless_empty"), skip],
    }
}

fn write_enum(out: &mut String, name: &str, variants: &[(String, &str)]) {
    layout::block(out, "pub enum", name);
    for (variant, value) in variants {
        docs::variant(out, value);
        if variant != value {
            layout::attribute(out, 4, "serde", &[rename(value)]);
        }
        out.push_str("    ");
        out.push_str(variant);
        out.push_str(",\n");
    }
    out.push_str("}\n");
}

fn rename(name: &str) -> String {
    let mut rename = String::from("rename = ");
    push_literal(&mut rename, name);
    rename
}
