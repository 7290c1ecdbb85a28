//! The server itself: its URLs, its lifetime, and its `Debug` output.

use std::io::{Read, Write};
use std::net::TcpStream;

use serde_json::json;

use crate::client::{Kratos, exchange};
use crate::{MEMBER, customer};

#[test]
fn the_server_is_ready_when_it_is_started() {
    let kratos = Kratos::start(customer());
    let answer = kratos.get("/health/ready", "");
    assert_eq!(
        (answer.status, &answer.body),
        (200, &json!({ "status": "ok" }))
    );
}

#[test]
fn the_server_stops_when_it_is_dropped() {
    let kratos = Kratos::start(customer());
    let url = kratos.0.public_url();
    // A connection that is open does not keep it alive.
    let mut open = TcpStream::connect(url.trim_start_matches("http://")).unwrap();
    open.write_all(b"GET /health/ready HTTP/1.1\r\nHost: kratos\r\n\r\n")
        .unwrap();
    open.read_exact(&mut [0; 8]).unwrap();
    drop(kratos);
    assert!(exchange(&url, "GET", "/health/ready", &[], "").is_err());
}

#[test]
fn two_servers_share_no_state() {
    let (one, other) = (Kratos::start(&MEMBER), Kratos::start(&MEMBER));
    assert_ne!(one.0.public_url(), other.0.public_url());
    let ada = one.person(&json!({ "username": "ada" }));
    assert_eq!(ada.whoami().status, 200);
    assert_eq!(other.get("/sessions/whoami", &ada.token).status, 401);
}

#[test]
fn requests_are_listed_without_their_queries() {
    let kratos = Kratos::start(&MEMBER);
    let ada = kratos.person(&json!({ "username": "ada" }));
    let before = kratos.0.requests().len();
    ada.change(&json!({ "username": "ada" }));
    let requests = kratos.0.requests();
    let seen: Vec<(&str, &str)> = requests[before..]
        .iter()
        .map(|(method, path)| (method.as_str(), path.as_str()))
        .collect();
    assert_eq!(
        seen,
        [
            ("GET", "/self-service/settings/api"),
            ("POST", "/self-service/settings")
        ]
    );
}

#[test]
fn debug_shows_the_address_only() {
    let kratos = Kratos::start(&MEMBER);
    let ada = kratos.person(&json!({ "username": "ada-lovelace" }));
    let shown = format!("{:?}", kratos.0);
    assert_eq!(
        shown,
        format!("Fake {{ public_url: {:?}, .. }}", kratos.0.public_url())
    );
    assert!(!shown.contains(&ada.token) && !shown.contains("ada-lovelace"));
}

#[test]
fn the_schema_is_served_as_it_is() {
    let kratos = Kratos::start(customer());
    for id in ["default", "ZGVmYXVsdA"] {
        let answer = kratos.get(&format!("/schemas/{id}"), "");
        assert_eq!(
            (answer.status, answer.text.as_str()),
            (200, customer().json),
            "{id}"
        );
    }
    assert_eq!(kratos.get("/schemas/other", "").status, 404);
}

#[test]
fn endpoints_that_are_not_implemented_answer_501() {
    let kratos = Kratos::start(customer());
    for path in [
        "/self-service/recovery/api",
        "/self-service/registration/browser",
        "/schemas",
    ] {
        let answer = kratos.get(path, "");
        assert_eq!(
            (answer.status, answer.error_id()),
            (501, Some("-")),
            "{path}"
        );
    }
    assert_eq!(kratos.get("/nowhere", "").status, 404);
}

#[test]
fn large_bodies_are_refused() {
    let kratos = Kratos::start(customer());
    let url = kratos.0.public_url();
    // Refused by its head: the rest is not read.
    let mut connection = TcpStream::connect(url.trim_start_matches("http://")).unwrap();
    let head =
        "POST /self-service/settings HTTP/1.1\r\nHost: kratos\r\nContent-Length: 8388609\r\n\r\n";
    connection.write_all(head.as_bytes()).unwrap();
    let mut answer = String::new();
    connection.read_to_string(&mut answer).unwrap();
    assert!(answer.starts_with("HTTP/1.1 413 "), "{answer}");
}
