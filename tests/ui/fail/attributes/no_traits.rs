//! The struct has no attribute `traits`.
use kratos_traits::SettingsUpdate;

#[derive(SettingsUpdate)]
struct Rename {
    nickname: Option<String>,
}

fn main() {}
