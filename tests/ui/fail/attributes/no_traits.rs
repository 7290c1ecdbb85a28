//! The struct does not say which traits it updates.
use kratos_traits::SettingsUpdate;

#[derive(SettingsUpdate)]
struct Rename {
    nickname: Option<String>,
}

fn main() {}
