//! The same generated file in two public modules of one crate, and in a private one.
#![deny(warnings)]
use kratos_traits::SettingsUpdate;

mod first {
    include!("../../../schemas/customer.rs");
}
mod second {
    include!("../../../schemas/customer.rs");
}

#[derive(SettingsUpdate)]
#[kratos(traits = first::CustomerTraits)]
struct First {
    nickname: Option<String>,
}

#[derive(SettingsUpdate)]
#[kratos(traits = second::CustomerTraits)]
struct Second {
    nickname: Option<String>,
}

fn main() {
    let (a, b) = (First { nickname: None }, Second { nickname: None });
    assert!(a.patch().is_empty() && b.patch().is_empty());
}
