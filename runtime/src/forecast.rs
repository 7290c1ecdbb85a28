//! Predicts whether saving a change will need a fresh login, before anything is sent.
//!
//! Kratos saves a changed identifier or address only while the login is younger than
//! `selfservice.flows.settings.privileged_session_max_age`. If the login is older, it answers
//! `session_refresh_required` to these changes:
//!
//! | change | up to v26.2.0 | after v26.2.0 |
//! |---|---|---|
//! | an identifier or a verification address | yes | yes |
//! | a recovery address only | no | yes |
//! | any other trait, if the person has a verified address (ory/kratos#4435) | yes | no |
//! | any other trait, if the person has two or more verifiable addresses | at random | at random |
//! | any other trait | no | no |
//!
//! A `privileged_session_max_age` of 0 makes every login too old up to v26.2.0, and none after it.
//!
//! Sources: K-priv-1 to K-priv-6, `requiresPrivilegedAccess` in `identity/manager.go` of Kratos, and tests on servers of v1.3.1,
//! v26.2.0 and the development version of July 2026.
//!
//! A forecast is not a promise, so handle
//! [`ReauthenticationRequired`](crate::Outcome::ReauthenticationRequired) in any case. It cannot know of:
//!
//! - an identifier that is stored with blanks around it: up to v26.2.0 every change then needs a fresh
//!   login (a *new* value with blanks counts as a changed identifier here, also for later versions, which
//!   ignore the blanks);
//! - a schema that has declared another identifier or address since the identity was last saved: the
//!   next change needs a fresh login;
//! - clocks that differ.

use std::fmt;
use std::time::{Duration, SystemTime};

use http::{Request, Response};

use crate::http::answer::Answer;
use crate::http::{Context, Error, Exchange, Invalid, Phase, Refusal, Step, trace};
use crate::session::{Session, Whoami, WhoamiOutcome};
use crate::traits::facts::{IdentityTraits, Role, TraitFacts};
use crate::traits::marker::{self, Privileged};
use crate::update::access::Access;
use crate::update::blame::Api;
use crate::update::change::Change;
use crate::update::patch::Patch;

/// Whether saving a change will need a fresh login.
///
/// The enum is exhaustive on purpose: there is no fourth answer.
#[derive(Clone, Debug, PartialEq, Eq)]
#[must_use]
pub enum FreshLogin {
    /// No fresh login will be needed.
    No,
    /// A fresh login will be needed.
    Yes(Reason),
    /// A fresh login may be needed: it depends on chance, or on something that is not known.
    Perhaps(Reason),
}

/// Why a fresh login is needed, or may be.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Reason {
    /// The change gives these identifiers and addresses other values.
    ///
    /// `Perhaps` if only recovery addresses change and the version is not known, or if the session does
    /// not tell the time of the login.
    Changes(Vec<&'static TraitFacts>),
    /// The person has a verified address: up to v26.2.0 every change needs a fresh login
    /// (ory/kratos#4435). `Perhaps` if the version is not known.
    VerifiedAddress,
    /// The person has two or more verifiable addresses, which Kratos compares in random order.
    SeveralAddresses,
    /// The session does not show the person's addresses.
    UnknownAddresses,
}

/// What the application knows about its server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ServerFacts {
    max_age: Duration,
    /// Whether the rules of v26.2.0 and older hold; `None` if the version is not known.
    until_26_2: Option<bool>,
}

impl ServerFacts {
    /// A server with this `selfservice.flows.settings.privileged_session_max_age` (one hour if its
    /// configuration does not set it), of unknown version.
    ///
    /// ```
    /// use std::time::Duration;
    ///
    /// use kratos_traits::forecast::ServerFacts;
    ///
    /// let server = ServerFacts::new(Duration::from_secs(60 * 60));
    /// ```
    pub const fn new(privileged_session_max_age: Duration) -> Self {
        Self {
            max_age: privileged_session_max_age,
            until_26_2: None,
        }
    }

    /// Sets the version: the tag of the image, or what `GET /version` answers (`v1.3.1`, `26.2.0`,
    /// `v26.2.0-distroless`). The version stays unknown if the text does not tell it, like `master`.
    ///
    /// ```
    /// use std::time::Duration;
    ///
    /// use kratos_traits::forecast::ServerFacts;
    ///
    /// let server = ServerFacts::new(Duration::from_secs(60 * 60)).version("v26.2.0");
    /// ```
    #[must_use]
    pub fn version(mut self, version: &str) -> Self {
        let version = version.trim();
        let numbers = version.strip_prefix('v').unwrap_or(version);
        let numbers = numbers.split(['-', '+']).next().unwrap_or_default();
        let numbers: Result<Vec<u32>, _> = numbers.split('.').map(str::parse).collect();
        self.until_26_2 = match numbers.as_deref() {
            // A patch release of v26.2 may follow either rule.
            Ok([26, 2, patch]) if *patch > 0 => None,
            Ok([major, minor, _]) => Some((*major, *minor) <= (26, 2)),
            _ => None,
        };
        self
    }

    /// Whether saving the change at the time `now` will need a fresh login, in the session that `whoami`
    /// has answered. Sends nothing.
    ///
    /// Pass a later time than the current one to allow for the time that the person needs for a form.
    ///
    /// ```
    /// # mod customer { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/../schemas/customer.rs")); }
    /// use std::time::{Duration, SystemTime};
    ///
    /// use customer::CustomerTraits;
    /// use kratos_traits::forecast::{FreshLogin, ServerFacts};
    /// use kratos_traits::{Change, Session};
    ///
    /// fn hint(change: &Change<CustomerTraits>, session: &Session<CustomerTraits>) -> &'static str {
    ///     let server = ServerFacts::new(Duration::from_secs(15 * 60)).version("v26.2.0");
    ///     match server.forecast(change, session, SystemTime::now()) {
    ///         FreshLogin::No => "",
    ///         FreshLogin::Yes(_) => "You will be asked for your password.",
    ///         FreshLogin::Perhaps(_) => "You may be asked for your password.",
    ///     }
    /// }
    /// ```
    pub fn forecast<T: IdentityTraits, S>(
        &self,
        change: &Change<T>,
        session: &Session<S>,
        now: SystemTime,
    ) -> FreshLogin {
        let is_old = self.is_old(session, now);
        if change.is_empty() || is_old == Some(false) {
            return FreshLogin::No;
        }
        match self.reason(change, session) {
            None => FreshLogin::No,
            Some((reason, true)) if is_old == Some(true) => FreshLogin::Yes(reason),
            Some((reason, _)) => FreshLogin::Perhaps(reason),
        }
    }

    /// Whether the login is too old for privileged changes; `None` if it is not known.
    ///
    /// Source: K-priv-6, `IsPrivileged` in `session/manager_http.go` of Kratos.
    fn is_old<S>(&self, session: &Session<S>, now: SystemTime) -> Option<bool> {
        // Every login is too old up to v26.2.0, and none after it.
        if self.max_age.is_zero() {
            return self.until_26_2;
        }
        let login = session.authenticated_at.as_ref()?.time()?;
        // If the sum overflows, the limit is never reached.
        let limit = login.checked_add(self.max_age);
        Some(limit.is_some_and(|limit| limit <= now))
    }

    /// Why an old login will be refused, and whether this is certain; `None` if it will not be.
    fn reason<T: IdentityTraits, S>(
        &self,
        change: &Change<T>,
        session: &Session<S>,
    ) -> Option<(Reason, bool)> {
        let until_26_2 = self.until_26_2;
        let is_recovery = |role: &Role| matches!(role, Role::Recovery(_));
        let mut traits = Vec::new();
        let mut is_certain = until_26_2 == Some(false);
        for (facts, role) in change.privileged() {
            if !is_recovery(role) {
                is_certain = true;
            } else if until_26_2 == Some(true) {
                continue;
            }
            // A trait that is both an identifier and an address is in the list twice.
            if !traits.contains(facts) {
                traits.push(*facts);
            }
        }
        let person = session.identity.as_ref();
        let addresses = person.map_or(&[][..], |person| &person.verifiable_addresses);
        let is_verified = addresses.iter().any(|address| address.verified);
        if is_certain && !traits.is_empty() {
            Some((Reason::Changes(traits), true))
        } else if is_verified && until_26_2 == Some(true) {
            Some((Reason::VerifiedAddress, true))
        } else if !traits.is_empty() {
            Some((Reason::Changes(traits), false))
        } else if is_verified && until_26_2.is_none() {
            Some((Reason::VerifiedAddress, false))
        } else if addresses.len() > 1 {
            Some((Reason::SeveralAddresses, false))
        } else if person.is_none() {
            Some((Reason::UnknownAddresses, false))
        } else {
            None
        }
    }
}

/// The result of [`Settings::forecast`](crate::client::Settings::forecast).
///
/// The enum is exhaustive on purpose, so that a `match` without `_` handles every response of Kratos.
#[derive(Clone)]
#[must_use = "only `Forecast::FreshLogin` is a forecast: match on it"]
pub enum Forecast {
    /// Whether the update will need a fresh login.
    FreshLogin(FreshLogin),
    /// The update would not be sent, because the traits would break the schema.
    Invalid(Invalid),
    /// The session lacks the second factor.
    #[non_exhaustive]
    #[doc(alias = "session_aal2_required")]
    SecondFactorRequired {
        /// Where a browser adds the second factor. A native application does so with
        /// [`Client::login`](crate::Client::login).
        redirect_browser_to: Option<String>,
    },
    /// There is no active session: the person must log in.
    #[doc(alias = "session_inactive")]
    SessionInactive,
    /// Try again later, after [`Refusal::retry_after`]: too many requests (HTTP 429), or the server is not available (503).
    Busy(Refusal),
    /// Kratos refused for another reason.
    Refused(Refusal),
}

impl Forecast {
    /// The name of the result, for logs and counters: `no_login_needed`, `invalid`, …
    ///
    /// ```
    /// use kratos_traits::forecast::{Forecast, FreshLogin};
    ///
    /// assert_eq!(Forecast::FreshLogin(FreshLogin::No).name(), "no_login_needed");
    /// ```
    pub const fn name(&self) -> &'static str {
        match self {
            Self::FreshLogin(FreshLogin::No) => "no_login_needed",
            Self::FreshLogin(FreshLogin::Yes(_)) => "login_needed",
            Self::FreshLogin(FreshLogin::Perhaps(_)) => "login_perhaps_needed",
            Self::Invalid(_) => "invalid",
            Self::SecondFactorRequired { .. } => "second_factor_required",
            Self::SessionInactive => "session_inactive",
            Self::Busy(_) => "busy",
            Self::Refused(_) => "refused",
        }
    }
}

impl fmt::Debug for Forecast {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::FreshLogin(login) => f.debug_tuple("FreshLogin").field(login).finish(),
            Self::Invalid(invalid) => f.debug_tuple("Invalid").field(invalid).finish(),
            // The URL may contain ids of flows and values of the application.
            Self::SecondFactorRequired { .. } => f
                .debug_struct("SecondFactorRequired")
                .finish_non_exhaustive(),
            Self::SessionInactive => f.write_str("SessionInactive"),
            Self::Busy(refusal) => f.debug_tuple("Busy").field(refusal).finish(),
            Self::Refused(refusal) => f.debug_tuple("Refused").field(refusal).finish(),
        }
    }
}

/// Reads the session, and predicts whether an update needs a fresh login.
pub(crate) struct ForecastRequest<T> {
    whoami: Whoami<T>,
    patch: Patch<T, Privileged>,
    access: Access,
    server: ServerFacts,
    now: SystemTime,
}

impl<T: IdentityTraits> ForecastRequest<T> {
    pub(crate) fn new<A: marker::Access>(
        context: Context,
        patch: Patch<T, A>,
        server: ServerFacts,
        now: SystemTime,
    ) -> Self {
        Self {
            whoami: Whoami::new(context),
            access: Access::of::<A>(),
            patch: patch.into_privileged(),
            server,
            now,
        }
    }

    fn forecast(&self, session: &Session<T>, answer: &Answer<'_>) -> Result<Forecast, Error> {
        // Kratos does not return the identity while a second factor is missing.
        let Some(person) = &session.identity else {
            return Ok(Forecast::SecondFactorRequired {
                redirect_browser_to: None,
            });
        };
        Error::of_other_schema::<T>(answer, &person.schema_id)?;
        let current = person.traits.raw().json();
        Ok(
            match Change::new(&self.patch, self.access, &current, &person.derives()) {
                Ok(change) => {
                    Forecast::FreshLogin(self.server.forecast(&change, session, self.now))
                }
                Err(problems) => Forecast::Invalid(Invalid::of_update(
                    problems,
                    &self.patch,
                    &current,
                    Api::Settings,
                )),
            },
        )
    }
}

impl<T: IdentityTraits> Exchange for ForecastRequest<T> {
    type Output = Forecast;

    fn phase(&self) -> Phase {
        self.whoami.phase()
    }

    fn request(&self) -> Result<Request<Vec<u8>>, http::Error> {
        self.whoami.request()
    }

    fn receive(self, response: &Response<Vec<u8>>) -> Result<Step<Self>, Error> {
        trace::traits(self.patch.paths());
        Ok(Step::Done(match self.whoami.read(response)? {
            WhoamiOutcome::Session(session) => {
                self.forecast(&session, &Answer::new(Phase::Whoami, response))?
            }
            WhoamiOutcome::SecondFactorRequired {
                redirect_browser_to,
            } => Forecast::SecondFactorRequired {
                redirect_browser_to,
            },
            WhoamiOutcome::SessionInactive => Forecast::SessionInactive,
            WhoamiOutcome::Busy(refusal) => Forecast::Busy(refusal),
            WhoamiOutcome::Refused(refusal) => Forecast::Refused(refusal),
        }))
    }

    fn outcome(output: &Forecast) -> &'static str {
        output.name()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions() {
        for (text, expected) in [
            ("v1.3.1", Some(true)),
            ("1.3.1\n", Some(true)),
            ("v25.4.0", Some(true)),
            ("v26.2.0-distroless", Some(true)),
            ("v26.3.0", Some(false)),
            ("v27.1.0+1", Some(false)),
            ("v26.2.1", None),
            ("unknown", None),
            ("v26.2", None),
            ("", None),
        ] {
            let facts = ServerFacts::new(Duration::ZERO).version(text);
            assert_eq!(facts.until_26_2, expected, "{text}");
        }
    }
}
