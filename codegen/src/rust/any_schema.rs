//! Writes the enum over the traits of all schemas in a configuration of Kratos.

use std::fmt::Write as _;

use super::escape::literal;
use super::{derives, items, root_type};
use crate::settings::Options;

/// The variant for one of the schemas.
pub(crate) struct AnySchemaVariant {
    /// Its `schema_id`.
    pub(crate) id: String,
    /// The struct of its traits.
    pub(crate) ty: String,
    pub(crate) is_deprecated: bool,
}

/// `enum NameTraits`, with a variant for each schema.
pub(crate) fn any_schema(name: &str, variants: &[AnySchemaVariant], options: &Options) -> String {
    let ty = root_type(name, options);
    let (runtime, visible) = (options.runtime(), options.visible());
    let mut out = String::from("/// The traits of any of the identity schemas, by `schema_id`.\n");
    let is_deprecated = variants.iter().any(|variant| variant.is_deprecated);
    items::allow(&mut out, "", is_deprecated);
    derives::write(&mut out, &["Clone", "PartialEq"], options.derives());
    // Writing to a String cannot fail.
    let _ = writeln!(out, "{visible}enum {ty} {{");
    for AnySchemaVariant { id, ty, .. } in variants {
        let doc = literal(&format!("The schema {id:?}."));
        let _ = write!(out, "    #[doc = {doc}]\n    {}({ty}),\n", variant_name(ty));
    }
    let _ = write!(
        out,
        "}}\n\n{runtime}::__private::schemas! {{\n    {visible}{ty} {{\n"
    );
    for AnySchemaVariant { id, ty, .. } in variants {
        let _ = writeln!(out, "        {}({ty}): {},", variant_name(ty), literal(id));
    }
    out.push_str("    }\n}\n");
    out
}

/// `CustomerTraits` → `Customer`
fn variant_name(ty: &str) -> &str {
    ty.strip_suffix("Traits")
        .filter(|name| !name.is_empty() && *name != "Self")
        .unwrap_or(ty)
}
