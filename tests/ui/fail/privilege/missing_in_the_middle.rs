//! The missing `privileged` of `Inner` is the only error: that of `Outer` is not reported as unused.
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
