//! The clients, one as good as the other.

use kratos_traits::client::Limits;
use kratos_traits::{Client, Error, Outcome, SessionToken, blocking};
use kratos_traits_tests::schemas::customer::CustomerTraits;
use kratos_traits_tests::updaters::rename;

pub(crate) use kratos_traits_tests::scripted::TOKEN;

/// The client, within these limits.
macro_rules! within {
    ($client:expr, $limits:expr) => {
        $client
            .timeout($limits.timeout)
            .answer_bytes($limits.answer_bytes)
    };
}
pub(crate) use within;

/// One of our clients.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Driver {
    Reqwest,
    Ureq,
}

impl Driver {
    /// How the change of a nickname ends on this server.
    pub(crate) fn update(self, url: &str) -> Result<Outcome<CustomerTraits>, Error> {
        self.update_within(url, Limits::default())
    }

    /// The same, by a client that sends each request only once.
    pub(crate) fn update_once(self, url: &str) -> Result<Outcome<CustomerTraits>, Error> {
        self.update_by(
            url,
            Client::without_retries,
            blocking::Client::without_retries,
        )
    }

    /// The same, within these limits.
    pub(crate) fn update_within(
        self,
        url: &str,
        limits: Limits,
    ) -> Result<Outcome<CustomerTraits>, Error> {
        self.update_by(
            url,
            |client| within!(client, limits),
            |client| within!(client, limits),
        )
    }

    fn update_by(
        self,
        url: &str,
        with: impl FnOnce(Client) -> Client,
        with_blocking: impl FnOnce(blocking::Client) -> blocking::Client,
    ) -> Result<Outcome<CustomerTraits>, Error> {
        let session = SessionToken::new(TOKEN).unwrap();
        let update = rename("Countess");
        match self {
            Self::Reqwest => {
                let client = with(Client::new(url).unwrap());
                let call = async { client.settings(&session).update(&update).await };
                tokio::runtime::Runtime::new().unwrap().block_on(call)
            }
            Self::Ureq => {
                let client = with_blocking(blocking::Client::new(url).unwrap());
                client.settings(&session).update(&update)
            }
        }
    }
}

/// Makes a test of each case, on each client.
macro_rules! on_each_client {
    ($($(#[$doc:meta])* fn $case:ident($client:ident) $body:block)*) => {
        $($(#[$doc])* fn $case($client: crate::driver::Driver) $body)*

        mod reqwest {
            $(#[test] fn $case() { super::$case(crate::driver::Driver::Reqwest); })*
        }
        mod ureq {
            $(#[test] fn $case() { super::$case(crate::driver::Driver::Ureq); })*
        }
    };
}
