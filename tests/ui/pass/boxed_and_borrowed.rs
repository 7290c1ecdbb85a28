//! `Box<U>`, `&U` and `Box<dyn …>` are updaters: alone, nested and flattened.
use kratos_traits::{Patch, RawTraits, SettingsUpdate, Unprivileged};
use kratos_traits::marker::Ordinary;
use kratos_traits_ui_tests::customer::{CustomerTraits, CustomerTraitsName};

#[derive(SettingsUpdate)]
#[kratos(traits = CustomerTraitsName)]
struct Name {
    first: String,
}

#[derive(SettingsUpdate)]
#[kratos(traits = CustomerTraits)]
struct Nickname<'a> {
    nickname: &'a str,
}

#[derive(SettingsUpdate)]
#[kratos(traits = CustomerTraits)]
struct Form<'a> {
    #[kratos(nested)]
    name: Option<Box<Name>>,
    #[kratos(flatten)]
    nickname: &'a Nickname<'a>,
    #[kratos(flatten)]
    rest: Option<Patch<CustomerTraits>>,
}

fn saved(update: &impl Unprivileged<Traits = CustomerTraits>) -> String {
    let current = RawTraits::parse(r#"{"email":"a@example.org"}"#).unwrap();
    update.settings_update(&current).unwrap().traits().as_str().to_owned()
}

fn main() {
    let nickname = Nickname { nickname: "Ada" };
    let with_nickname = r#"{"email":"a@example.org","nickname":"Ada"}"#;
    assert_eq!(saved(&&nickname), with_nickname);
    assert_eq!(saved(&Box::new(Nickname { nickname: "Ada" })), with_nickname);
    let form = Form {
        name: Some(Box::new(Name { first: "Ada".into() })),
        nickname: &nickname,
        rest: None,
    };
    let by_both = r#"{"email":"a@example.org","name":{"first":"Ada"},"nickname":"Ada"}"#;
    assert_eq!(saved(&form), by_both);
    fn ordinary<U: SettingsUpdate<Access = Ordinary>>(_: &U) {}
    ordinary(&Box::new(&form));
}
