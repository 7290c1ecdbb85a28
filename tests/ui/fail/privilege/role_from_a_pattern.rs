//! The traits give the role to all members with names of a pattern.
use kratos_traits::SettingsUpdate;
use kratos_traits_ui_tests::account::{AccountTraits, AccountTraitsReachable};

#[derive(SettingsUpdate)]
#[kratos(traits = AccountTraits)]
struct Update {
    reach_by: Option<String>,
    #[kratos(nested)]
    reachable: Reachable,
}

#[derive(SettingsUpdate)]
#[kratos(traits = AccountTraitsReachable)]
struct Reachable {
    hours: Option<String>,
}

fn main() {}
