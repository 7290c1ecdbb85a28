//! What the tests that cross crates share. Each module belongs to one kind of test; the tests are in `tests/`.

pub mod browser;
pub mod kratos;
pub mod recorded;
pub mod scenarios;
pub mod schemas;
pub mod scripted;
pub mod server;
pub mod version;
pub mod wire;
