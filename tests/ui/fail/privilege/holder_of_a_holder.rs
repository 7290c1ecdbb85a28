//! One mistake, one error: `Inner` should say that it is privileged, and what `Outer` says is right then.
use kratos_traits::SettingsUpdate;
use kratos_traits_ui_tests::account::AccountTraits;

#[derive(SettingsUpdate)]
#[kratos(traits = AccountTraits, privileged)]
struct Rename {
    username: String,
}

#[derive(SettingsUpdate)]
#[kratos(traits = AccountTraits)]
struct Inner {
    #[kratos(flatten)]
    rename: Rename,
}

#[derive(SettingsUpdate)]
#[kratos(traits = AccountTraits, privileged)]
struct Outer {
    #[kratos(flatten)]
    inner: Inner,
}

fn main() {}
