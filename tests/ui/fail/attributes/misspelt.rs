//! Unknown attributes on the struct and on a field are reported together.
use kratos_traits::SettingsUpdate;
use kratos_traits_ui_tests::customer::CustomerTraits;

#[derive(SettingsUpdate)]
#[kratos(traits = CustomerTraits, priviledged)]
struct Rename {
    #[kratos(rename = "nickname")]
    alias: Option<String>,
}

fn main() {}
