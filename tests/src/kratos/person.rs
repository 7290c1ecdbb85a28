//! What a test needs of a person: registers, logs in, logs in again, grows an old session.

use std::time::{Duration, SystemTime};

use serde_json::{Value, json};

use super::{Api, Failure};

/// The persons of one server, each known by a session token, as native clients.
#[derive(Clone, Debug)]
pub struct People {
    public: Api,
}

impl People {
    /// The persons at this public base URL: a real Kratos or anything that speaks its endpoints.
    pub fn at(public: &str) -> Result<Self, Failure> {
        Ok(Self {
            public: Api::at(public)?,
        })
    }

    /// Registers a person with a password. Answers with the session token.
    pub async fn register(&self, traits: &Value, password: &str) -> Result<String, Failure> {
        let body = json!({ "method": "password", "password": password, "traits": traits });
        let done = self.flow("registration", "", None, &body).await?;
        text(&done, "/session_token")
    }

    /// Logs in with a password. Answers with a new session token.
    pub async fn login(&self, identifier: &str, password: &str) -> Result<String, Failure> {
        let body = json!({ "method": "password", "identifier": identifier, "password": password });
        let done = self.flow("login", "", None, &body).await?;
        text(&done, "/session_token")
    }

    /// Logs in again within the same session: the token stays, the session is privileged once more.
    pub async fn refresh(
        &self,
        token: &str,
        identifier: &str,
        password: &str,
    ) -> Result<(), Failure> {
        let body = json!({ "method": "password", "identifier": identifier, "password": password });
        let done = self
            .flow("login", "?refresh=true", Some(token), &body)
            .await?;
        if text(&done, "/session_token")? == token {
            return Ok(());
        }
        Err(Failure::new(
            "the refresh login answered with another session token",
        ))
    }

    /// The session of this token, `identity` included.
    pub async fn whoami(&self, token: &str) -> Result<Value, Failure> {
        self.public
            .get("/sessions/whoami", Some(token))
            .await?
            .require(200)
    }

    /// Returns at the first instant at which this session is too old for a privileged change.
    /// Assumes that server and test share a clock.
    pub async fn wait_until_unprivileged(
        &self,
        token: &str,
        privileged_session_max_age: Duration,
    ) -> Result<(), Failure> {
        let since = text(&self.whoami(token).await?, "/authenticated_at")?;
        let since = humantime::parse_rfc3339(&since)
            .map_err(|e| Failure::because(format_args!("authenticated_at {since:?}"), &e))?;
        wait_until_older(since, privileged_session_max_age).await;
        Ok(())
    }

    /// A settings flow of this person.
    pub(super) async fn settings(&self, token: &str) -> Result<Value, Failure> {
        let flow = self.public.get("/self-service/settings/api", Some(token));
        flow.await?.require(200)
    }

    /// Submits a settings flow. Answers with the flow as it then is.
    pub(super) async fn submit_settings(
        &self,
        flow: &Value,
        token: &str,
        body: &Value,
    ) -> Result<Value, Failure> {
        let submit = format!("/self-service/settings?flow={}", text(flow, "/id")?);
        let done = self.public.post(&submit, Some(token), body);
        done.await?.require(200)
    }

    async fn flow(
        &self,
        name: &str,
        query: &str,
        token: Option<&str>,
        body: &Value,
    ) -> Result<Value, Failure> {
        let start = format!("/self-service/{name}/api{query}");
        let flow = self.public.get(&start, token).await?.require(200)?;
        let submit = format!("/self-service/{name}?flow={}", text(&flow, "/id")?);
        self.public.post(&submit, token, body).await?.require(200)
    }
}

/// Returns at the first instant at which a login is older than that.
pub async fn wait_until_older(login: SystemTime, age: Duration) {
    // Kratos refuses strictly after this, and the timer may wake a little early by the wall clock.
    while let Ok(left) = (login + age).duration_since(SystemTime::now()) {
        tokio::time::sleep(left + Duration::from_millis(1)).await;
    }
}

/// Creates an identity at the admin API from a whole request body (`schema_id`, `traits`, `credentials`, …).
pub async fn create_identity(admin: &Api, body: &Value) -> Result<Value, Failure> {
    admin
        .post("/admin/identities", None, body)
        .await?
        .require(201)
}

fn text(body: &Value, pointer: &str) -> Result<String, Failure> {
    match body.pointer(pointer).and_then(Value::as_str) {
        Some(found) => Ok(found.to_owned()),
        None => Err(Failure::new(format_args!(
            "no string at {pointer} in {body}"
        ))),
    }
}
