//! No field requires `privileged`.
use kratos_traits::SettingsUpdate;
use kratos_traits_ui_tests::customer::CustomerTraits;

#[derive(SettingsUpdate)]
#[kratos(traits = CustomerTraits, privileged)]
struct Rename {
    nickname: Option<String>,
}

fn main() {}
