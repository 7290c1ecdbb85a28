//! What is denied is denied here, too.
use kratos_traits::Edits;
use kratos_traits_ui_tests::account::AccountTraits;


fn main() {
    let mut edits = Edits::<AccountTraits, _>::privileged();
    edits.set(AccountTraits::ROLE, "admin");
}
