//! An `f32` would be saved with rounding artefacts.
use kratos_traits::SettingsUpdate;
use kratos_traits_ui_tests::sign_in::SignInTraits;

#[derive(SettingsUpdate)]
#[kratos(traits = SignInTraits)]
struct Update {
    #[kratos(path = "height-cm")]
    height: Option<f32>,
    #[kratos(path = "sizes.0")]
    size: f32,
}

fn main() {}
