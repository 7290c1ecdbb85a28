//! The last identifier of a credential cannot be removed.
use kratos_traits::Patch;
use kratos_traits_ui_tests::account::AccountTraits;


fn main() {
    let mut patch = Patch::<AccountTraits, _>::privileged();
    patch.remove(AccountTraits::USERNAME);
}
