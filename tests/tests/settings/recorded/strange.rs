//! Answers of others than Kratos.

use http::Response;
use kratos_traits::Error;
use kratos_traits_tests::recorded::answer;

use super::script::{NEW_EMAIL, after_create, after_submit, flow};

#[test]
fn answers_of_other_servers_are_errors() {
    let html = Response::builder()
        .status(502)
        .header("Content-Type", "text/html; charset=utf-8")
        .body(format!("<html>{NEW_EMAIL}</html>").into_bytes())
        .unwrap();
    let cases = [
        (
            html,
            "with status 502 and content type text/html; charset=utf-8",
            "expected JSON",
            true,
        ),
        (
            answer(200, ""),
            "status 200",
            "the JSON ends too early",
            true,
        ),
        (
            answer(200, &flow("success", NEW_EMAIL).to_string()[..300]),
            "status 200",
            "the JSON ends too early",
            true,
        ),
        (
            answer(200, "[]"),
            "status 200",
            "expected a settings flow",
            true,
        ),
        (
            answer(200, "{}"),
            "status 200",
            "expected a settings flow",
            true,
        ),
        (
            answer(400, "{}"),
            "status 400",
            "expected an error of Kratos",
            true,
        ),
        (
            answer(403, "[1]"),
            "status 403",
            "expected an error of Kratos",
            false,
        ),
        (
            answer(303, "{\"error\":{}}"),
            "status 303",
            "unexpected redirect",
            true,
        ),
        (
            answer(200, vec![0xff, 0xfe]),
            "status 200",
            "expected JSON",
            true,
        ),
    ];
    for (response, where_, what, may_be_saved) in cases {
        let error = after_submit(&response).unwrap_err();
        let text = error.to_string();
        assert!(text.contains(where_) && text.contains(what), "{text}");
        assert!(text.starts_with("submitting the settings"), "{text}");
        assert!(
            !format!("{text}{error:?}").contains("example.org"),
            "{error:?}"
        );
        assert_eq!(error.may_have_been_saved(), may_be_saved, "{text}");
        let error = after_create(&response).unwrap_err();
        assert!(!error.may_have_been_saved());
    }
}

/// Kratos may have saved something, but the answer is not about the person of the flow.
#[test]
fn the_answer_has_another_identity() {
    let mut other = flow("success", NEW_EMAIL);
    other["identity"]["id"] = "11111111-2222-3333-4444-555555555555".into();
    let error = after_submit(&answer(200, other.to_string())).unwrap_err();
    assert!(
        matches!(error, Error::UnexpectedIdentity { .. }),
        "{error:?}"
    );
    assert!(error.may_have_been_saved());
    assert_eq!(
        error.to_string(),
        "submitting the settings: the answer has another identity than the settings flow"
    );
}
