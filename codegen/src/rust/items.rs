//! Writes structs and enums.

use std::fmt::Write as _;

use super::escape::literal;
use super::resolved::{Body, Field, Item, Presence};
use super::types::RustType;
use super::{Context, derives, docs};

/// The longest arguments of one serde attribute; rustfmt breaks longer ones into lines.
const WIDTH: usize = 70;

/// One struct or enum. Writing to a String cannot fail.
pub(super) fn write(out: &mut String, item: &Item<'_>, context: &Context<'_>) {
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
        Body::Enum(variants) => {
            allow(out, "missing_docs, ", context.settings.has_deprecation());
            let visible = context.settings.visible();
            let _ = writeln!(out, "{visible}enum {} {{", item.name);
            for (variant, value) in variants {
                let _ = writeln!(out, "    #[serde(rename = {})]", literal(value));
                let _ = writeln!(out, "    {variant},");
            }
            out.push_str("}\n");
        }
    }
}

fn write_struct(
    out: &mut String,
    item: &Item<'_>,
    fields: &[Field<'_>],
    additional: Option<&(String, RustType)>,
    context: &Context<'_>,
) {
    let (runtime, visible) = (context.settings.runtime(), context.settings.visible());
    let name = &item.name;
    let _ = writeln!(out, "#[serde(crate = \"{runtime}::generated::serde\")]");
    schemars(out, item, fields);
    allow(out, "", context.settings.has_deprecation());
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

/// How serde names and reads the member, unless a plain field does the same.
fn serde(out: &mut String, field: &Field<'_>) {
    // rustc normalises names that are not ASCII.
    let is_renamed = field.name != field.key || !field.key.is_ascii();
    let rename = is_renamed.then(|| format!("rename = {}", literal(field.key)));
    let presence: &[&str] = match field.presence {
        Presence::Required => &[],
        Presence::RequiredNullable => &["deserialize_with = \"read::nullable\""],
        Presence::Optional => &["default, skip_serializing_if = \"Option::is_none\""],
        Presence::OptionalNullable => &[
            "default, deserialize_with = \"read::present\"",
            "skip_serializing_if = \"Option::is_none\"",
        ],
        Presence::OptionalUnlessEmpty => &[
            "default, deserialize_with = \"read::unless_empty\"",
            "skip_serializing_if = \"Option::is_none\"",
        ],
    };
    let arguments: Vec<&str> = rename
        .iter()
        .map(String::as_str)
        .chain(presence.iter().copied())
        .collect();
    let joined = arguments.join(", ");
    let fits = joined.chars().count() <= WIDTH;
    let lines = if fits { vec![&*joined] } else { arguments };
    for line in lines.into_iter().filter(|line| !line.is_empty()) {
        let _ = writeln!(out, "    #[serde({line})]");
    }
}

/// utoipa treats every `Option` as a member that may be absent.
fn utoipa(out: &mut String, item: &Item<'_>, field: &Field<'_>) {
    if field.presence == Presence::RequiredNullable
        && derives::has_set(item, "ToSchema")
        && !field
            .attributes
            .iter()
            .any(|set| set.starts_with("schema("))
    {
        out.push_str("    #[schema(required)]\n");
    }
}

/// So does schemars for what is read, and its `required` for one field would exclude null.
fn schemars(out: &mut String, item: &Item<'_>, fields: &[Field<'_>]) {
    let is_nullable = |field: &Field<'_>| field.presence == Presence::RequiredNullable;
    if derives::has_set(item, "JsonSchema")
        && derives::required(fields).any(is_nullable)
        && !item
            .attributes
            .iter()
            .any(|set| set.contains("\"required\""))
    {
        let names = derives::required(fields).map(|field| literal(field.key));
        let names = names.collect::<Vec<_>>().join(", ");
        let _ = writeln!(out, "#[schemars(extend(\"required\" = [{names}]))]");
    }
}

/// The schema chooses names and types, so lints are not about the emitted code.
pub(super) fn allow(out: &mut String, more: &str, is_deprecated: bool) {
    let deprecated = if is_deprecated { ", deprecated" } else { "" };
    let _ = writeln!(
        out,
        "#[allow({more}clippy::all, clippy::pedantic{deprecated})]"
    );
}
