//! The e-mail address is an identifier, so the struct must be privileged.
use kratos_traits::SettingsUpdate;
use kratos_traits_ui_tests::customer::CustomerTraits;

#[derive(SettingsUpdate)]
#[kratos(traits = CustomerTraits)]
struct ChangeContact {
    email: Option<String>,
    nickname: Option<String>,
}

fn main() {}
