//! Identifiers require `Patch::privileged()`.
use kratos_traits::Patch;
use kratos_traits_ui_tests::account::AccountTraits;


fn main() {
    let mut patch = Patch::<AccountTraits>::new();
    patch.set(AccountTraits::EMAIL, "ada@example.org");
}
