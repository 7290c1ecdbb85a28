//! Sessions. A token identifies each one; browsers send it in a cookie.

use std::time::Duration;

use serde::Serialize;
use serde_json::{Value, json};

use super::clock::Time;
use super::ids;
use super::person::IdentityJson;
use super::request::Request;

/// Kratos's default lifespan of a session.
const LIFESPAN: Duration = Duration::from_secs(24 * 3600);
/// Kratos's default maximum age of a privileged session.
const PRIVILEGED_MAX_AGE: Duration = Duration::from_secs(3600);

/// A session.
pub(super) struct Session {
    pub(super) token: String,
    /// The position of the person.
    pub(super) person: usize,
    /// Whether it is too old for privileged changes. Only [`age`](Self::age) sets it, not the clock.
    pub(super) is_old: bool,
    id: String,
    issued_at: Time,
    authenticated_at: Time,
    expires_at: Time,
    /// The method and time of each login.
    logins: Vec<(&'static str, Time)>,
    second_factor: Option<Time>,
    device: Value,
}

impl Session {
    pub(super) fn new(person: usize, request: &Request, method: &'static str) -> Self {
        let now = Time::now();
        Self {
            token: ids::session_token(),
            person,
            is_old: false,
            id: ids::uuid(),
            issued_at: now,
            authenticated_at: now,
            expires_at: now.after(LIFESPAN),
            logins: vec![(method, now)],
            second_factor: None,
            device: device(request),
        }
    }

    /// Records a new login of the person.
    pub(super) fn refresh(&mut self, method: &'static str) {
        self.renew();
        self.logins.push((method, self.authenticated_at));
    }

    /// Records the second factor of the person.
    pub(super) fn add_second_factor(&mut self) {
        self.renew();
        self.second_factor = Some(self.authenticated_at);
    }

    pub(super) fn has_second_factor(&self) -> bool {
        self.second_factor.is_some()
    }

    fn renew(&mut self) {
        self.is_old = false;
        self.authenticated_at = Time::now();
        self.expires_at = self.authenticated_at.after(LIFESPAN);
    }

    /// Makes the session too old for privileged changes, and sets its times back.
    pub(super) fn age(&mut self) {
        self.is_old = true;
        let old = |time: Time| time.before(PRIVILEGED_MAX_AGE);
        self.issued_at = old(self.issued_at);
        self.authenticated_at = old(self.authenticated_at);
        for (_, login) in &mut self.logins {
            *login = old(*login);
        }
    }

    /// The session in JSON; without the person when a second factor is missing.
    pub(super) fn json<'a>(&'a self, identity: Option<IdentityJson<'a>>) -> SessionJson<'a> {
        let first = |(method, at): &(&str, Time)| json!({ "method": method, "aal": "aal1", "completed_at": at });
        let totp = |at: &Time| json!({ "method": "totp", "aal": "aal2", "completed_at": at });
        let methods = self.logins.iter().map(first);
        SessionJson {
            id: &self.id,
            active: true,
            expires_at: self.expires_at,
            authenticated_at: self.authenticated_at,
            authenticator_assurance_level: match self.second_factor {
                None => "aal1",
                Some(_) => "aal2",
            },
            authentication_methods: methods.chain(self.second_factor.iter().map(totp)).collect(),
            issued_at: self.issued_at,
            identity,
            devices: [&self.device],
        }
    }
}

fn device(request: &Request) -> Value {
    json!({
        "id": ids::uuid(),
        "ip_address": request.peer,
        "user_agent": request.user_agent(),
        "location": "",
    })
}

/// A session in JSON. The token is never part of it.
#[derive(Serialize)]
pub(super) struct SessionJson<'a> {
    id: &'a str,
    active: bool,
    expires_at: Time,
    authenticated_at: Time,
    authenticator_assurance_level: &'static str,
    authentication_methods: Vec<Value>,
    issued_at: Time,
    identity: Option<IdentityJson<'a>>,
    devices: [&'a Value; 1],
}
