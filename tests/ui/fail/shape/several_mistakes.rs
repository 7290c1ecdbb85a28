//! All mistakes of a struct are reported together, and the struct is still an updater:
//! its use causes no further error.
use kratos_traits::SettingsUpdate;
use kratos_traits_ui_tests::customer::CustomerTraits;

#[derive(SettingsUpdate)]
#[kratos(traits = CustomerTraits)]
pub struct ChangeContact {
    pub email: Option<Option<String>>,
    pub nikname: Option<String>,
}

fn main() {
    let update = ChangeContact {
        email: None,
        nikname: None,
    };
    let _ = SettingsUpdate::patch(&update);
}
