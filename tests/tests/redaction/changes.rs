//! An update, its ends, and what waits.

use std::time::SystemTime;

use kratos_traits::settings::{PendingData, SealingKey};
use kratos_traits::{
    BrowserCookies, Error, IdentityTraits, Outcome, Patch, Pending, RawTraits, SettingsUpdate,
};
use kratos_traits_tests::recorded;
use kratos_traits_tests::schemas::customer::CustomerTraits;
use kratos_traits_tests::scripted::{self, Scripted, update_for_browser};
use serde_json::json;

use crate::script::{
    COOKIES, EMAIL, NEW_EMAIL, after_submit, answer, assert_quiet, change_email, created, error,
    flow, identity, outcome, quiet, quiet_error, rename, seen, told,
};

#[test]
fn settings() {
    let saved = outcome("saved", 200, &flow("success", "s3cr3t-other@example.org"));
    let Outcome::Saved(saved) = saved else {
        panic!("{saved:?}");
    };
    assert!(!saved.differences.is_empty());
    seen("differing", &saved.differences);
    seen("Identity", &saved.identity);
    seen("Document", &saved.identity.traits);
    seen("RawTraits", saved.identity.traits.raw());
    let parked = outcome("parked", 200, &flow("show_form", EMAIL));
    assert!(
        matches!(parked, Outcome::VerificationRequired(_)),
        "{parked:?}"
    );
    let invalid = outcome("invalid", 400, &flow("show_form", EMAIL));
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
        (429, None),
        (500, None),
        (503, None),
        (400, Some("brand_new")),
    ] {
        let _ = outcome("refused", status, &error(id));
    }
    let busy = recorded::answer_of_type(503, "text/html", "<html>s3cr3t</html>");
    let busy = quiet("busy", after_submit(busy));
    assert!(matches!(busy, Ok(Outcome::Busy(..))), "{busy:?}");
    let mut taken = flow("show_form", EMAIL);
    taken["ui"]["messages"][0]["id"] = json!(4000007);
    let _ = outcome("taken", 400, &taken);
    for body in ["\"s3cr3t\"", "{\"s3cr3t", "{\"id\":\"s3cr3t\"}"] {
        let other = recorded::answer(200, body);
        quiet_error("Error", after_submit(other).unwrap_err());
    }
    let mut other = flow("success", NEW_EMAIL);
    other["identity"]["id"] = json!("s3cr3t");
    let other = after_submit(answer(200, &other)).unwrap_err();
    assert!(
        matches!(other, Error::UnexpectedIdentity { .. }),
        "{other:?}"
    );
    quiet_error("UnexpectedIdentity", other);
}

#[test]
fn pending_changes() {
    let body = error(Some("session_refresh_required"));
    let pending = outcome("pending", 403, &body);
    let Outcome::ReauthenticationRequired(pending) = pending else {
        panic!("{pending:?}");
    };
    seen("Cause", pending.cause());
    seen("Patch", pending.patch());
    seen("PendingData", pending.to_plaintext());
    let key = SealingKey::new([7; 32]);
    let sealed = pending.seal(&key).unwrap();
    assert_quiet("sealed", &sealed);
    let opened = Pending::<CustomerTraits>::unseal(&key, &sealed, SystemTime::now()).unwrap();
    let wrong =
        Pending::<CustomerTraits>::unseal(&SealingKey::new([8; 32]), &sealed, SystemTime::now());
    quiet_error("PendingError", wrong.unwrap_err());
    let opened = quiet("Pending", opened);
    let stored = serde_json::to_string(&opened.to_plaintext()).unwrap();
    let spoilt = stored.replace("\"version\":1", "\"version\":9");
    let spoilt: PendingData = serde_json::from_str(&spoilt).unwrap();
    quiet_error(
        "PendingError",
        Pending::<CustomerTraits>::try_from(spoilt).unwrap_err(),
    );

    let theirs = answer(200, &flow("show_form", "s3cr3t-third@example.org"));
    let outcome = scripted::resume(opened.clone(), vec![theirs]);
    let Ok(Outcome::Conflict(conflict)) = quiet("conflict", outcome) else {
        panic!("no conflict");
    };
    seen("TraitConflict", &conflict.traits);
    seen("overwrite", conflict.clone().overwrite());
    seen("keep_theirs", conflict.keep_theirs());
    let outcome = scripted::resume(opened.of_person("grace"), vec![created()]);
    let outcome = quiet("another person", outcome);
    assert!(matches!(outcome, Ok(Outcome::IdentityMismatch(_))));
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
    let problems = CustomerTraits::schema()
        .check(&RawTraits::parse(r#"{"email":"s3cr3t","name":"s3cr3t"}"#).unwrap());
    assert!(!problems.is_empty());
    for problem in problems {
        told("Problem", &quiet("Problem", problem));
    }
    let mut outdated = flow("success", EMAIL);
    outdated["identity"]["traits"] = json!({ "email": 7, "name": "s3cr3t" });
    let saved = outcome("outdated", 200, &outdated);
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
    let script = Scripted::new([created(), answer(200, &flow("success", NEW_EMAIL))]);
    let mut cookies = BrowserCookies::new([COOKIES]);
    let outcome = update_for_browser(&script, &mut cookies, &change_email());
    assert!(cookies.set_cookies().next().is_some());
    seen("BrowserCookies", &cookies);
    seen("Outcome", outcome);
}
