//! How a body is decoded before it is validated.

use serde_json::json;

use crate::client::Kratos;
use crate::{FAMILY, MEMBER, customer};

#[test]
fn absent_traits_are_the_empty_object() {
    let kratos = Kratos::start(&MEMBER);
    for (name, body) in [
        ("a", json!({ "method": "profile" })),
        ("b", json!({ "method": "profile", "traits": null })),
        (
            "c",
            json!({ "method": "profile", "trait": { "username": "c" } }),
        ),
        ("d", json!({ "method": "profile", "traits": {} })),
    ] {
        let person = kratos.person(&json!({ "username": name, "nickname": "abc" }));
        let answer = person.submit(&person.flow(), &body);
        assert_eq!(
            (answer.status, answer.messages()),
            (200, vec![1050001]),
            "{body}"
        );
        assert_eq!(person.traits(), json!({}), "{body}");
    }
}

#[test]
fn absent_traits_lack_the_required_ones() {
    let kratos = Kratos::start(customer());
    let ada = kratos.person(&json!({ "email": "ada@example.org" }));
    let answer = ada.submit(&ada.flow(), &json!({ "method": "profile" }));
    assert_eq!(answer.problems(), [("traits.email".to_owned(), 4000002)]);
    let message = &answer.node("traits.email")["messages"][0];
    assert_eq!(message["context"], json!({ "property": "email" }));
    assert_eq!(message["type"], "error");
}

#[test]
fn absent_objects_are_filled_in() {
    let kratos = Kratos::start(&FAMILY);
    let ada = kratos.person(&json!({ "username": "ada", "children": [] }));
    assert_eq!(
        ada.traits(),
        json!({ "username": "ada", "children": [], "home": { "place": {} } })
    );
    // A value in the place of an object is overwritten.
    let answer = ada.change(&json!({ "username": "ada", "children": [], "home": "x" }));
    assert_eq!(answer.status, 200);
    assert_eq!(ada.traits()["home"], json!({ "place": {} }));
}

#[test]
fn an_absent_array_of_objects_is_filled_in_wrongly() {
    let kratos = Kratos::start(&FAMILY);
    let ada = kratos.person(&json!({ "username": "ada", "children": [] }));
    let answer = ada.change(&json!({ "username": "ada" }));
    assert_eq!(answer.status, 400);
    assert_eq!(answer.problems(), [("traits.children".to_owned(), 4000026)]);
    let node = answer.node("traits.children");
    assert_eq!(node["group"], "default");
    assert_eq!(
        node["messages"][0]["text"],
        "expected array, but got object"
    );
}

#[test]
fn traits_that_are_not_an_object_are_refused() {
    let member = Kratos::start(&MEMBER);
    let ada = member.person(&json!({ "username": "ada" }));
    for traits in [json!([]), json!(5), json!(true), json!("\"x\"")] {
        let answer = ada.change(&traits);
        assert_eq!(
            answer.problems(),
            [("traits".to_owned(), 4000026)],
            "{traits}"
        );
    }
    let family = Kratos::start(&FAMILY);
    let bob = family.person(&json!({ "username": "bob", "children": [] }));
    for answer in [
        ada.change(&json!("x")),
        bob.change(&json!([])),
        bob.change(&json!({ "home": [] })),
    ] {
        // The status is 400, and the code in the body is 500.
        assert_eq!(
            (answer.status, &answer.body["error"]["code"]),
            (400, &json!(500))
        );
    }
    // The text of a string is taken for the traits.
    assert_eq!(
        ada.change(&json!(r#"{"username":"ada","age":1}"#)).status,
        200
    );
    assert_eq!(ada.traits()["age"], 1);
}

#[test]
fn other_settings_methods_are_refused() {
    let kratos = Kratos::start(&MEMBER);
    let ada = kratos.person(&json!({ "username": "ada" }));
    for body in [
        json!({}),
        json!({ "traits": { "username": "b" } }),
        json!({ "method": "carrier pigeon", "traits": { "username": "b" } }),
    ] {
        let answer = ada.submit(&ada.flow(), &body);
        assert_eq!(
            (answer.status, answer.messages()),
            (400, vec![4010004]),
            "{body}"
        );
    }
    for body in [
        json!({ "method": "password", "password": "correct horse" }),
        json!({ "method": "profile", "traits.username": "b" }),
    ] {
        assert_eq!(ada.submit(&ada.flow(), &body).status, 501, "{body}");
    }
    assert_eq!(ada.traits(), json!({ "username": "ada" }));
}

#[test]
fn bodies_that_are_not_a_json_object_are_refused() {
    let kratos = Kratos::start(&MEMBER);
    let ada = kratos.person(&json!({ "username": "ada" }));
    let path = format!("/self-service/settings?flow={}", ada.flow());
    let token = format!("X-Session-Token: {}", ada.token);
    let send = |content_type: &str, body: &str| {
        let content_type = format!("Content-Type: {content_type}");
        kratos.send("POST", &path, &[&token, &content_type], body)
    };
    for (content_type, body, reason) in [
        ("application/json", "{", "Unable to decode form as JSON."),
        ("application/json", "", "Unable to decode HTTP Request Body"),
        ("application/json", "[]", "an object but got: JSON"),
        ("application/json", "5", "an object but got: Number"),
        (
            "text/plain",
            "{}",
            "unknown HTTP Header \"Content-Type: text/plain\"",
        ),
    ] {
        let answer = send(content_type, body);
        assert_eq!(
            (answer.status, answer.messages()),
            (400, vec![4000001]),
            "{body}"
        );
        let text = answer.text_at("/ui/messages/0/text");
        assert!(text.contains(reason), "{body}: {text}");
        assert_eq!(answer.text_at("/ui/messages/0/context/reason"), text);
    }
    assert_eq!(
        send("application/x-www-form-urlencoded", "method=profile").status,
        501
    );
    let body = r#"{"method":"profile","traits":{"username":"ada","age":1}}"#;
    assert_eq!(send("application/json; charset=utf-8", body).status, 200);
}
