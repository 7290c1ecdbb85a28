//! A server that plays one part a connection, and records the requests.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;

/// What happens on a connection.
#[derive(Clone, Debug)]
pub(crate) enum Part {
    /// Reads a request, answers with this text, and closes.
    Say(String),
    /// Reads a request, begins with this text, and says no more until the client has gone.
    BeginAndFallSilent(String),
    /// Reads a request, and answers without end.
    Babble,
    /// Answers with this text to whatever arrives, and closes.
    SayToAnything(String),
    /// Reads a request, and closes.
    HangUp,
    /// Resets the connection before it read anything.
    Reset,
}

impl Part {
    /// A whole answer with a JSON body.
    pub(crate) fn json(status: &str, body: &str) -> Self {
        Self::answer(status, "Content-Type: application/json\r\n", body)
    }

    /// A whole answer; each header ends in a line break.
    pub(crate) fn answer(status: &str, headers: &str, body: &str) -> Self {
        let length = body.len();
        Self::Say(format!(
            "HTTP/1.1 {status}\r\n{headers}Connection: close\r\nContent-Length: {length}\r\n\r\n{body}"
        ))
    }

    /// A settings flow in this state.
    pub(crate) fn flow(state: &str) -> Self {
        Self::json("200 OK", &flow(state))
    }

    /// No session.
    pub(crate) fn unauthorized() -> Self {
        Self::json("401 Unauthorized", r#"{"error":{"code":401}}"#)
    }

    fn play(self, mut connection: TcpStream, asked: &Mutex<Vec<String>>) {
        if let Self::Reset = self {
            // Closing with something left unread resets.
            let _ = connection.peek(&mut [0]);
            asked.lock().unwrap().push("(reset)".to_owned());
            return;
        }
        if let Self::SayToAnything(text) = self {
            let _ = connection.read(&mut [0; 4096]);
            let _ = connection.write_all(text.as_bytes());
            return;
        }
        let Some(request) = read_request(&mut connection) else {
            return;
        };
        asked.lock().unwrap().push(request);
        // A client that has had enough closes, and then writing fails.
        match self {
            Self::Say(text) => drop(connection.write_all(text.as_bytes())),
            Self::BeginAndFallSilent(text) => {
                if connection.write_all(text.as_bytes()).is_ok() {
                    let _ = connection.read(&mut [0]);
                }
            }
            Self::Babble => {
                let head = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
                let chunk = format!("10000\r\n{}\r\n", " ".repeat(0x10000));
                let mut sent = connection.write_all(head.as_bytes());
                while sent.is_ok() {
                    sent = connection.write_all(chunk.as_bytes());
                }
            }
            Self::HangUp | Self::Reset | Self::SayToAnything(_) => {}
        }
    }
}

/// A settings flow in this state, as far as an update reads it.
pub(crate) fn flow(state: &str) -> String {
    format!(
        r#"{{"id":"6e2f0c7e","state":"{state}","ui":{{}},"identity":{{"id":"0b9cbd3b","schema_id":"default","traits":{{"email":"ada@example.org"}}}}}}"#
    )
}

/// The server. It stops listening after the last part.
pub(crate) struct ScriptedServer {
    pub(crate) url: String,
    asked: Arc<Mutex<Vec<String>>>,
}

impl ScriptedServer {
    pub(crate) fn new(parts: impl IntoIterator<Item = Part>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let asked = Arc::new(Mutex::new(Vec::new()));
        let remembered = Arc::clone(&asked);
        let parts: Vec<Part> = parts.into_iter().collect();
        thread::spawn(move || {
            for part in parts {
                let (connection, _) = listener.accept().unwrap();
                part.play(connection, &remembered);
            }
        });
        Self { url, asked }
    }

    /// The requests so far, each whole.
    pub(crate) fn asked(&self) -> Vec<String> {
        self.asked.lock().unwrap().clone()
    }

    /// The first line of each request so far, without the version.
    pub(crate) fn lines(&self) -> Vec<String> {
        let first = |request: &String| {
            let line = request.lines().next().unwrap_or_default();
            line.trim_end_matches(" HTTP/1.1").to_owned()
        };
        self.asked().iter().map(first).collect()
    }
}

/// Head and body; `None` when the client went away.
fn read_request(connection: &mut TcpStream) -> Option<String> {
    let mut request = Vec::new();
    let mut byte = [0];
    while !request.ends_with(b"\r\n\r\n") {
        connection.read_exact(&mut byte).ok()?;
        request.push(byte[0]);
    }
    let head = String::from_utf8(request).ok()?;
    let length = head.lines().find_map(|line| {
        let (name, value) = line.split_once(':')?;
        let value = value.trim().parse::<usize>().ok();
        value.filter(|_| name.eq_ignore_ascii_case("content-length"))
    });
    let mut body = vec![0; length.unwrap_or_default()];
    connection.read_exact(&mut body).ok()?;
    Some(head + &String::from_utf8(body).ok()?)
}
