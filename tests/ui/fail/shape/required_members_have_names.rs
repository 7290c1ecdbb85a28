//! There is no positional way to make a generated struct: two required members of one type cannot be swapped.
use kratos_traits_ui_tests::account::NewAccountTraits;

fn main() {
    let (email, kind) = ("ada@example.org".to_owned(), "person".to_owned());
    let _ = NewAccountTraits(kind, email);
}
