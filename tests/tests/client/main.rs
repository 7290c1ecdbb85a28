//! Our HTTP clients against servers that misbehave. Each case runs over each client.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

#[macro_use]
mod driver;
mod answers;
mod bounds;
mod busy;
mod exchanges;
mod limits;
mod own_client;
mod repeats;
mod secrets;
mod server;
mod wrong_server;

kratos_traits_tests::on_each_server! {
    wrong_server::wrong_urls: customer::CustomerTraits,
}
