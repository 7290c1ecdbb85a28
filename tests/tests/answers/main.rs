//! Every answer that Kratos gives to a settings flow, by its recorded shape, and answers of others.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that cannot go on says so this way"
)]

mod accepted;
mod errors;
mod expired;
mod invalid;
mod requests;
mod script;
mod strange;
