//! Registering: done by hand here, for the library is about settings.

use kratos_traits::SessionToken;
use reqwest::header::ACCEPT;
use serde_json::{Value, json};

use crate::Result;

pub(crate) struct Person {
    pub(crate) session: SessionToken,
    tag: String,
}

pub(crate) const PASSWORD: &str = "correct horse battery staple";

impl Person {
    /// Registers somebody new through the native flow.
    pub(crate) async fn register(public_url: &str) -> Result<Self> {
        let tag = std::process::id().to_string() + &now()?.to_string();
        let traits = json!({
            "email": format!("ada-{tag}@example.org"),
            "name": { "first": "Ada" },
            "nickname": "Ada",
        });
        let body = json!({ "method": "password", "password": PASSWORD, "traits": traits });
        let answer = submit(public_url, "registration", &body).await?;
        let token = answer["session_token"]
            .as_str()
            .ok_or("no session token: the registration needs the hook `session`")?;
        let session = SessionToken::new(token)?;
        Ok(Self { session, tag })
    }

    /// An address that nobody has.
    pub(crate) fn another_email(&self) -> String {
        format!("countess-{}@example.org", self.tag)
    }
}

/// Creates a flow and submits it.
async fn submit(public_url: &str, flow: &str, body: &Value) -> Result<Value> {
    let http = reqwest::Client::new();
    let url = format!("{public_url}/self-service/{flow}");
    let created: Value = send(http.get(format!("{url}/api"))).await?;
    let id = created["id"].as_str().ok_or("the flow has no id")?;
    send(http.post(format!("{url}?flow={id}")).json(body)).await
}

async fn send(request: reqwest::RequestBuilder) -> Result<Value> {
    let answer = request.header(ACCEPT, "application/json").send().await?;
    let status = answer.status();
    if !status.is_success() {
        return Err(format!(
            "the server answered {status}; is its default identity schema the customer schema?"
        )
        .into());
    }
    Ok(answer.json().await?)
}

fn now() -> Result<u128> {
    Ok(std::time::SystemTime::now()
        .duration_since(std::time::UNIX_EPOCH)?
        .as_millis())
}
