//! The types are those of the derive.
use kratos_traits::Edits;
use kratos_traits_ui_tests::account::AccountTraits;


fn main() {
    let mut edits = Edits::<AccountTraits>::new();
    edits.set(AccountTraits::AGE, "12");
}
