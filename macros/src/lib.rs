//! The macros of `kratos-traits`; use them through that crate.
//!
//! They know neither JSON Schema nor Kratos's keyword: whatever they know of a schema comes from the
//! fact table that generated code hands to them.

mod check;
mod derive;
mod errors;
mod expand;
mod facts;
mod include;
mod suggest;
mod updater;

use proc_macro::TokenStream;

/// Derives `SettingsUpdate`: a struct whose fields name the traits that it updates.
///
/// # On the struct
///
/// | attribute | meaning |
/// |---|---|
/// | `#[kratos(traits = path::CustomerTraits)]` | the generated traits; required |
/// | `#[kratos(privileged)]` | the struct may change identifiers and addresses, so saving it can need a fresh login |
/// | `#[kratos(crate = path)]` | where `kratos_traits` is, when not `::kratos_traits` |
///
/// # On a field
///
/// | attribute | meaning |
/// |---|---|
/// | none | the field has the name of the trait (`r#type` is `type`) |
/// | `#[kratos(path = "name.first")]` | the trait at this path; a dot inside a name is written `\.` |
///
/// # The type of a field
///
/// | type | what it does |
/// |---|---|
/// | `T` | sets the trait |
/// | `Option<T>` | sets the trait, or keeps it when `None` |
/// | `Option<Option<T>>` | sets it, removes it when `Some(None)`, or keeps it; an error for a required trait |
///
/// `T` is the trait's own type in the generated struct, or any `Clone` type that is `Into` that one,
/// such as `&str` for a string. `Option` is recognised by its name.
///
/// Every mistake is a compile error on the token that makes it.
#[proc_macro_derive(SettingsUpdate, attributes(kratos))]
pub fn derive_settings_update(input: TokenStream) -> TokenStream {
    derive::derive(input.into()).into()
}

/// The second half of the derive: called by generated code, with its facts and the user's struct.
#[doc(hidden)]
#[proc_macro]
pub fn settings_update(input: TokenStream) -> TokenStream {
    expand::settings_update(input.into()).into()
}

/// Includes what a build script generated for a schema, as a module of its name.
///
/// `include_schema!("customer")` is `mod customer { … }`; a visibility may stand before the name:
/// `include_schema!(pub "customer")`.
#[proc_macro]
pub fn include_schema(input: TokenStream) -> TokenStream {
    include::include_schema(input.into()).into()
}
