//! A nullable identifier cannot be set in a patch.
use kratos_traits::Patch;
use kratos_traits_ui_tests::account::AccountTraits;

fn main() {
    let mut patch = Patch::<AccountTraits, _>::privileged();
    patch.set(AccountTraits::ALIAS, None::<String>);
}
