//! Structs and enums.

use std::fmt::Write as _;

use super::form::Form;
use super::plan::{Body, Field, Item};
use super::text::literal;
use super::types::Ty;
use super::{Context, derives, docs};

/// The longest arguments of one serde attribute; rustfmt puts each of longer ones on a line of its own.
const WIDTH: usize = 70;

/// One struct or enum.
pub(crate) fn write(out: &mut String, item: &Item<'_>, context: &Context<'_>) {
    docs::item(out, item, context.name);
    let own = derives::own(&item.body, context.settings.debug_derive());
    derives::write(out, &own, item.derives.iter().map(String::as_str));
    for attribute in &item.attributes {
        let _ = writeln!(out, "#[{attribute}]");
    }
    match &item.body {
        Body::Struct { fields, additional } => {
            write_struct(out, item, fields, additional.as_ref(), context);
        }
        Body::Enum(variants) => write_enum(out, &item.name, variants, context),
    }
}

fn write_struct(
    out: &mut String,
    item: &Item<'_>,
    fields: &[Field<'_>],
    additional: Option<&(String, Ty)>,
    context: &Context<'_>,
) {
    let (runtime, visible) = (context.runtime, context.settings.visible().before());
    let name = &item.name;
    let _ = writeln!(out, "#[serde(crate = \"{runtime}::generated::serde\")]");
    schemars(out, item, fields);
    allow(out, "", context);
    if fields.is_empty() && additional.is_none() {
        let _ = writeln!(out, "{visible}struct {name} {{}}");
        return;
    }
    let _ = writeln!(out, "{visible}struct {name} {{");
    for field in fields {
        docs::field(out, field);
        serde(out, field);
        utoipa(out, item, field);
        for attribute in &field.attributes {
            let _ = writeln!(out, "    #[{attribute}]");
        }
        let _ = writeln!(out, "    {visible}{}: {},", field.name, field.ty);
    }
    if let Some((name, ty)) = additional {
        out.push_str("    /// Members that the schema does not name.\n    #[serde(flatten)]\n");
        let _ = writeln!(out, "    {visible}{name}: {ty},");
    }
    out.push_str("}\n");
}

/// How the member is named and read, where that is not what the field says by itself.
fn serde(out: &mut String, field: &Field<'_>) {
    // rustc normalises names that are not ASCII; the traits do not.
    let is_renamed = field.name != field.key || !field.key.is_ascii();
    let rename = is_renamed.then(|| format!("rename = {}", literal(field.key)));
    let arguments = field.form.arguments().iter().copied();
    let all: Vec<&str> = rename.as_deref().into_iter().chain(arguments).collect();
    let joined = all.join(", ");
    let fits = joined.chars().count() <= WIDTH;
    let lines = if fits { vec![&*joined] } else { all };
    for line in lines.into_iter().filter(|line| !line.is_empty()) {
        let _ = writeln!(out, "    #[serde({line})]");
    }
}

/// utoipa takes every `Option` for a member that may be absent.
fn utoipa(out: &mut String, item: &Item<'_>, field: &Field<'_>) {
    let mut attributes = field.attributes.iter();
    if field.form == Form::RequiredNullable
        && derives::has_set(item, "ToSchema")
        && !attributes.any(|attribute| attribute.starts_with("schema("))
    {
        out.push_str("    #[schema(required)]\n");
    }
}

/// So does schemars for what is read, and its `required` for one field would take null away.
fn schemars(out: &mut String, item: &Item<'_>, fields: &[Field<'_>]) {
    let is_nullable = |field: &Field<'_>| field.form == Form::RequiredNullable;
    let mut attributes = item.attributes.iter();
    if derives::has_set(item, "JsonSchema")
        && derives::required(fields).any(is_nullable)
        && !attributes.any(|attribute| attribute.contains("\"required\""))
    {
        let names: Vec<_> = derives::required(fields)
            .map(|field| literal(field.key))
            .collect();
        out.push_str("#[schemars(extend(\"required\" = [");
        out.push_str(&names.join(", "));
        out.push_str("]))]\n");
    }
}

fn write_enum(out: &mut String, name: &str, variants: &[(String, &str)], context: &Context<'_>) {
    let visible = context.settings.visible().before();
    allow(out, "missing_docs, ", context);
    let _ = writeln!(out, "{visible}enum {name} {{");
    for (variant, value) in variants {
        let _ = writeln!(out, "    #[serde(rename = {})]", literal(value));
        let _ = writeln!(out, "    {variant},");
    }
    out.push_str("}\n");
}

/// The names and types are the schema's choice, and no lint's.
fn allow(out: &mut String, more: &str, context: &Context<'_>) {
    let deprecated = if context.settings.has_deprecation() {
        ", deprecated"
    } else {
        ""
    };
    let _ = writeln!(
        out,
        "#[allow({more}clippy::all, clippy::pedantic{deprecated})]"
    );
}
