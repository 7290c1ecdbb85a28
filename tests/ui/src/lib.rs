//! The example schemas as Rust, exactly as they are committed beside the schemas: for the cases here and for all other tests.

#![deny(warnings)]

/// An e-mail address, a name, a nickname.
#[path = "../../../schemas/customer.rs"]
pub mod customer;
/// Several identifiers.
#[path = "../../../schemas/member.rs"]
pub mod member;
/// Arrays, enums, free-form members, an open object.
#[path = "../../../schemas/subscriber.rs"]
pub mod subscriber;

kratos_traits::include_schema!(pub "account");
kratos_traits::include_schema!(pub "hostile");
kratos_traits::include_schema!(pub "operator");
kratos_traits::include_schema!(pub "sign-in");
