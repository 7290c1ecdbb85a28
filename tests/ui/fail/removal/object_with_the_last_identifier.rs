//! An object that contains the only identifier of a credential cannot be removed.
use kratos_traits::{Patch, SettingsUpdate};
use kratos_traits_ui_tests::sign_in::{SignInTraits, SignInTraitsLogin};

#[derive(SettingsUpdate)]
#[kratos(traits = SignInTraitsLogin, privileged)]
struct LoginForm {
    name: String,
}

#[derive(SettingsUpdate)]
#[kratos(traits = SignInTraits, privileged)]
struct Nested {
    #[kratos(nested)]
    login: Option<Option<LoginForm>>,
}

#[derive(SettingsUpdate)]
#[kratos(traits = SignInTraits, privileged)]
struct Whole {
    login: Option<Option<SignInTraitsLogin>>,
}

fn main() {
    Patch::<SignInTraits, _>::privileged().remove(SignInTraits::LOGIN);
}
