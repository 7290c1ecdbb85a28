//! Beside user types that have the names of standard types.
#![no_implicit_prelude]
#![deny(warnings, missing_docs)]

/// Not the one of the standard library.
pub struct String;
/// Not the one of the standard library.
pub enum Result {}

/// An updater.
#[derive(::kratos_traits::SettingsUpdate)]
#[kratos(traits = ::kratos_traits_ui_tests::customer::CustomerTraits)]
pub struct Rename {
    nickname: ::std::option::Option<::std::string::String>,
}

fn main() {
    let _ = Rename {
        nickname: ::std::option::Option::None,
    };
}
