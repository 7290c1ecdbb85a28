//! Error bodies, by status and id.

use kratos_traits::Outcome;
use kratos_traits_tests::recorded::error;
use kratos_traits_tests::schemas::customer::CustomerTraits;
use serde_json::{Value, json};

use super::script::{after_create, after_submit};

#[test]
fn errors_by_status_and_id() {
    let redirect = json!({ "redirect_browser_to": "http://127.0.0.1:4433/self-service/login/browser?refresh=true" });
    type Expect = fn(&Outcome<CustomerTraits>) -> bool;
    let table: &[(u16, Option<&str>, Expect)] = &[
        (
            400,
            None,
            |it| matches!(it, Outcome::Refused(r) if r.status() == 400 && r.id.is_none()),
        ),
        (401, None, |it| matches!(it, Outcome::SessionInactive(_))),
        (401, Some("session_inactive"), |it| {
            matches!(it, Outcome::SessionInactive(_))
        }),
        (
            403,
            Some("session_refresh_required"),
            |it| matches!(it, Outcome::ReauthenticationRequired(p) if p.redirect_browser_to.is_some()),
        ),
        (403, Some("session_aal2_required"), |it| {
            matches!(it, Outcome::SecondFactorRequired(_))
        }),
        (403, Some("security_identity_mismatch"), |it| {
            matches!(it, Outcome::Refused(_))
        }),
        (403, Some("security_csrf_violation"), |it| {
            matches!(it, Outcome::Refused(_))
        }),
        (
            403,
            Some("brand_new"),
            |it| matches!(it, Outcome::Refused(r) if r.id.as_deref() == Some("brand_new")),
        ),
        (
            404,
            None,
            |it| matches!(it, Outcome::Refused(r) if r.status() == 404),
        ),
        (410, None, |it| matches!(it, Outcome::FlowExpired(_))),
        (410, Some("self_service_flow_expired"), |it| {
            matches!(it, Outcome::FlowExpired(_))
        }),
        (
            422,
            Some("browser_location_change_required"),
            |it| matches!(it, Outcome::BrowserRedirectRequired(e) if e.redirect_browser_to.is_some()),
        ),
        // Around logins, and behind proxies: ids and statuses that are not of a settings flow.
        (403, Some("session_verified_address_required"), |it| {
            matches!(it, Outcome::Refused(_))
        }),
        (403, Some("session_aal1_required"), |it| {
            matches!(it, Outcome::Refused(_))
        }),
        (403, None, |it| matches!(it, Outcome::Refused(_))),
        (400, Some("session_aal_already_fulfilled"), |it| {
            matches!(it, Outcome::Refused(_))
        }),
        (400, Some("session_already_available"), |it| {
            matches!(it, Outcome::Refused(_))
        }),
        (400, Some("self_service_flow_return_to_forbidden"), |it| {
            matches!(it, Outcome::Refused(_))
        }),
        (400, Some("self_service_flow_disabled"), |it| {
            matches!(it, Outcome::Refused(_))
        }),
        (400, Some("self_service_flow_replaced"), |it| {
            matches!(it, Outcome::Refused(_))
        }),
        (401, Some("identity_disabled"), |it| {
            matches!(it, Outcome::SessionInactive(_))
        }),
        (
            409,
            None,
            |it| matches!(it, Outcome::Refused(r) if r.status() == 409),
        ),
        (422, None, |it| {
            matches!(it, Outcome::BrowserRedirectRequired(_))
        }),
        (
            429,
            None,
            |it| matches!(it, Outcome::Busy(r, _) if r.status() == 429),
        ),
        (
            500,
            Some("invalid_configuration"),
            |it| matches!(it, Outcome::Refused(r) if r.status() == 500),
        ),
        (502, Some("upstream_error"), |it| {
            matches!(it, Outcome::Refused(_))
        }),
    ];
    for (status, id, expected) in table {
        let response = error(*status, *id, redirect.clone());
        let outcome = after_submit(&response).unwrap();
        assert!(expected(&outcome), "submit {status} {id:?}: {outcome:?}");
        let outcome = after_create(&response).unwrap();
        assert!(expected(&outcome), "create {status} {id:?}: {outcome:?}");
    }
}

#[test]
fn a_server_error_after_the_submit_may_have_been_saved() {
    for (status, may_be_saved) in [(400, true), (404, false), (500, true), (502, true)] {
        let response = error(status, None, Value::Null);
        let Outcome::Refused(refusal) = after_submit(&response).unwrap() else {
            panic!("not refused");
        };
        assert_eq!(refusal.may_have_been_saved(), may_be_saved, "{status}");
        let Outcome::Refused(refusal) = after_create(&response).unwrap() else {
            panic!("not refused");
        };
        assert!(!refusal.may_have_been_saved());
    }
}
