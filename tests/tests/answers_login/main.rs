//! Every answer that Kratos gives to a login flow, by its recorded shape, and answers of others.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that cannot go on says so this way"
)]

mod choices;
mod codes;
mod logged_in;
mod refused;
mod script;
mod shapes;
