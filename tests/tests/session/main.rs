//! Who is logged in: recorded answers, the fake, a real Kratos.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that cannot go on panics"
)]

mod recorded;
mod scenarios;
mod schemas;

kratos_traits_tests::on_each_server! {
    scenarios::who_is_logged_in: customer::CustomerTraits,
    scenarios::nobody_is_logged_in: customer::CustomerTraits,
}
