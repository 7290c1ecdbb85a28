//! The macro knows a standard type by its name: a type of the user's that has it is another.
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
