//! What the tests that cross crates share. Each module belongs to one kind of test; the tests are in `tests/`.

pub mod browser;
mod columns;
pub mod kratos;
pub mod outcomes;
pub mod recorded;
pub mod schemas;
pub mod scripted;
pub mod server;
pub mod updaters;
pub mod version;
pub mod wire;
