//! Who is logged in: sessions, and `GET /sessions/whoami`.

mod method;
mod outcome;
mod whoami;
mod wire;

use std::fmt;

pub use self::method::{Aal, AuthenticationMethod, Method};
pub use self::outcome::WhoamiOutcome;
pub use self::whoami::Whoami;
pub(crate) use self::whoami::read;
use crate::identity::Identity;
use crate::wire::timestamp::Timestamp;

/// A session, as Kratos shows it. Its token is no part of it.
///
/// Nothing but the id has to be there; whatever else is absent, null or of a form that we do not know
/// is `None` or empty here.
#[derive(Clone)]
#[non_exhaustive]
pub struct Session<T> {
    /// The id of the session.
    pub id: String,
    /// Whether the session is valid.
    pub active: bool,
    /// When it ends.
    pub expires_at: Option<Timestamp>,
    /// When the person proved last who they are: at login, or at a later login within the session.
    pub authenticated_at: Option<Timestamp>,
    /// When it began.
    pub issued_at: Option<Timestamp>,
    /// How well the person has proved who they are.
    pub aal: Option<Aal>,
    /// Every proof that the person gave.
    pub authentication_methods: Vec<AuthenticationMethod>,
    /// The person; not shown while a second factor is missing.
    pub identity: Option<Identity<T>>,
}

impl<T> fmt::Debug for Session<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Session")
            .field("id", &self.id)
            .field("active", &self.active)
            .field("authenticated_at", &self.authenticated_at)
            .field("aal", &self.aal)
            .field("identity", &self.identity)
            .finish_non_exhaustive()
    }
}
