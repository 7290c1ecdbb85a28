//! A name with a hyphen is suggested as a path.
use kratos_traits::SettingsUpdate;
use kratos_traits_ui_tests::sign_in::SignInTraits;

#[derive(SettingsUpdate)]
#[kratos(traits = SignInTraits)]
struct Update {
    height_cm: f64,
}

fn main() {}
