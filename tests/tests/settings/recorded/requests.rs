//! The requests of an update, and updates that are not sent.

use http::Method;
use kratos_traits::{Outcome, TraitPath};
use kratos_traits_tests::recorded::json_answer;
use kratos_traits_tests::scripted::{self, Scripted, TOKEN, block_on, body};
use kratos_traits_tests::updaters::{ChangeEmail, Rename};
use serde_json::json;

use super::script::{EMAIL, NEW_EMAIL, after_create, change_email, created, flow};

#[test]
fn the_two_requests() {
    let script = Scripted::new([created()]);
    let requests = script.requests_of(script.settings().update(&change_email()));
    let [create, submit] = &requests[..] else {
        panic!("{requests:?}");
    };
    assert_eq!(create.method(), Method::GET);
    assert_eq!(
        create.uri(),
        "http://127.0.0.1:4433/self-service/settings/api"
    );
    assert_eq!(create.headers()["accept"], "application/json");
    assert_eq!(create.headers()["x-session-token"], TOKEN);
    assert!(create.headers()["x-session-token"].is_sensitive());

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
    let traits = json!({ "email": NEW_EMAIL, "name": { "first": "Ada" } });
    assert_eq!(
        body(submit),
        json!({ "method": "profile", "traits": traits })
    );
}

#[test]
fn values_that_are_stored_already_are_not_submitted() {
    let outcome = scripted::update(&ChangeEmail { email: EMAIL }, vec![created()]);
    let Ok(Outcome::Saved(saved)) = outcome else {
        panic!("{outcome:?}");
    };
    assert_eq!(saved.identity.traits.typed().unwrap().email, EMAIL);
}

#[test]
fn an_invalid_update_is_not_submitted() {
    let update = Rename {
        nickname: Some(Some("x".repeat(1000))),
    };
    let outcome = scripted::update(&update, vec![created()]);
    let Ok(Outcome::Invalid(invalid)) = outcome else {
        panic!("{outcome:?}");
    };
    assert_eq!(invalid.problems[0].path, TraitPath::parse("nickname"));
}

#[test]
fn a_flow_id_that_changes_the_request_is_an_error() {
    let mut body = flow("show_form", EMAIL);
    for id in ["", "a&b=c", "../x", "a b"] {
        body["id"] = json!(id);
        let error = after_create(&json_answer(200, &body)).unwrap_err();
        assert!(
            error
                .to_string()
                .contains("the id of the flow is not valid"),
            "{error}"
        );
    }
}

#[test]
fn only_a_lost_submit_may_have_been_saved() {
    for (answers, may_be_saved) in [(vec![], false), (vec![created()], true)] {
        let script = Scripted::new(answers);
        let error = block_on(script.settings().update(&change_email())).unwrap_err();
        assert_eq!(error.may_have_been_saved(), may_be_saved, "{error}");
    }
}
