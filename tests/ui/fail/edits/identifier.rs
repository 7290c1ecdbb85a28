//! Identifiers need `Edits::privileged()`.
use kratos_traits::Edits;
use kratos_traits_ui_tests::account::AccountTraits;


fn main() {
    let mut edits = Edits::<AccountTraits>::new();
    edits.set(AccountTraits::EMAIL, "ada@example.org");
}
