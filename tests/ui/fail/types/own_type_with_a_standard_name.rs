//! A type of the application with the name of a standard type.
use kratos_traits::SettingsUpdate;
use kratos_traits_ui_tests::customer::CustomerTraits;

#[derive(Clone)]
struct String;

#[derive(SettingsUpdate)]
#[kratos(traits = CustomerTraits)]
struct Rename {
    nickname: Option<Option<String>>,
    newsletter: Option<bool>,
}

mod alias {
    use kratos_traits::SettingsUpdate;
    use kratos_traits_ui_tests::customer::CustomerTraits;

    #[allow(non_camel_case_types)]
    type bool = u8;

    #[derive(SettingsUpdate)]
    #[kratos(traits = CustomerTraits)]
    struct Subscribe {
        newsletter: bool,
    }
}

#[derive(SettingsUpdate)]
#[kratos(traits = CustomerTraits)]
struct ByPath {
    nickname: self::String,
}

fn main() {}
