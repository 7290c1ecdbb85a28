//! The traits by alias and by absolute path, and the runtime by another name; in a function body too.
use kratos_traits as renamed;
use kratos_traits_ui_tests::customer::CustomerTraits as Customer;

#[derive(renamed::SettingsUpdate)]
#[kratos(traits = Customer, crate = renamed)]
struct Rename {
    nickname: Option<String>,
}

fn main() {
    #[derive(kratos_traits::SettingsUpdate)]
    #[kratos(traits = ::kratos_traits_ui_tests::customer::CustomerTraits)]
    struct Inner {
        nickname: Option<String>,
    }
    let _ = (Rename { nickname: None }, Inner { nickname: None });
}
