//! An update, its ends, and what waits.

use kratos_traits::IdentityTraits;
use kratos_traits::Outcome;
use kratos_traits::Patch;
use kratos_traits::Pending;
use kratos_traits::RawTraits;
use kratos_traits::SettingsUpdate;
use kratos_traits::exchange::BrowserCookies;
use kratos_traits::exchange::Chain;
use kratos_traits::exchange::Exchange;
use kratos_traits::exchange::Forwarded;
use kratos_traits::exchange::Native;
use kratos_traits::flow::InClear;
use kratos_traits::flow::SealingKey;
use kratos_traits::flow::Update;
use kratos_traits_tests::schemas::customer::CustomerTraits;
use serde_json::Value;
use serde_json::json;
use std::ops::ControlFlow;
use std::time::SystemTime;

use crate::script::{
    COOKIES, EMAIL, NEW_EMAIL, answer, assert_quiet, change_email, end, error, flow, identity,
    quiet, quiet_error, rename, seen, server, session, submit, told,
};

#[test]
fn settings() {
    let saved = end(
        "saved",
        submit(),
        &answer(200, &flow("success", "s3cr3t-other@example.org")),
    );
    let Outcome::Saved(saved) = saved else {
        panic!("{saved:?}");
    };
    assert!(!saved.differing.is_empty());
    seen("differing", &saved.differing);
    seen("Identity", &saved.identity);
    seen("Document", &saved.identity.traits);
    seen("RawTraits", saved.identity.traits.raw());
    let _ = end("parked", submit(), &answer(200, &flow("show_form", EMAIL)));
    let invalid = end("invalid", submit(), &answer(400, &flow("show_form", EMAIL)));
    let Outcome::Invalid(invalid) = invalid else {
        panic!("{invalid:?}");
    };
    for problem in &invalid.problems {
        told("Problem", quiet("Problem", problem));
        told("MessageId", &problem.message.id);
    }
    for (status, id) in [
        (401, None),
        (403, Some("session_refresh_required")),
        (403, Some("session_aal2_required")),
        (410, None),
        (422, None),
        (500, None),
        (400, Some("brand_new")),
    ] {
        let _ = end("refused", submit(), &answer(status, &error(id)));
    }
    let mut taken = flow("show_form", EMAIL);
    taken["ui"]["messages"][0]["id"] = json!(4000007);
    let _ = end("taken", submit(), &answer(400, &taken));
    for body in ["\"s3cr3t\"", "{\"s3cr3t", "{\"id\":\"s3cr3t\"}"] {
        let mut other = answer(200, &Value::Null);
        *other.body_mut() = body.into();
        quiet_error("Error", submit().receive(&other).unwrap_err());
    }
}

#[test]
fn what_waits() {
    let waits = end(
        "waits",
        submit(),
        &answer(403, &error(Some("session_refresh_required"))),
    );
    let Outcome::ReauthenticationNeeded(pending) = waits else {
        panic!("{waits:?}");
    };
    seen("Cause", pending.cause());
    seen("Patch", pending.patch());
    seen("InClear", pending.expose_in_clear());
    let key = SealingKey::new([7; 32]);
    let sealed = pending.seal(&key).unwrap();
    assert_quiet("sealed", &sealed);
    let opened = Pending::<CustomerTraits>::unseal(&key, &sealed, SystemTime::now()).unwrap();
    let wrong =
        Pending::<CustomerTraits>::unseal(&SealingKey::new([8; 32]), &sealed, SystemTime::now());
    quiet_error("UnsealError", wrong.unwrap_err());
    let opened = quiet("Pending", opened);
    let stored = serde_json::to_string(&opened.expose_in_clear()).unwrap();
    let spoilt = stored.replace("\"version\":1", "\"version\":9");
    let spoilt: InClear = serde_json::from_str(&spoilt).unwrap();
    quiet_error(
        "UnfitPending",
        Pending::<CustomerTraits>::try_from(spoilt).unwrap_err(),
    );

    let resumed = Update::resumed(server(), Native::new(session()), opened.clone());
    let conflict = end(
        "conflict",
        resumed,
        &answer(200, &flow("show_form", "s3cr3t-third@example.org")),
    );
    let Outcome::Conflict(conflict) = conflict else {
        panic!("{conflict:?}");
    };
    seen("Conflicted", &conflict.traits);
    seen("overwrite", conflict.clone().overwrite());
    seen("keep_theirs", conflict.keep_theirs());
    let other = Update::resumed(server(), Native::new(session()), opened.of_person("grace"));
    let outcome = end(
        "another person",
        other,
        &answer(200, &flow("show_form", EMAIL)),
    );
    assert!(matches!(outcome, Outcome::AnotherPerson(_)));
}

#[test]
fn documents_and_changes() {
    let document = identity(EMAIL)["traits"].to_string();
    let current = quiet("RawTraits", RawTraits::parse(&document).unwrap());
    quiet_error("NotAnObject", RawTraits::parse("\"s3cr3t\"").unwrap_err());
    seen("Change", change_email().settings_update(&current).unwrap());
    seen("Patch", rename().patch());
    let mut patch = Patch::<CustomerTraits, _>::privileged();
    patch.set(CustomerTraits::EMAIL, NEW_EMAIL.to_owned());
    seen("Patch", patch);
    let problems = CustomerTraits::SCHEMA
        .check(&RawTraits::parse(r#"{"email":"s3cr3t","name":"s3cr3t"}"#).unwrap());
    assert!(!problems.is_empty());
    for problem in problems {
        told("Problem", &quiet("Problem", problem));
    }
    let mut outdated = flow("success", EMAIL);
    outdated["identity"]["traits"] = json!({ "email": 7, "name": "s3cr3t" });
    let saved = end("outdated", submit(), &answer(200, &outdated));
    let Outcome::Saved(saved) = saved else {
        panic!("{saved:?}");
    };
    quiet_error(
        "Outdated",
        saved.identity.traits.typed().err().unwrap().clone(),
    );
}

#[test]
fn a_browser() {
    let mode = Forwarded::new(BrowserCookies::new([COOKIES]));
    let create = quiet("Relay", Update::of(server(), mode, change_email().patch()));
    let submit = match create.answered(Ok(answer(200, &flow("show_form", EMAIL)))) {
        ControlFlow::Continue(submit) => quiet("Relay", submit),
        ControlFlow::Break(end) => panic!("{end:?}"),
    };
    match submit.answered(Ok(answer(200, &flow("success", NEW_EMAIL)))) {
        ControlFlow::Break(relayed) => {
            assert!(!relayed.set_cookies.is_empty());
            seen("SetCookies", &relayed.set_cookies);
            seen("Relayed", relayed);
        }
        ControlFlow::Continue(next) => panic!("{next:?}"),
    }
}
