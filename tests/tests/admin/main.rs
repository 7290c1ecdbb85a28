//! Updates and searches through the admin API: recorded answers, the fake, a real Kratos.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that cannot go on panics"
)]

mod race;
mod recorded;
mod scenarios;
