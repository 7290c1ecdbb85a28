//! Kratos would make an identifier of null, also where an update is put together at run time.
use kratos_traits::Patch;
use kratos_traits_ui_tests::account::AccountTraits;

fn main() {
    let mut patch = Patch::<AccountTraits, _>::privileged();
    patch.set(AccountTraits::ALIAS, None::<String>);
}
