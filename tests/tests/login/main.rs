//! Logins: first ones, fresh ones, second factors; recorded answers, the fake, a real Kratos.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that cannot go on panics"
)]

mod recorded;
mod scenarios;
