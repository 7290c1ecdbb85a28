//! An `f32` becomes an `f64` with other digits than were written.
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
