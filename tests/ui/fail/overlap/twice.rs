//! Two fields change one trait.
use kratos_traits::SettingsUpdate;
use kratos_traits_ui_tests::customer::CustomerTraits;

#[derive(SettingsUpdate)]
#[kratos(traits = CustomerTraits)]
struct Rename {
    nickname: Option<String>,
    #[kratos(path = "nickname")]
    alias: Option<String>,
}

fn main() {}
