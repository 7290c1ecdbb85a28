//! The enum over the traits of several schemas.

use std::fmt::Write as _;

use super::escape::literal;
use super::{derives, names};
use crate::settings::Options;

/// The variant for one of the schemas.
#[derive(Debug)]
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
    let (runtime, visible) = (options.runtime(), options.visible().before());
    let mut out = String::from("/// The traits of any of the identity schemas, by `schema_id`.\n");
    let lints = if variants.iter().any(|variant| variant.is_deprecated) {
        "clippy::all, clippy::pedantic, deprecated"
    } else {
        "clippy::all, clippy::pedantic"
    };
    // Writing to a String cannot fail.
    let _ = writeln!(out, "#[allow({lints})]");
    derives::write(&mut out, &["Clone", "PartialEq"], options.derives());
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

/// The struct for a schema of this name: `CustomerTraits` for `customer`.
pub(crate) fn root_type(name: &str, options: &Options) -> String {
    let set = options.of_trait(&[]).type_name();
    set.map_or_else(|| format!("{}Traits", names::pascal(name)), String::from)
}

/// The items, in the module that the settings name. rustfmt has to keep their layout, which `--check` compares.
pub(crate) fn in_module(items: &str, name: &str, options: &Options) -> String {
    let Some(module) = options.module_name() else {
        return items.into();
    };
    let visible = options.visible().before();
    format!(
        "/// The identity schema `{name}`.\n#[rustfmt::skip]\n{visible}mod {module} {{\n{items}}}\n"
    )
}

/// `CustomerTraits` → `Customer`
fn variant_name(ty: &str) -> &str {
    ty.strip_suffix("Traits")
        .filter(|name| !name.is_empty() && *name != "Self")
        .unwrap_or(ty)
}
