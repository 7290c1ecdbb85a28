//! A generated struct has no parameters.
use kratos_traits::SettingsUpdate;

#[derive(SettingsUpdate)]
#[kratos(traits = Vec<String, u8>, privileged)]
struct Update {
    age: i64,
}

fn main() {}
