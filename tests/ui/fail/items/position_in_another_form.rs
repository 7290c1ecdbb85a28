//! Only Kratos's spelling of a position is accepted.
use kratos_traits::SettingsUpdate;
use kratos_traits_ui_tests::account::AccountTraits;

#[derive(SettingsUpdate)]
#[kratos(traits = AccountTraits)]
struct Update {
    #[kratos(path = "tags.00")]
    first: String,
    #[kratos(path = "tags.+1")]
    second: String,
}

fn main() {}
