//! A forecast for an update: one request, for the session as it is.

use std::fmt;
use std::time::SystemTime;

use http::{Request, Response};

use super::{Need, ServerFacts};
use crate::exchange::caller::Caller;
use crate::exchange::{Error, Exchange, Mode, Phase, PublicUrl, Step, watch};
use crate::flow::{Invalid, Refusal};
use crate::identity::Identity;
use crate::session::{self, Session, Whoami, WhoamiOutcome};
use crate::traits::facts::IdentityTraits;
use crate::traits::marker::{Access, Privileged};
use crate::update::change::Change;
use crate::update::patch::Patch;

/// The question whether an update will need a fresh login. Nothing is changed by it.
#[derive(Debug)]
#[must_use = "nothing is sent before a driver sends it"]
pub struct Forecast<T> {
    whoami: Whoami<T>,
    patch: Patch<T, Privileged>,
    server: ServerFacts,
    now: SystemTime,
}

/// What comes of the question.
///
/// The list is complete on purpose, so that a `match` without `_` handles whatever Kratos answers.
#[derive(Clone)]
#[must_use = "only `Foreseen::Need` is a forecast: match on it"]
pub enum Foreseen {
    /// Whether the update will need a fresh login.
    Need(Need),
    /// The update would not be sent: the traits would break the schema.
    Invalid(Invalid),
    /// The session lacks the second factor.
    #[non_exhaustive]
    SecondFactorNeeded {
        /// Where Kratos would send a browser; a native application uses
        /// `/self-service/login/api?aal=aal2` with its session token instead.
        redirect_browser_to: Option<String>,
    },
    /// There is no valid session: the person must log in.
    SessionGone,
    /// Kratos refused for another reason, kept whole.
    Refused(Refusal),
}

impl Foreseen {
    /// A word for what is foreseen, for logs and counters: `no_login_needed`, `invalid`, …
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Need(Need::No(_)) => "no_login_needed",
            Self::Need(Need::Yes(_)) => "login_needed",
            Self::Need(Need::Perhaps(_)) => "login_perhaps_needed",
            Self::Invalid(_) => "invalid",
            Self::SecondFactorNeeded { .. } => "second_factor_needed",
            Self::SessionGone => "session_gone",
            Self::Refused(_) => "refused",
        }
    }
}

impl fmt::Debug for Foreseen {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Need(need) => f.debug_tuple("Need").field(need).finish(),
            Self::Invalid(invalid) => f.debug_tuple("Invalid").field(invalid).finish(),
            // The place may hold ids of flows, and what else the application has put into it.
            Self::SecondFactorNeeded { .. } => {
                f.debug_struct("SecondFactorNeeded").finish_non_exhaustive()
            }
            Self::SessionGone => f.write_str("SessionGone"),
            Self::Refused(refusal) => f.debug_tuple("Refused").field(refusal).finish(),
        }
    }
}

impl<T: IdentityTraits> Forecast<T> {
    /// Asks on behalf of a person who proves in this mode to be logged in, what would be needed at
    /// the time `now`.
    pub fn of<M: Mode>(
        api: PublicUrl,
        mode: M,
        patch: Patch<T, impl Access>,
        server: ServerFacts,
        now: SystemTime,
    ) -> M::Chain<Self> {
        mode.start(api, |caller| Self::start(caller, patch, server, now))
    }

    pub(crate) fn start(
        caller: Caller,
        patch: Patch<T, impl Access>,
        server: ServerFacts,
        now: SystemTime,
    ) -> Self {
        Self {
            whoami: Whoami::start(caller),
            patch: patch.into_privileged(),
            server,
            now,
        }
    }
}

impl<T: IdentityTraits> Exchange for Forecast<T> {
    type Output = Foreseen;

    fn phase(&self) -> Phase {
        self.whoami.phase()
    }

    fn request(&self) -> Result<Request<Vec<u8>>, Error> {
        self.whoami.request()
    }

    fn receive(self, answer: &Response<Vec<u8>>) -> Result<Step<Self>, Error> {
        watch::traits(self.patch.paths());
        let foreseen = match session::read(answer)? {
            WhoamiOutcome::Session(session) => match &session.identity {
                Some(person) => foresee(&self.patch, &session, person, &self.server, self.now)?,
                None => Foreseen::SecondFactorNeeded {
                    redirect_browser_to: None,
                },
            },
            WhoamiOutcome::SecondFactorNeeded {
                redirect_browser_to,
            } => Foreseen::SecondFactorNeeded {
                redirect_browser_to,
            },
            WhoamiOutcome::SessionGone => Foreseen::SessionGone,
            WhoamiOutcome::Refused(refusal) => Foreseen::Refused(refusal),
        };
        watch::outcome(foreseen.name());
        Ok(Step::Done(foreseen))
    }
}

fn foresee<T: IdentityTraits>(
    patch: &Patch<T, Privileged>,
    session: &Session<T>,
    person: &Identity<T>,
    server: &ServerFacts,
    now: SystemTime,
) -> Result<Foreseen, Error> {
    Error::of_other_schema::<T>(Phase::Whoami, &person.schema_id)?;
    let current = person.traits.raw();
    Ok(match Change::new(patch, current) {
        Ok(change) => Foreseen::Need(server.forecast(&change, session, now)),
        Err(problems) => Foreseen::Invalid(Invalid::of_update(problems, patch, current)),
    })
}
