//! The browser of a person: it keeps cookies, and uses nothing of our client.

use std::collections::BTreeMap;
use std::time::SystemTime;

use kratos_traits::BrowserCookies;
use serde_json::{Value, json};

use crate::kratos::{Answer, Api, Failure};

/// The cookies that a browser keeps for Kratos.
#[derive(Clone, Debug)]
pub struct Browser {
    public: Api,
    cookies: BTreeMap<String, String>,
}

impl Browser {
    /// A browser without cookies.
    pub fn at(public: &str) -> Result<Self, Failure> {
        Ok(Self {
            public: Api::at(public)?,
            cookies: BTreeMap::new(),
        })
    }

    /// Logs in with a password, or again within the same session (`?refresh=true`).
    pub async fn log_in(
        &mut self,
        query: &str,
        identifier: &str,
        password: &str,
    ) -> Result<(), Failure> {
        let flow = self
            .get(&format!("/self-service/login/browser{query}"))
            .await?;
        let body = json!({
            "method": "password",
            "identifier": identifier,
            "password": password,
            "csrf_token": csrf_token(&flow),
        });
        let submit = format!(
            "/self-service/login?flow={}",
            flow["id"].as_str().unwrap_or_default()
        );
        let cookies = self.header();
        let answer = self.public.post_with_cookies(&submit, &cookies, &body);
        self.keep(answer.await?)?;
        Ok(())
    }

    /// Logs in at this URL of a login, with these inputs of the form. Returns where the browser lands.
    pub async fn log_in_at(&mut self, url: &str, inputs: &Value) -> Result<String, Failure> {
        let Some(query) = url.strip_prefix(self.public.base()) else {
            return Err(Failure::new(format_args!("not a URL of Kratos: {url}")));
        };
        let flow = self.get(query).await?;
        let mut body = inputs.clone();
        body["csrf_token"] = csrf_token(&flow).clone();
        let submit = format!(
            "/self-service/login?flow={}",
            flow["id"].as_str().unwrap_or_default()
        );
        let cookies = self.header();
        let answer = self.public.submit(&submit, &cookies, &body).await?;
        for cookie in &answer.set_cookies {
            self.set(cookie);
        }
        // The fake always answers in JSON.
        let next = &answer.body["continue_with"][0]["redirect_browser_to"];
        let next = next.as_str().map(str::to_owned);
        let landed = answer.location.clone().or(next);
        landed.ok_or_else(|| Failure::new(format_args!("no place to land: {answer:?}")))
    }

    /// The session of the cookies, `identity` included.
    pub async fn whoami(&mut self) -> Result<Value, Failure> {
        self.get("/sessions/whoami").await
    }

    /// When the person logged in last.
    pub async fn authenticated_at(&mut self) -> Result<SystemTime, Failure> {
        let since = self.whoami().await?["authenticated_at"].take();
        humantime::parse_rfc3339(since.as_str().unwrap_or_default())
            .map_err(|e| Failure::because(format_args!("authenticated_at {since}"), &e))
    }

    /// What the browser sends to the application, with a cookie of the application's own.
    pub fn cookies(&self) -> BrowserCookies {
        BrowserCookies::new([format!("theme=dark; {}", self.header())])
    }

    /// Takes the cookies that the application returns.
    pub fn take(&mut self, cookies: &BrowserCookies) {
        for header in cookies.set_cookies() {
            self.set(header.to_str().unwrap_or_default());
        }
    }

    /// Deletes the cookies whose names begin with `name`.
    pub fn forget(&mut self, name: &str) {
        self.cookies.retain(|key, _| !key.starts_with(name));
    }

    /// Whether there is a cookie whose name begins with `name`.
    pub fn has(&self, name: &str) -> bool {
        self.cookies.keys().any(|key| key.starts_with(name))
    }

    async fn get(&mut self, path: &str) -> Result<Value, Failure> {
        let answer = self.public.get_with_cookies(path, &self.header()).await?;
        self.keep(answer)
    }

    fn keep(&mut self, answer: Answer) -> Result<Value, Failure> {
        for cookie in &answer.set_cookies {
            self.set(cookie);
        }
        answer.require(200)
    }

    fn set(&mut self, cookie: &str) {
        let pair = cookie.split(';').next().unwrap_or_default();
        if let Some((name, value)) = pair.split_once('=') {
            self.cookies.insert(name.to_owned(), value.to_owned());
        }
    }

    /// The header `Cookie` that the browser sends to Kratos.
    pub fn header(&self) -> String {
        let pairs = self.cookies.iter();
        let pairs: Vec<_> = pairs
            .map(|(name, value)| format!("{name}={value}"))
            .collect();
        pairs.join("; ")
    }
}

fn csrf_token(flow: &Value) -> &Value {
    let nodes = flow["ui"]["nodes"]
        .as_array()
        .map_or(&[][..], Vec::as_slice);
    let mut nodes = nodes.iter().map(|node| &node["attributes"]);
    let node = nodes.find(|node| node["name"] == "csrf_token");
    node.map_or(&Value::Null, |node| &node["value"])
}
