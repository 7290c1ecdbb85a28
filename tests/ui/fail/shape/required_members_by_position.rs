//! Required members are given by name: two of one type cannot be swapped.
use kratos_traits_ui_tests::account::NewAccountTraits;

fn main() {
    let (email, kind) = ("ada@example.org".to_owned(), "person".to_owned());
    let _ = NewAccountTraits(kind, email);
}
