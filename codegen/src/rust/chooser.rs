//! The enum over the traits of several schemas.

use std::fmt::Write as _;

use super::text::literal;
use super::{derives, names};
use crate::settings::Options;

/// One of the schemas.
#[derive(Debug)]
pub(crate) struct Choice {
    /// Its `schema_id`.
    pub(crate) id: String,
    /// The struct of its traits.
    pub(crate) ty: String,
    pub(crate) is_deprecated: bool,
}

/// `enum NameTraits`, with a variant for each schema.
pub(crate) fn chooser(name: &str, choices: &[Choice], options: &Options) -> String {
    let ty = root_type(name, options);
    let (runtime, visible) = (options.runtime(), options.visible().before());
    let mut out = String::from("/// The traits of any of the identity schemas, by `schema_id`.\n");
    let lints = if choices.iter().any(|choice| choice.is_deprecated) {
        "clippy::all, clippy::pedantic, deprecated"
    } else {
        "clippy::all, clippy::pedantic"
    };
    // Writing to a String cannot fail.
    let _ = writeln!(out, "#[allow({lints})]");
    derives::write(&mut out, &["Clone", "PartialEq"], options.derives());
    let _ = writeln!(out, "{visible}enum {ty} {{");
    for Choice { id, ty, .. } in choices {
        let doc = literal(&format!("The schema {id:?}."));
        let _ = write!(out, "    #[doc = {doc}]\n    {}({ty}),\n", variant(ty));
    }
    let _ = write!(
        out,
        "}}\n\n{runtime}::__private::schemas! {{\n    {visible}{ty} {{\n"
    );
    for Choice { id, ty, .. } in choices {
        let _ = writeln!(out, "        {}({ty}): {},", variant(ty), literal(id));
    }
    out.push_str("    }\n}\n");
    out
}

/// The struct for a schema of this name.
pub(crate) fn root_type(name: &str, options: &Options) -> String {
    let set = options.of_trait(&[]).type_name();
    set.map_or_else(|| names::root_type(name), String::from)
}

/// The items, in the module that the settings ask for. rustfmt is told to keep their layout: what it formats has to stay what
/// `--check` expects.
pub(crate) fn in_module(items: &str, name: &str, options: &Options) -> String {
    let Some(module) = options.module_name() else {
        return items.into();
    };
    let visible = options.visible().before();
    format!(
        "/// The identity schema `{name}`.\n#[rustfmt::skip]\n{visible}mod {module} {{\n{items}}}\n"
    )
}

/// `CustomerTraits` is `Customer`.
fn variant(ty: &str) -> &str {
    ty.strip_suffix("Traits")
        .filter(|name| !name.is_empty() && *name != "Self")
        .unwrap_or(ty)
}
