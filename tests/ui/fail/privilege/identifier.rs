//! The e-mail address is an identifier: the struct must say that it changes one.
use kratos_traits::SettingsUpdate;
use kratos_traits_ui_tests::customer::CustomerTraits;

#[derive(SettingsUpdate)]
#[kratos(traits = CustomerTraits)]
struct ChangeContact {
    email: Option<String>,
    nickname: Option<String>,
}

fn main() {}
