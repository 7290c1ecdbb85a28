use kratos_traits::SettingsUpdate;
use kratos_traits_ui_tests::account::AccountTraits;

#[derive(SettingsUpdate)]
#[kratos(traits = AccountTraits)]
struct Update<'a> {
    age: &'a i64,
    score: Option<&'a f64>,
    active: &'a bool,
    display: &'a &'a str,
}

fn main() {}
