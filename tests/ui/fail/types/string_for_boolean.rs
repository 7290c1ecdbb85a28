//! The error is at the type inside the `Option`s.
use kratos_traits::SettingsUpdate;
use kratos_traits_ui_tests::customer::CustomerTraits;

#[derive(SettingsUpdate)]
#[kratos(traits = CustomerTraits)]
struct Subscribe {
    newsletter: Option<Option<String>>,
}

fn main() {}
