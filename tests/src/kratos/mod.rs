//! A real Kratos for tests: finds or builds the server, writes its configuration, starts it on free ports,
//! and plays the persons who use it. Only what a test needs of Kratos belongs here, and nothing of this project's API:
//! [`People`] takes a base URL, so the same person can stand before the in-process fake.

mod api;
mod binary;
mod config;
mod failure;
mod mailbox;
mod person;
mod ports;
mod second_factor;
mod server;

pub use api::{Answer, Api};
pub use config::{Database, KratosConfig, RequiredAal};
pub use failure::Failure;
pub use person::{People, create_identity, wait_until_older};
pub use second_factor::Authenticator;
pub use server::Kratos;
