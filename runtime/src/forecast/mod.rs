//! Whether Kratos will ask for a fresh login, told before anything is sent.
//!
//! Kratos saves identifiers and addresses only while the login is younger than
//! `selfservice.flows.settings.privileged_session_max_age`. What it takes for a changed one depends on
//! its version, and is not always what one would think. With a login that is too old:
//!
//! | change | from v1.3.1 to v26.2.0 | after v26.2.0 |
//! |---|---|---|
//! | nothing, or ordinary traits | no | no |
//! | identifier, verification address | yes | yes |
//! | the same in other letter case | no | no |
//! | identifier with blanks around it | yes, and at every later change | no |
//! | an address for recovery only | no | yes |
//! | anything, of a person with a verified address (ory/kratos#4435) | yes | no |
//! | anything, of a person with two or more verifiable addresses | perhaps: at random | perhaps: at random |
//! | a maximum age of 0 | always too old | never too old |
//!
//! ("yes": a fresh login is needed.) What is not known (the version, the age, when the person logged in)
//! makes it [`Need::Perhaps`], and so does a login that is about to become too old. Sources:
//! `requiresPrivilegedAccess` in `identity/manager.go` of Kratos, and servers of v1.3.1, v26.2.0 and
//! later that were tried row by row.
//!
//! The public API does not show the identifiers that Kratos keeps. They follow from the traits, unless the
//! schema came to make an identifier of a trait after the person had registered: then the next change
//! needs a fresh login that no forecast knows of.

mod asked;
mod compare;
mod exchange;
mod login;
mod need;
mod spelling;
mod version;

use std::time::{Duration, SystemTime};

use self::asked::{Asked, asked};
pub use self::exchange::{Forecast, Foreseen};
use self::login::{Limits, Login};
pub use self::need::{Need, Why, WhyNot};
use self::version::Generation;
pub use self::version::KratosVersion;
use crate::session::Session;
use crate::traits::facts::IdentityTraits;
use crate::update::change::Change;

/// What the application knows of its server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ServerFacts {
    version: KratosVersion,
    max_age: Option<Duration>,
    clock_skew: Duration,
}

impl Default for ServerFacts {
    fn default() -> Self {
        Self {
            version: KratosVersion::Unknown,
            max_age: None,
            clock_skew: Duration::from_secs(5),
        }
    }
}

impl ServerFacts {
    /// A server of which nothing is known.
    pub fn new() -> Self {
        Self::default()
    }

    /// Its version.
    #[must_use]
    pub fn version(mut self, version: KratosVersion) -> Self {
        self.version = version;
        self
    }

    /// `selfservice.flows.settings.privileged_session_max_age` of its configuration, which is one hour
    /// where the configuration does not say it.
    #[must_use]
    pub fn privileged_session_max_age(mut self, age: Duration) -> Self {
        self.max_age = Some(age);
        self
    }

    /// How far its clock and ours may be apart, the time between forecast and submit included: 5
    /// seconds if not set.
    #[must_use]
    pub fn clock_skew(mut self, skew: Duration) -> Self {
        self.clock_skew = skew;
        self
    }

    /// Whether the change will need a fresh login, if it is submitted at the time `now` with this
    /// session. No I/O.
    ///
    /// ```
    /// # mod customer { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/../schemas/customer.rs")); }
    /// use std::time::{Duration, SystemTime};
    ///
    /// use customer::CustomerTraits;
    /// use kratos_traits::forecast::{KratosVersion, Need, ServerFacts};
    /// use kratos_traits::{Change, Session};
    ///
    /// fn warn(change: &Change<CustomerTraits>, session: &Session<CustomerTraits>) -> &'static str {
    ///     let server = ServerFacts::new()
    ///         .version(KratosVersion::parse("v26.2.0"))
    ///         .privileged_session_max_age(Duration::from_secs(15 * 60));
    ///     match server.forecast(change, session, SystemTime::now()) {
    ///         Need::No(_) => "",
    ///         Need::Yes(_) => "You will be asked for your password.",
    ///         Need::Perhaps(_) => "You may be asked for your password.",
    ///     }
    /// }
    /// ```
    pub fn forecast<T: IdentityTraits, S>(
        &self,
        change: &Change<T>,
        session: &Session<S>,
        now: SystemTime,
    ) -> Need {
        let generations = self.version.generations().iter();
        let needs = generations.map(|generation| self.need(change, session, *generation, now));
        needs.reduce(Need::or).unwrap_or(Need::Perhaps(Vec::new()))
    }

    fn need<T: IdentityTraits, S>(
        &self,
        change: &Change<T>,
        session: &Session<S>,
        generation: Generation,
        now: SystemTime,
    ) -> Need {
        // What would be put in besides is not sent for its own sake.
        if change.is_empty() {
            return Need::No(WhyNot::NothingToSave);
        }
        let asked = match &session.identity {
            Some(person) if person.traits.raw().as_str() == change.traits().as_str() => {
                return Need::No(WhyNot::NothingToSave);
            }
            Some(person) => asked::<T, S>(change.traits(), person, generation),
            None => Asked {
                perhaps: vec![Why::UnknownAddresses],
                ..Asked::default()
            },
        };
        let limits = Limits {
            max_age: self.max_age,
            clock_skew: self.clock_skew,
        };
        let since = session.authenticated_at.as_ref();
        let since = since.and_then(crate::Timestamp::time);
        match limits.judge(since, generation, now) {
            Login::Fresh(why_not) => Need::No(why_not),
            Login::Old(more) => asked.need(true, more),
            Login::Unclear(more) => asked.need(false, Some(more)),
        }
    }
}
