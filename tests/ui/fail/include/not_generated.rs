//! A schema that the build script does not generate: the message contains the missing line.
kratos_traits::include_schema!("customer");

fn main() {}
