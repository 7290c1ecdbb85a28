//! A keyword, and what is no name at all.
kratos_traits::include_schema!("type");
kratos_traits::include_schema!("my schema");
kratos_traits::include_schema!("self");

fn main() {}
