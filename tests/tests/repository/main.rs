//! The repository itself: dependencies of the features, the README, the harness of the other tests.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that cannot go on panics"
)]

mod dependencies;
mod facts;
mod harness;
mod modules;
mod readme;
