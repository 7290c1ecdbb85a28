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
mod visible;

use proc_macro::TokenStream;

/// Derives `SettingsUpdate`; see `kratos_traits::SettingsUpdate` for all that it takes.
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
