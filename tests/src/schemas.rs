//! The types of all schemas that the tests use.

pub use kratos_traits_ui_tests::*;

kratos_traits::include_schema!(pub "people");
