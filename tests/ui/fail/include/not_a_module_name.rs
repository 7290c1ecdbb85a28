//! Names of schemas that cannot be names of modules.
kratos_traits::include_schema!("type");
kratos_traits::include_schema!("my schema");
kratos_traits::include_schema!("self");

fn main() {}
