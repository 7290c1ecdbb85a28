//! Without a similar name, all traits are listed.
use kratos_traits::SettingsUpdate;
use kratos_traits_ui_tests::customer::CustomerTraits;

#[derive(SettingsUpdate)]
#[kratos(traits = CustomerTraits)]
struct Move {
    postal_code: Option<String>,
}

fn main() {}
