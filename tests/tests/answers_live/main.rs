//! The answers of a real Kratos to settings requests, right and wrong ones, read by our exchanges.
//!
//! Our client never asks most of these; the requests are written by hand, so that each kind of answer
//! is one that a server gave. The kinds that no server here gives are in `answers`, by their
//! recorded shape.

#![cfg_attr(not(feature = "live"), allow(dead_code, unused_imports))]
#![allow(clippy::panic, reason = "a test that cannot go on says so this way")]

mod asked;
mod flows;
mod hooks;
mod second_factor;
mod settings;
mod verification;

/// A test that needs a real Kratos, ignored without the feature `live`.
#[macro_export]
macro_rules! live {
    ($(#[$doc:meta])* async fn $name:ident() $body:block) => {
        $(#[$doc])*
        #[tokio::test]
        #[cfg_attr(
            not(feature = "live"),
            ignore = "needs --features live: builds and starts a real Kratos"
        )]
        async fn $name() -> Result<(), kratos_traits_tests::kratos::Failure> {
            $body
            Ok(())
        }
    };
}
