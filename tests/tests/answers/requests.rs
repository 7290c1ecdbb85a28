//! What is sent, and what is not.

use http::Method;
use kratos_traits::exchange::{Exchange, Phase, SendError, Step};
use kratos_traits::flow::Update;
use kratos_traits::{Outcome, SettingsUpdate, TraitPath};
use kratos_traits_tests::scenarios::updaters::{ChangeEmail, Rename};
use kratos_traits_tests::schemas::customer::CustomerTraits;
use serde_json::{Value, json};

use crate::script::{
    EMAIL, NEW_EMAIL, TOKEN, after_create, change_email, flow, json_answer, request_of, start,
    submit,
};

#[test]
fn the_two_requests() {
    let create = request_of(&change_email());
    assert_eq!(create.method(), Method::GET);
    assert_eq!(
        create.uri(),
        "http://127.0.0.1:4433/self-service/settings/api"
    );
    assert_eq!(create.headers()["accept"], "application/json");
    assert_eq!(create.headers()["x-session-token"], TOKEN);
    assert!(create.headers()["x-session-token"].is_sensitive());

    let submit = request_of(&submit());
    assert_eq!(submit.method(), Method::POST);
    assert_eq!(
        submit.uri(),
        "http://127.0.0.1:4433/self-service/settings?flow=6e2f0c7e-5d39-4d6c-9a3b-0f7d1c2b3a49"
    );
    assert_eq!(submit.headers()["content-type"], "application/json");
    assert_eq!(submit.headers()["accept"], "application/json");
    for name in ["cookie", "origin"] {
        assert!(!submit.headers().contains_key(name));
    }
    let body: Value = serde_json::from_slice(submit.body()).unwrap();
    let traits = json!({ "email": NEW_EMAIL, "name": { "first": "Ada" } });
    assert_eq!(body, json!({ "method": "profile", "traits": traits }));
}

#[test]
fn what_is_there_already_is_not_submitted() {
    let update = ChangeEmail { email: EMAIL };
    let step = start(update.patch()).receive(&json_answer(200, &flow("show_form", EMAIL)));
    let Step::Done(Outcome::Saved(saved)) = step.unwrap() else {
        panic!("it was sent");
    };
    assert_eq!(saved.identity.traits.typed().unwrap().email, EMAIL);
}

#[test]
fn our_own_check_comes_before_the_submit() {
    let update = Rename {
        nickname: Some(Some("x".repeat(1000))),
    };
    let step = start(update.patch()).receive(&json_answer(200, &flow("show_form", EMAIL)));
    let Step::Done(Outcome::Invalid(invalid)) = step.unwrap() else {
        panic!("it was sent");
    };
    assert_eq!(invalid.problems[0].path, TraitPath::parse("nickname"));
}

#[test]
fn a_flow_id_never_becomes_another_request() {
    let mut body = flow("show_form", EMAIL);
    for id in ["", "a&b=c", "../x", "a b"] {
        body["id"] = json!(id);
        let error = after_create(&json_answer(200, &body)).unwrap_err();
        assert!(error.to_string().contains("usable id"), "{error}");
    }
}

#[test]
fn a_lost_answer_says_whether_the_update_may_have_happened() {
    let lost = |exchange: Update<CustomerTraits>| {
        let reset = std::io::Error::from(std::io::ErrorKind::ConnectionReset);
        SendError::no_answer(reset).during(exchange.phase())
    };
    assert_eq!(change_email().phase(), Phase::Create);
    assert!(!lost(change_email()).may_have_been_saved());
    assert!(lost(submit()).may_have_been_saved());
}
