//! Kratos would make an identifier of null, also where an update is put together at run time.
use kratos_traits::Edits;
use kratos_traits_ui_tests::account::AccountTraits;

fn main() {
    let mut edits = Edits::<AccountTraits, _>::privileged();
    edits.set(AccountTraits::ALIAS, None::<String>);
}
