//! Registering and logging in: done by hand here, for the library is about settings.

use kratos_traits::SessionToken;
use reqwest::header::ACCEPT;
use serde_json::{Value, json};

use crate::Result;

pub(crate) struct Person {
    pub(crate) session: SessionToken,
    token: String,
    tag: String,
}

const PASSWORD: &str = "correct horse battery staple";

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
        let answer = submit(public_url, "registration", "", None, &body).await?;
        let token = answer["session_token"]
            .as_str()
            .ok_or("no session token: the registration needs the hook `session`")?
            .to_owned();
        Ok(Self {
            session: SessionToken::new(token.clone())?,
            token,
            tag,
        })
    }

    /// An address that nobody has.
    pub(crate) fn another_email(&self) -> String {
        format!("countess-{}@example.org", self.tag)
    }

    /// A fresh login of the same session.
    pub(crate) async fn log_in_again(&self, public_url: &str) -> Result<()> {
        let body = json!({
            "method": "password",
            "identifier": format!("ada-{}@example.org", self.tag),
            "password": PASSWORD,
        });
        submit(
            public_url,
            "login",
            "?refresh=true",
            Some(&self.token),
            &body,
        )
        .await?;
        Ok(())
    }
}

/// Creates a flow and submits it.
async fn submit(
    public_url: &str,
    flow: &str,
    query: &str,
    token: Option<&str>,
    body: &Value,
) -> Result<Value> {
    let http = reqwest::Client::new();
    let token = token.unwrap_or_default();
    let url = format!("{public_url}/self-service/{flow}");
    let create = http.get(format!("{url}/api{query}"));
    let created: Value = send(create.header("X-Session-Token", token)).await?;
    let id = created["id"].as_str().ok_or("the flow has no id")?;
    let submit = http.post(format!("{url}?flow={id}")).json(body);
    send(submit.header("X-Session-Token", token)).await
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
