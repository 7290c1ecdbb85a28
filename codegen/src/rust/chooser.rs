//! The enum over the traits of several schemas.

use std::collections::HashMap;
use std::fmt::Write as _;

use super::text::push_literal;
use super::{layout, names};
use crate::settings::Options;

/// One of the schemas.
#[derive(Debug)]
pub(crate) struct Choice {
    /// Its `schema_id`.
    pub(crate) id: String,
    /// The struct of its traits.
    pub(crate) ty: String,
}

/// `enum NameTraits`, with a variant for each schema; an error where two things would have one name.
pub(crate) fn chooser(name: &str, choices: &[Choice], options: &Options) -> Result<String, String> {
    let ty = root_type(name, options);
    let mut taken = HashMap::from([(ty.as_str(), "all of them")]);
    for choice in choices {
        if let Some(other) = taken.insert(&choice.ty, &choice.id) {
            return Err(format!(
                "the traits of {:?} and of {other:?} would both be the type `{}`; set another name with `rename_type` for the empty path",
                choice.id, choice.ty
            ));
        }
    }
    let (runtime, visible) = (options.runtime(), options.visible().before());
    let mut out = String::from(
        "/// The traits of any of the identity schemas, by `schema_id`.\n#[allow(clippy::large_enum_variant)]\n#[derive(Clone, PartialEq)]\n",
    );
    layout::block(&mut out, &format!("{visible}enum"), &ty);
    for Choice { id, ty } in choices {
        out.push_str("    #[doc = ");
        push_literal(&mut out, &format!("The schema {id:?}."));
        let _ = write!(out, "]\n    {}({ty}),\n", variant(ty));
    }
    let _ = write!(
        out,
        "}}\n{runtime}::__private::schemas! {{\n    {visible}{ty} {{\n"
    );
    for Choice { id, ty } in choices {
        let _ = write!(out, "        {}({ty}): ", variant(ty));
        push_literal(&mut out, id);
        out.push_str(",\n");
    }
    out.push_str("    }\n}\n");
    Ok(out)
}

/// The struct for a schema of this name.
pub(crate) fn root_type(name: &str, options: &Options) -> String {
    let set = options.of_trait(&[]).type_name();
    set.map_or_else(|| names::root_type(name), String::from)
}

/// The items, in the module that the settings ask for.
pub(crate) fn in_module(items: &str, name: &str, options: &Options) -> String {
    let Some(module) = options.module_name() else {
        return items.into();
    };
    let visible = options.visible().before();
    format!("/// The identity schema `{name}`.\n{visible}mod {module} {{\n{items}}}\n")
}

/// `CustomerTraits` is `Customer`.
fn variant(ty: &str) -> &str {
    ty.strip_suffix("Traits")
        .filter(|name| !name.is_empty() && *name != "Self")
        .unwrap_or(ty)
}
