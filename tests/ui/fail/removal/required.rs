//! A required trait cannot be removed.
use kratos_traits::SettingsUpdate;
use kratos_traits_ui_tests::customer::CustomerTraits;

#[derive(SettingsUpdate)]
#[kratos(traits = CustomerTraits, privileged)]
struct ChangeContact {
    email: Option<Option<String>>,
}

fn main() {}
