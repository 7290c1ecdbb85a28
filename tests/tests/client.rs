//! The async client against answers that are none: cut off, silent, refused, too large.

#![allow(
    clippy::unwrap_used,
    reason = "a test that cannot go on says so this way"
)]

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::thread;
use std::time::Duration;

use kratos_traits::{Client, Error, SessionToken};
use kratos_traits_tests::scenarios::updaters::Rename;

/// A server for one connection, and its URL.
fn server(serve: impl FnOnce(TcpStream) + Send + 'static) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    thread::spawn(move || {
        let (mut connection, _) = listener.accept().unwrap();
        let mut head = Vec::new();
        while !head.ends_with(b"\r\n\r\n") {
            let mut byte = [0];
            connection.read_exact(&mut byte).unwrap();
            head.extend(byte);
        }
        serve(connection);
    });
    url
}

/// How an update ends on the server; without `timeout` it is not the time that ends it.
async fn update(url: &str, timeout: Option<Duration>) -> Error {
    let client = Client::new(url).unwrap();
    let client = match timeout {
        Some(timeout) => client.timeout(timeout),
        None => client,
    };
    let session = SessionToken::new("ory_st_x").unwrap();
    let update = Rename { nickname: None };
    client.settings(&session).update(&update).await.unwrap_err()
}

#[tokio::test]
async fn an_answer_that_breaks_off_names_status_and_content_type() {
    let url = server(|mut connection| {
        let head = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 99\r\n\r\n{\"id\":";
        connection.write_all(head.as_bytes()).unwrap();
    });
    let error = update(&url, None).await;
    assert_eq!(
        error.to_string(),
        "creating the settings flow: the answer with status 200 and content type application/json broke off"
    );
    assert!(!error.may_have_been_saved());
}

#[tokio::test]
async fn an_answer_of_another_kind_names_status_and_content_type() {
    let url = server(|mut connection| {
        let answer = "HTTP/1.1 307 Temporary Redirect\r\nLocation: /elsewhere\r\nContent-Type: text/html\r\nContent-Length: 4\r\n\r\n<a/>";
        connection.write_all(answer.as_bytes()).unwrap();
    });
    let error = update(&url, None).await.to_string();
    assert!(
        error.contains("status 307 and content type text/html"),
        "{error}"
    );
}

#[tokio::test]
async fn an_endless_answer_is_given_up() {
    let url = server(|mut connection| {
        let head = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
        connection.write_all(head.as_bytes()).unwrap();
        let chunk = format!("10000\r\n{}\r\n", " ".repeat(0x10000));
        while connection.write_all(chunk.as_bytes()).is_ok() {}
    });
    let error = update(&url, None).await;
    assert!(
        matches!(error, Error::TooLarge { status: 200, .. }),
        "{error:?}"
    );
}

#[tokio::test]
async fn a_silent_server_is_given_up() {
    let url = server(|mut connection| {
        // Returns when the client has given up.
        let _ = connection.read(&mut [0]);
    });
    let error = update(&url, Some(Duration::from_millis(50))).await;
    assert!(matches!(error, Error::Transport { .. }), "{error:?}");
}

#[tokio::test]
async fn a_server_that_is_not_there() {
    let gone = TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap();
    let error = update(&format!("http://{gone}"), None).await;
    assert!(matches!(error, Error::Transport { .. }), "{error:?}");
    assert!(!error.may_have_been_saved());
}
