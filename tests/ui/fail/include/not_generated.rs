//! Without a build script there is nothing to include; the message has the build script.
kratos_traits::include_schema!("customer");

fn main() {}
