//! Traits that break the schema.

use serde_json::json;

use kratos_traits::{Channel, Role, Schema};

use crate::client::Kratos;
use crate::{FAMILY, MEMBER, customer, facts};

/// Addresses without a `format`.
static REACHED: Schema = Schema::new(
    "reached.schema.json",
    r#"{
        "properties": { "traits": {
            "type": "object",
            "properties": {
                "username": { "type": "string", "ory.sh/kratos": {} },
                "mails": { "type": "array", "items": { "type": "string", "ory.sh/kratos": {} } }
            }
        } }
    }"#,
    &[
        facts(&["username"], &[Role::PasswordIdentifier]),
        facts(&["mails"], &[Role::Recovery(Channel::Email)]),
    ],
    0,
);

#[test]
fn an_address_must_fit_its_channel() {
    let kratos = Kratos::start(&REACHED);
    let ada = kratos.person(&json!({ "username": "ada", "mails": ["ada@example.org"] }));
    let answer = ada.change(&json!({ "username": "ada", "mails": ["ada@example.org", "ada"] }));
    assert_eq!(answer.problems(), [("traits.mails.1".to_owned(), 4000001)]);
}

#[test]
fn all_problems_come_at_once() {
    let kratos = Kratos::start(&MEMBER);
    let ada = kratos.person(&json!({ "username": "ada" }));
    let answer = ada.change(&json!({ "username": 5, "nickname": "ABCD", "age": 1.5 }));
    assert_eq!(
        (answer.status, answer.text_at("/state")),
        (400, "show_form".into())
    );
    let problems = [
        ("traits.age", 4000026),
        ("traits.nickname", 4000004),
        ("traits.nickname", 4000017),
        ("traits.username", 4000026),
    ];
    assert_eq!(
        answer.problems(),
        problems.map(|(name, id)| (name.to_owned(), id))
    );
    // The form shows what was submitted, the identity what is saved.
    assert_eq!(
        answer.node("traits.nickname")["attributes"]["value"],
        "ABCD"
    );
    assert_eq!(
        answer.body["identity"]["traits"],
        json!({ "username": "ada" })
    );
    assert_eq!(ada.traits(), json!({ "username": "ada" }));
}

#[test]
fn formats_have_the_general_message_id() {
    let kratos = Kratos::start(&MEMBER);
    let ada = kratos.person(&json!({ "username": "ada" }));
    let answer = ada.change(&json!({ "email": "ada", "phone": "12" }));
    let problems = [("traits.email", 4000001), ("traits.phone", 4000001)];
    assert_eq!(
        answer.problems(),
        problems.map(|(name, id)| (name.to_owned(), id))
    );
    let message = &answer.node("traits.email")["messages"][0];
    let reason = r#""ada" is not valid "email""#;
    assert_eq!(
        (&message["text"], &message["context"]),
        (&json!(reason), &json!({ "reason": reason }))
    );
}

#[test]
fn problems_without_a_node_get_one() {
    let kratos = Kratos::start(customer());
    let ada = kratos.person(&json!({ "email": "ada@example.org" }));
    let answer = ada.change(&json!({ "email": "ada@example.org", "a": 1, "name": { "b": 2 } }));
    let problems = [("traits", 4000001), ("traits.name", 4000001)];
    assert_eq!(
        answer.problems(),
        problems.map(|(name, id)| (name.to_owned(), id))
    );
    assert_eq!(answer.node("traits")["group"], "default");
    assert_eq!(answer.node("traits.name.b")["group"], "profile");
}

#[test]
fn elements_have_nodes_of_their_own() {
    let kratos = Kratos::start(&FAMILY);
    let ada = kratos.person(&json!({ "username": "ada", "children": [] }));
    let answer = ada.change(&json!({ "username": "ada", "children": [{}, 5] }));
    assert_eq!(
        answer.problems(),
        [("traits.children.1".to_owned(), 4000026)]
    );
}

#[test]
fn messages_of_an_earlier_submit_are_removed() {
    let kratos = Kratos::start(&MEMBER);
    let ada = kratos.person(&json!({ "username": "ada" }));
    kratos.person(&json!({ "username": "bob" }));
    let flow = ada.flow();
    let submit = |traits| ada.submit(&flow, &json!({ "method": "profile", "traits": traits }));
    assert_eq!(submit(json!({ "username": "bob" })).messages(), [4000007]);
    let answer = submit(json!({ "nickname": "ABC" }));
    assert_eq!((answer.messages(), answer.problems().len()), (vec![], 1));
    assert_eq!(
        answer.node("traits.username")["attributes"].get("value"),
        None
    );
    assert_eq!(submit(json!({ "nickname": "ABCD" })).problems().len(), 2);
    let shown = kratos.get(
        &format!("/self-service/settings/flows?id={flow}"),
        &ada.token,
    );
    assert_eq!(shown.problems().len(), 2);
}
