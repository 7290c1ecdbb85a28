//! A duplicate `traits`.
use kratos_traits::SettingsUpdate;
use kratos_traits_ui_tests::customer::CustomerTraits;

#[derive(SettingsUpdate)]
#[kratos(traits = CustomerTraits)]
#[kratos(traits = CustomerTraits)]
struct Rename {
    nickname: Option<String>,
}

fn main() {}
