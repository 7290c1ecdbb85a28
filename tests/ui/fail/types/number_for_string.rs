//! A number for a string.
use kratos_traits::SettingsUpdate;
use kratos_traits_ui_tests::customer::CustomerTraits;

#[derive(SettingsUpdate)]
#[kratos(traits = CustomerTraits)]
struct Rename {
    nickname: u32,
}

fn main() {}
