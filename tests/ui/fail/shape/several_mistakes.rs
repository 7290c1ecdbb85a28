//! All mistakes of a struct come in one compile, and the struct is an updater all the same: its use
//! adds no message.
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
