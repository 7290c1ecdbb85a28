//! The macros of `kratos-traits`; use them through that crate.
//!
//! They interpret neither JSON Schema nor `ory.sh/kratos`: all facts about a schema come from the table in the generated file.

mod check;
mod derives;
mod expand;
mod include;
mod messages;
mod schema;
mod table;
mod updater;

use proc_macro::TokenStream;

/// Derives `SettingsUpdate`; `kratos_traits::SettingsUpdate` documents the attributes.
#[proc_macro_derive(SettingsUpdate, attributes(kratos))]
pub fn derive_settings_update(input: TokenStream) -> TokenStream {
    updater::derive(input.into()).into()
}

/// The second half of the derive: called by the companion macro of the traits type, with its table and the user's struct.
#[doc(hidden)]
#[proc_macro]
pub fn settings_update(input: TokenStream) -> TokenStream {
    updater::settings_update(input.into()).into()
}

/// The table of an identity schema; called by `kratos_traits::schema!`.
#[doc(hidden)]
#[proc_macro]
pub fn schema_table(input: TokenStream) -> TokenStream {
    schema::schema_table(input.into()).into()
}

/// `Debug` that shows the name of the type only: for generated code.
#[doc(hidden)]
#[proc_macro_derive(Redacted)]
pub fn redacted(input: TokenStream) -> TokenStream {
    derives::redacted(input.into()).into()
}

/// The struct of the required members: for generated code.
#[doc(hidden)]
#[proc_macro_derive(New)]
pub fn new(input: TokenStream) -> TokenStream {
    derives::new(input.into()).into()
}

/// The texts of an enum: for generated code.
#[doc(hidden)]
#[proc_macro_derive(Choice, attributes(serde))]
pub fn choice(input: TokenStream) -> TokenStream {
    derives::choice(input.into()).into()
}

/// Includes the code that a build script generated for a schema, as a module with its name.
///
/// `include_schema!("customer")` is `mod customer { … }`; a visibility may precede the name:
/// `include_schema!(pub "customer")`.
#[proc_macro]
pub fn include_schema(input: TokenStream) -> TokenStream {
    include::include_schema(input.into()).into()
}
