//! Logins, sessions, the admin API.

use std::time::{Duration, SystemTime};

use http::Response;
use kratos_traits::admin::Lookup;
use kratos_traits::forecast::ServerFacts;
use kratos_traits::login::Secret;
use kratos_traits::{AdminOutcome, AdminToken, LoginOutcome, WhoamiOutcome};
use kratos_traits_tests::schemas::customer::CustomerTraits;
use kratos_traits_tests::scripted::{Scripted, block_on};
use serde_json::json;

use crate::script::{
    EMAIL, NEW_EMAIL, answer, change_email, error, flow, identity, quiet, quiet_error, seen,
    session,
};

/// A flow that a login can be submitted to.
fn created() -> Response<Vec<u8>> {
    answer(200, &flow("choose_method", EMAIL))
}

fn password() -> Secret {
    Secret::from("s3cr3t")
}

#[test]
fn logins() {
    let script = Scripted::new([created()]);
    let login = script.client.login(&session()).identifier(EMAIL);
    let choices = quiet("LoginChoices", script.result(login.refresh_choices()));
    assert!(matches!(choices, Ok(Ok(_))), "{choices:?}");

    let logged_in = json!({
        "session_token": "ory_st_s3cr3t_2", "session": { "identity": identity(EMAIL) },
        "continue_with": flow("", EMAIL)["continue_with"]
    });
    let mut not_verified = flow("choose_method", EMAIL);
    not_verified["ui"]["messages"][0]["id"] = json!(4000010);
    for (status, body) in [
        (200, logged_in),
        (400, flow("choose_method", EMAIL)),
        (403, error(Some("session_verified_address_required"))),
        (400, not_verified),
        (422, error(None)),
        (429, error(None)),
        (500, error(None)),
    ] {
        let script = || Scripted::new([created(), answer(status, &body)]);
        let first = script();
        let login = first.client.login_with_password(EMAIL, password());
        seen("first login", first.result(login).unwrap());
        let refresh = script();
        let login = refresh.client.login(&session()).identifier(EMAIL);
        let login = login.refresh_with_password(password());
        seen("fresh login", refresh.result(login).unwrap());
        for second in [script(), script()] {
            let login = second.client.login(&session());
            seen(
                "totp",
                second.result(login.second_factor_totp(password())).unwrap(),
            );
        }
        let second = script();
        let login = second.client.login(&session());
        let login = login.second_factor_lookup(password());
        seen("lookup secret", second.result(login).unwrap());
    }

    let mut sent = flow("sent_email", EMAIL);
    sent["ui"]["messages"] = json!([]);
    for node in sent["ui"]["nodes"].as_array_mut().unwrap() {
        node["messages"] = json!([]);
    }
    let script = Scripted::new([created(), answer(400, &sent)]);
    let login = script.client.login(&session()).identifier(EMAIL);
    let outcome = script.result(login.refresh_with_code()).unwrap();
    let LoginOutcome::CodeSent(sent) = quiet("code sent", outcome) else {
        panic!("no code");
    };
    seen("CodeSent", &sent);
    let script = Scripted::new([answer(400, &flow("sent_email", EMAIL))]);
    let login = script.client.login(&session());
    seen(
        "submitted code",
        script.result(login.submit_code(&sent, password())).unwrap(),
    );
}

#[test]
fn sessions_and_forecasts() {
    let body = json!({
        "id": "5e55", "active": true, "authenticated_at": "2026-01-01T10:00:00Z", "identity": identity(EMAIL),
        "authentication_methods": [{ "method": "password", "aal": "aal1" }],
        "devices": [{ "ip_address": "s3cr3t", "user_agent": "s3cr3t" }], "tokenized": "s3cr3t"
    });
    let whoami = |status, body: &_| {
        let script = Scripted::new([answer(status, body)]);
        let session = session();
        let call = script.client.whoami::<CustomerTraits>(&session);
        quiet("whoami", script.result(call).unwrap())
    };
    let outcome = whoami(200, &body);
    let WhoamiOutcome::Session(found) = outcome else {
        panic!("{outcome:?}");
    };
    let person = quiet("Session", found).identity.unwrap();
    seen("VerifiableAddress", &person.verifiable_addresses);
    seen("RecoveryAddress", &person.recovery_addresses);
    assert!(format!("{person:?}").contains("Completed"), "{person:?}");
    quiet_error("MetadataError", person.metadata_public::<u8>().unwrap_err());
    for (status, id) in [
        (401, None),
        (403, Some("session_aal2_required")),
        (500, None),
    ] {
        let _ = whoami(status, &error(id));
    }
    let script = Scripted::new([answer(200, &body)]);
    let facts = ServerFacts::new(Duration::ZERO);
    let call = script
        .settings()
        .forecast(&change_email(), &facts, SystemTime::now());
    seen("forecast", script.result(call).unwrap());
}

#[test]
fn the_admin_api() {
    let token = AdminToken::new("ory_pat_s3cr3t").unwrap();
    let person = || answer(200, &identity(EMAIL));
    let script = Scripted::new([person()]);
    let admin = script.admin.clone().token(token.clone());
    let found = script.result(admin.identity::<CustomerTraits>("0b9cbd3b"));
    let Lookup::Found(found) = quiet("identity", found.unwrap()) else {
        panic!("not found");
    };
    seen("FoundIdentity", found);
    let script = Scripted::new([answer(200, &json!([identity(EMAIL)]))]);
    let found = script.admin.identity_by_identifier::<CustomerTraits>(EMAIL);
    seen("identity by identifier", script.result(found).unwrap());

    // Some refusals lead to another request, which gets no answer.
    let update = |answers: Vec<Response<Vec<u8>>>| {
        let script = Scripted::new(answers);
        let admin = script.admin.clone().token(token.clone());
        let call = admin.edit("0b9cbd3b").update_privileged(&change_email());
        quiet("AdminOutcome", block_on(call))
    };
    let saved = update(vec![person(), answer(200, &identity(NEW_EMAIL))]);
    assert!(matches!(saved, Ok(AdminOutcome::Saved(_))), "{saved:?}");
    let unapplied = json!({ "error": {
        "reason": "An error occured when applying the JSON patch", "message": "missing value"
    } });
    let theirs = answer(200, &identity("s3cr3t-third@example.org"));
    let conflict = update(vec![person(), answer(400, &unapplied), theirs]);
    assert!(
        matches!(conflict, Ok(AdminOutcome::Conflict(_))),
        "{conflict:?}"
    );
    for status in [400, 401, 403, 404, 409, 429, 500, 503] {
        let refused = || answer(status, &error(None));
        let _ = update(vec![person(), refused()]);
        let _ = update(vec![refused()]);
    }
}
