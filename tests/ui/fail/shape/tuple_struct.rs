//! A tuple struct has no field names.
use kratos_traits::SettingsUpdate;
use kratos_traits_ui_tests::customer::CustomerTraits;

#[derive(SettingsUpdate)]
#[kratos(traits = CustomerTraits)]
struct Rename(Option<String>);

fn main() {}
