//! Nor can the last identifier of a credential.
use kratos_traits::Edits;
use kratos_traits_ui_tests::account::AccountTraits;


fn main() {
    let mut edits = Edits::<AccountTraits, _>::privileged();
    edits.remove(AccountTraits::USERNAME);
}
