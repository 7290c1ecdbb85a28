//! A patch accepts the same types as the derive.
use kratos_traits::Patch;
use kratos_traits_ui_tests::account::AccountTraits;


fn main() {
    let mut patch = Patch::<AccountTraits>::new();
    patch.set(AccountTraits::AGE, "12");
}
