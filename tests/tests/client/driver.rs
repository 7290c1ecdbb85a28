//! The clients, one as good as the other.

use kratos_traits::client::{Limits, PublicClient};
use kratos_traits::{Client, Error, Outcome, SessionToken, blocking};
use kratos_traits_tests::schemas::customer::CustomerTraits;
use kratos_traits_tests::updaters::rename;

pub(crate) use kratos_traits_tests::scripted::TOKEN;

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

    /// The same, within these limits.
    pub(crate) fn update_within(
        self,
        url: &str,
        limits: Limits,
    ) -> Result<Outcome<CustomerTraits>, Error> {
        let session = SessionToken::new(TOKEN).unwrap();
        let update = rename("Countess");
        match self {
            Self::Reqwest => {
                let client = within(Client::new(url).unwrap(), limits);
                let call = async { client.settings(&session).update(&update).await };
                tokio::runtime::Runtime::new().unwrap().block_on(call)
            }
            Self::Ureq => {
                let client = within(blocking::Client::new(url).unwrap(), limits);
                client.settings(&session).update(&update).send()
            }
        }
    }
}

pub(crate) fn within<H>(client: PublicClient<H>, limits: Limits) -> PublicClient<H> {
    client
        .timeout(limits.timeout)
        .answer_bytes(limits.answer_bytes)
        .repeats(limits.repeats)
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
