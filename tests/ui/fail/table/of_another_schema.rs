//! The type of one schema under the name of the macro of another one.
use kratos_traits::SettingsUpdate;

/// By a type alias.
mod alias {
    #[allow(unused_imports)]
    pub use kratos_traits_ui_tests::customer::*;
    pub type CustomerTraits = kratos_traits_ui_tests::member::MemberTraits;
}

#[derive(SettingsUpdate)]
#[kratos(traits = alias::CustomerTraits, privileged)]
struct ByAlias {
    email: Option<String>,
}

/// The generator is configured otherwise: the same names, and other facts.
mod operator {
    #[allow(unused_imports)]
    pub use kratos_traits_ui_tests::operator::*;
    pub type OperatorTraits = kratos_traits_ui_tests::account::AccountTraits;
}

#[derive(SettingsUpdate)]
#[kratos(traits = operator::OperatorTraits)]
struct AroundTheDenial {
    role: Option<String>,
}

fn main() {}
