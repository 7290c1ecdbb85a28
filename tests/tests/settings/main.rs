//! Updates through the settings flow: recorded answers, the fake, a real Kratos.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that cannot go on panics"
)]

mod forecast;
mod live;
mod merge;
mod pending;
mod recorded;
mod scenarios;
