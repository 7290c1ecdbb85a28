//! The traits through several re-exports, and the runtime through one of the application.
mod inner {
    pub use kratos_traits as runtime;
    pub use kratos_traits_ui_tests::customer;
}
mod outer {
    pub use super::inner::customer::CustomerTraits as Customer;
    pub use super::inner::runtime;
}

use outer::runtime::SettingsUpdate;

#[derive(SettingsUpdate)]
#[kratos(traits = outer::Customer, crate = crate::outer::runtime)]
struct Rename {
    nickname: Option<String>,
}

fn main() {
    assert!(Rename { nickname: None }.patch().is_empty());
}
