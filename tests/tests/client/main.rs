//! Our clients against servers that are up to no good. Each case runs over each client.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that cannot go on says so this way"
)]

#[macro_use]
mod driver;
mod answers;
mod exchanges;
mod limits;
mod manners;
mod own_client;
mod repeats;
mod scripted;
