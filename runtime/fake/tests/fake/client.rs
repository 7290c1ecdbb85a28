//! A native client: plain HTTP, and a person who uses it.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::sync::Arc;

use kratos_traits::Schema;
use kratos_traits_fake::Fake;
use serde_json::{Value, json};

pub(crate) const PASSWORD: &str = "correct horse battery staple";

/// What the server answered.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) head: String,
    pub(crate) text: String,
    /// `null` when the text is no JSON.
    pub(crate) body: Value,
}

impl Answer {
    /// The value of a header.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        let lines = self.head.lines().filter_map(|line| line.split_once(": "));
        lines
            .filter(|(key, _)| key.eq_ignore_ascii_case(name))
            .map(|(_, value)| value)
            .next()
    }

    /// `error.id`, or `-` for an error without one.
    pub(crate) fn error_id(&self) -> Option<&str> {
        let error = self.body.get("error")?;
        Some(error.get("id").and_then(Value::as_str).unwrap_or("-"))
    }

    /// The messages of the flow itself.
    pub(crate) fn messages(&self) -> Vec<u64> {
        ids(&self.body["ui"]["messages"])
    }

    /// The messages at the nodes, by the name of the node.
    pub(crate) fn problems(&self) -> Vec<(String, u64)> {
        let mut found: Vec<(String, u64)> = (self.nodes().iter())
            .flat_map(|node| {
                let name = node["attributes"]["name"].as_str().unwrap_or_default();
                let ids = ids(&node["messages"]).into_iter();
                ids.map(move |id| (name.to_owned(), id))
            })
            .collect();
        found.sort();
        found
    }

    /// The node of this name.
    pub(crate) fn node(&self, name: &str) -> &Value {
        let mut nodes = self.nodes().iter();
        nodes
            .find(|node| node["attributes"]["name"] == name)
            .unwrap_or(&Value::Null)
    }

    pub(crate) fn nodes(&self) -> &[Value] {
        self.body["ui"]["nodes"]
            .as_array()
            .map_or(&[], Vec::as_slice)
    }

    pub(crate) fn text_at(&self, pointer: &str) -> String {
        let found = self.body.pointer(pointer).and_then(Value::as_str);
        found.unwrap_or_default().to_owned()
    }
}

fn ids(messages: &Value) -> Vec<u64> {
    let messages = messages.as_array().map_or(&[][..], Vec::as_slice);
    messages
        .iter()
        .filter_map(|one| one["id"].as_u64())
        .collect()
}

/// A fake, and requests to it.
#[derive(Debug)]
pub(crate) struct Kratos(pub(crate) Arc<Fake>);

impl Kratos {
    pub(crate) fn start(schema: &'static Schema) -> Self {
        Self(Arc::new(Fake::start(schema).expect("a free port")))
    }

    /// Any request; the headers are whole lines.
    pub(crate) fn send(&self, method: &str, path: &str, headers: &[&str], body: &str) -> Answer {
        exchange(&self.0.public_url(), method, path, headers, body).expect("an answer")
    }

    /// A request to the admin API.
    pub(crate) fn admin(&self, method: &str, path: &str, body: &Value) -> Answer {
        let headers = ["Content-Type: application/json"];
        let body = body.to_string();
        exchange(&self.0.admin_url(), method, path, &headers, &body).expect("an answer")
    }

    pub(crate) fn get(&self, path: &str, token: &str) -> Answer {
        self.send("GET", path, &[&format!("X-Session-Token: {token}")], "")
    }

    pub(crate) fn post(&self, path: &str, token: &str, body: &Value) -> Answer {
        let token = format!("X-Session-Token: {token}");
        let headers = ["Content-Type: application/json", &token];
        self.send("POST", path, &headers, &body.to_string())
    }

    /// The id of a new flow.
    pub(crate) fn flow(&self, kind: &str, token: &str) -> String {
        let answer = self.get(&format!("/self-service/{kind}"), token);
        assert_eq!(answer.status, 200, "{}", answer.text);
        answer.text_at("/id")
    }

    pub(crate) fn register(&self, traits: &Value) -> Answer {
        let flow = self.flow("registration/api", "");
        let body = json!({ "method": "password", "password": PASSWORD, "traits": traits });
        self.post(
            &format!("/self-service/registration?flow={flow}"),
            "",
            &body,
        )
    }

    /// Registers a person, who then has a session.
    pub(crate) fn person(&self, traits: &Value) -> Person<'_> {
        let answer = self.register(traits);
        assert_eq!(answer.status, 200, "{}", answer.text);
        Person {
            kratos: self,
            token: answer.text_at("/session_token"),
        }
    }

    pub(crate) fn login(&self, identifier: &str, password: &str) -> Answer {
        let flow = self.flow("login/api", "");
        let path = format!("/self-service/login?flow={flow}");
        self.post(&path, "", &credentials(identifier, password))
    }
}

/// A person who is logged in.
#[derive(Debug)]
pub(crate) struct Person<'a> {
    pub(crate) kratos: &'a Kratos,
    pub(crate) token: String,
}

impl Person<'_> {
    pub(crate) fn whoami(&self) -> Answer {
        self.kratos.get("/sessions/whoami", &self.token)
    }

    pub(crate) fn traits(&self) -> Value {
        self.whoami().body["identity"]["traits"].take()
    }

    pub(crate) fn flow(&self) -> String {
        self.kratos.flow("settings/api", &self.token)
    }

    /// Submits any body to a settings flow.
    pub(crate) fn submit(&self, flow: &str, body: &Value) -> Answer {
        let path = format!("/self-service/settings?flow={flow}");
        self.kratos.post(&path, &self.token, body)
    }

    /// Submits traits to a new settings flow.
    pub(crate) fn change(&self, traits: &Value) -> Answer {
        let body = json!({ "method": "profile", "traits": traits });
        self.submit(&self.flow(), &body)
    }

    /// Logs in again within the session.
    pub(crate) fn refresh(&self, identifier: &str) -> Answer {
        let flow = self.kratos.flow("login/api?refresh=true", &self.token);
        let path = format!("/self-service/login?flow={flow}");
        let body = credentials(identifier, PASSWORD);
        self.kratos.post(&path, &self.token, &body)
    }
}

pub(crate) fn credentials(identifier: &str, password: &str) -> Value {
    json!({ "method": "password", "identifier": identifier, "password": password })
}

pub(crate) fn exchange(
    url: &str,
    method: &str,
    path: &str,
    headers: &[&str],
    body: &str,
) -> std::io::Result<Answer> {
    let mut connection = TcpStream::connect(url.trim_start_matches("http://"))?;
    let mut request = format!(
        "{method} {path} HTTP/1.1\r\nHost: kratos\r\nConnection: close\r\nContent-Length: {}\r\n",
        body.len()
    );
    for header in headers {
        request.push_str(header);
        request.push_str("\r\n");
    }
    connection.write_all(format!("{request}\r\n{body}").as_bytes())?;
    let mut answer = String::new();
    connection.read_to_string(&mut answer)?;
    let (head, text) = answer.split_once("\r\n\r\n").unwrap_or_default();
    let status = head
        .split(' ')
        .nth(1)
        .and_then(|status| status.parse().ok());
    Ok(Answer {
        status: status.unwrap_or_default(),
        head: head.to_owned(),
        text: text.to_owned(),
        body: serde_json::from_str(text).unwrap_or_default(),
    })
}
