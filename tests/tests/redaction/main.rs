//! What `Debug`, `Display` and panics show of all that holds traits, tokens, cookies, passwords, codes or
//! addresses: none of these. Here every such value has the same word in it.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

mod changes;
mod held;
mod names;
mod others;
mod script;
mod tracing;
mod undeclared;
