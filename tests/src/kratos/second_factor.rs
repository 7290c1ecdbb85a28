//! Second factors of a person: an authenticator app, backup codes.

use std::time::{SystemTime, UNIX_EPOCH};

use serde_json::{Value, json};
use totp_rs::{Builder, Secret, Totp};

use super::{Failure, People};

/// An authenticator app that knows a person's secret.
#[derive(Debug)]
pub struct Authenticator(Totp);

impl Authenticator {
    fn new(secret: &str) -> Result<Self, Failure> {
        let secret = Secret::try_from_base32(secret)
            .map_err(|error| Failure::new(format_args!("the TOTP secret: {error:?}")))?;
        Ok(Self(
            Builder::new().with_secret(secret).build_noncompliant(),
        ))
    }

    /// The code that it shows now.
    pub fn code(&self) -> Result<String, Failure> {
        let now = SystemTime::now()
            .duration_since(UNIX_EPOCH)
            .map_err(|error| Failure::because("the clock", &error))?;
        Ok(self.0.generate(now.as_secs()).to_string())
    }
}

impl People {
    /// Sets up an authenticator app.
    pub async fn set_up_totp(&self, token: &str) -> Result<Authenticator, Failure> {
        let flow = self.settings(token).await?;
        let app = Authenticator::new(&secrets(&flow, "totp_secret_key")?[0])?;
        let body = json!({ "method": "totp", "totp_code": app.code()? });
        self.submit_settings(&flow, token, &body).await?;
        Ok(app)
    }

    /// Sets up backup codes.
    pub async fn set_up_lookup(&self, token: &str) -> Result<Vec<String>, Failure> {
        let flow = self.settings(token).await?;
        let body = json!({ "method": "lookup_secret", "lookup_secret_regenerate": true });
        let flow = self.submit_settings(&flow, token, &body).await?;
        let codes = secrets(&flow, "lookup_secret_codes")?;
        let body = json!({ "method": "lookup_secret", "lookup_secret_confirm": true });
        self.submit_settings(&flow, token, &body).await?;
        Ok(codes)
    }
}

/// The secrets that a node shows: one, or a list of them.
fn secrets(flow: &Value, node: &str) -> Result<Vec<String>, Failure> {
    let nodes = flow["ui"]["nodes"].as_array().into_iter().flatten();
    let mut found = nodes.filter(|one| one["attributes"]["id"] == node);
    let context = found
        .next()
        .map(|one| &one["attributes"]["text"]["context"]);
    let text = |one: &Value| one.as_str().map(str::to_owned);
    let secrets: Vec<String> = match context {
        Some(context) => match &context["secrets"] {
            Value::Array(list) => (list.iter())
                .filter_map(|one| text(&one["context"]["secret"]))
                .collect(),
            _ => text(&context["secret"]).into_iter().collect(),
        },
        None => Vec::new(),
    };
    if secrets.is_empty() {
        return Err(Failure::new(format_args!("no secrets in {node} of {flow}")));
    }
    Ok(secrets)
}
