//! The error is at the path, not at the field.
use kratos_traits::SettingsUpdate;
use kratos_traits_ui_tests::customer::CustomerTraits;

#[derive(SettingsUpdate)]
#[kratos(traits = CustomerTraits)]
struct Rename {
    #[kratos(path = "name.frist")]
    first: Option<String>,
}

fn main() {}
