//! A verification address, named by its path.
use kratos_traits::SettingsUpdate;
use kratos_traits_ui_tests::member::MemberTraits;

#[derive(SettingsUpdate)]
#[kratos(traits = MemberTraits)]
struct ChangePhone {
    #[kratos(path = "phone")]
    mobile: Option<String>,
}

fn main() {}
