//! A path to a trait that is not there: the error is on the path, not on the field.
use kratos_traits::SettingsUpdate;
use kratos_traits_ui_tests::customer::CustomerTraits;

#[derive(SettingsUpdate)]
#[kratos(traits = CustomerTraits)]
struct Rename {
    #[kratos(path = "name.frist")]
    first: Option<String>,
}

fn main() {}
