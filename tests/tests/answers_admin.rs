//! Every recorded form of an answer of the admin API to an update or a search, and answers of other
//! servers.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that cannot go on says so this way"
)]

use http::{Method, Request, Response};
use kratos_traits::admin::{AdminUpdate, FindIdentity, Lookup, ReadIdentity};
use kratos_traits::exchange::{Exchange, Phase, SendError, Step};
use kratos_traits::{AdminOutcome, AdminToken, AdminUrl, Error, MessageId, RawTraits};
use kratos_traits_tests::scenarios::updaters::{ChangeEmail, Rename};
use kratos_traits_tests::schemas::customer::CustomerTraits;
use serde_json::{Value, json};

const ID: &str = "0b9cbd3b-2f5e-4a39-9d1a-7c6b5a4f3e2d";
const EMAIL: &str = "ada@example.org";

type Update = AdminUpdate<CustomerTraits>;

fn url() -> AdminUrl {
    "http://127.0.0.1:4434/base".parse().unwrap()
}

fn rename() -> Update {
    let nickname = Some(Some("Countess".to_owned()));
    AdminUpdate::new(url(), ID, &Rename { nickname })
}

fn change_email() -> Update {
    let email = "countess@example.org";
    AdminUpdate::privileged(url(), ID, &ChangeEmail { email })
}

fn answer(status: u16, content_type: &str, body: impl Into<Vec<u8>>) -> Response<Vec<u8>> {
    Response::builder()
        .status(status)
        .header("Content-Type", content_type)
        .body(body.into())
        .unwrap()
}

fn json_answer(status: u16, body: &Value) -> Response<Vec<u8>> {
    answer(status, "application/json", body.to_string())
}

fn identity(traits: &Value) -> Value {
    json!({
        "id": ID,
        "credentials": { "password": { "type": "password", "identifiers": [EMAIL], "version": 0 } },
        "schema_id": "default",
        "schema_url": "http://127.0.0.1:4433/schemas/ZGVmYXVsdA",
        "state": "active",
        "traits": traits,
        "verifiable_addresses": [
            { "id": "x", "value": EMAIL, "verified": false, "via": "email", "status": "pending" },
            { "id": "y", "value": "+49301234567", "verified": true, "via": "pigeon", "status": "?" },
        ],
        "metadata_public": null,
        "metadata_admin": { "note": "vip" },
        "organization_id": null,
        "region": "moon"
    })
}

fn ada(nickname: Option<&str>) -> Response<Vec<u8>> {
    let mut traits = json!({ "email": EMAIL, "name": {} });
    if let Some(nickname) = nickname {
        traits["nickname"] = json!(nickname);
    }
    json_answer(200, &identity(&traits))
}

/// A refusal in the envelope of Kratos; `code` is not to be trusted.
fn refusal(status: u16, reason: Option<&str>, message: &str) -> Response<Vec<u8>> {
    let mut error = json!({ "code": 500, "status": "?", "message": message });
    if let Some(reason) = reason {
        error["reason"] = json!(reason);
    }
    json_answer(status, &json!({ "error": error }))
}

fn no_patch(message: &str) -> Response<Vec<u8>> {
    let reason = "An error occured when applying the JSON patch";
    refusal(400, Some(reason), message)
}

/// The result of the last answer; each of the others must lead to another request.
fn after(update: Update, answers: &[Response<Vec<u8>>]) -> Result<Step<Update>, Error> {
    let (last, before) = answers.split_last().unwrap();
    let update = before.iter().fold(update, |update, answer| {
        match update.receive(answer).unwrap() {
            Step::Next(next) => next,
            Step::Done(outcome) => panic!("{outcome:?}"),
        }
    });
    update.receive(last)
}

fn ends(update: Update, answers: &[Response<Vec<u8>>]) -> AdminOutcome<CustomerTraits> {
    match after(update, answers).unwrap() {
        Step::Done(outcome) => outcome,
        Step::Next(next) => panic!("another request: {next:?}"),
    }
}

fn next(update: Update, answers: &[Response<Vec<u8>>]) -> Request<Vec<u8>> {
    match after(update, answers).unwrap() {
        Step::Next(next) => next.request().unwrap(),
        Step::Done(outcome) => panic!("{outcome:?}"),
    }
}

fn body(request: &Request<Vec<u8>>) -> Value {
    serde_json::from_slice(request.body()).unwrap()
}

#[test]
fn the_two_requests() {
    let token = AdminToken::new("ory_pat_secret").unwrap();
    let update = rename().token(token);
    let read = update.request().unwrap();
    let place = format!("http://127.0.0.1:4434/base/admin/identities/{ID}");
    assert_eq!(
        (read.method(), read.uri().to_string()),
        (&Method::GET, place.clone())
    );
    assert_eq!(read.headers()["Authorization"], "Bearer ory_pat_secret");
    assert!(read.headers()["Authorization"].is_sensitive());
    assert_eq!(read.headers()["Accept"], "application/json");

    let patch = next(update, &[ada(Some("Ada"))]);
    assert_eq!(
        (patch.method(), patch.uri().to_string()),
        (&Method::PATCH, place)
    );
    assert_eq!(patch.headers()["Content-Type"], "application/json");
    assert_eq!(patch.headers()["Authorization"], "Bearer ory_pat_secret");
    assert_eq!(
        body(&patch),
        json!([
            { "op": "remove", "path": "/traits/nickname" },
            { "op": "add", "path": "/traits/nickname", "value": "Countess" },
        ])
    );
    let patch = next(rename(), &[ada(None)]);
    let add = json!([{ "op": "add", "path": "/traits/nickname", "value": "Countess" }]);
    assert_eq!(body(&patch), add);
}

#[test]
fn saved() {
    let outcome = ends(rename(), &[ada(None), ada(Some("Countess"))]);
    let AdminOutcome::Saved(saved) = outcome else {
        panic!("{outcome:?}")
    };
    assert!(saved.differing.is_empty());
    let unverified = saved.identity.unverified_addresses();
    let unverified: Vec<_> = unverified.map(|one| &one.value).collect();
    assert_eq!(unverified, [EMAIL]);

    // A web hook that knows better.
    let outcome = ends(rename(), &[ada(None), ada(Some("Lady"))]);
    let AdminOutcome::Saved(saved) = outcome else {
        panic!("{outcome:?}")
    };
    assert!(!saved.is_as_sent());
    assert_eq!(saved.differing[0].path.to_string(), "nickname");
}

#[test]
fn nothing_to_change_takes_one_request() {
    let outcome = ends(rename(), &[ada(Some("Countess"))]);
    let AdminOutcome::Saved(saved) = outcome else {
        panic!("{outcome:?}")
    };
    assert!(saved.is_as_sent() && saved.differing.is_empty());
}

/// Another client has removed the nickname between our two requests.
#[test]
fn a_refused_patch_is_a_conflict_or_another_attempt() {
    let refused = || {
        no_patch(
            "error in remove for path: '/traits/nickname': unable to remove nonexistent key: missing value",
        )
    };
    let ada_with = || ada(Some("Ada"));
    for now in [None, Some("Lady")] {
        let outcome = ends(rename(), &[ada_with(), refused(), ada(now)]);
        assert!(matches!(outcome, AdminOutcome::Conflict(_)), "{outcome:?}");
    }
    // The other client wants the same value.
    let outcome = ends(rename(), &[ada_with(), refused(), ada(Some("Countess"))]);
    assert!(matches!(outcome, AdminOutcome::Saved(_)), "{outcome:?}");
    // The other client has restored the old value: another attempt, but only two.
    let again = [ada_with(), refused(), ada_with(), ada(Some("Countess"))];
    let outcome = ends(rename(), &again);
    assert!(matches!(outcome, AdminOutcome::Saved(_)), "{outcome:?}");
    let attempt = || [ada_with(), refused()];
    let outcome = ends(rename(), &[attempt(), attempt(), attempt()].concat());
    let AdminOutcome::Refused(refusal) = outcome else {
        panic!("{outcome:?}")
    };
    assert!(!refusal.may_have_been_saved());
}

/// The traits that were just read are compared with those that the application has seen.
#[test]
fn a_changed_base_is_a_conflict_before_anything_is_sent() {
    let base = |text| RawTraits::parse(text).unwrap();
    let seen = base(r#"{"email":"ada@example.org","name":{},"nickname":"Ada"}"#);
    let outcome = ends(rename().based_on(&seen), &[ada(Some("Lady"))]);
    assert!(matches!(outcome, AdminOutcome::Conflict(_)), "{outcome:?}");
    let patch = next(rename().based_on(&seen), &[ada(Some("Ada"))]);
    assert_eq!(patch.method(), Method::PATCH);
}

#[test]
fn a_busy_database_is_asked_again_but_not_for_ever() {
    let text = "Unable to serialize access due to a concurrent update in another session";
    let busy = || refusal(400, None, text);
    let outcome = ends(
        rename(),
        &[busy(), ada(None), busy(), ada(None), ada(Some("Countess"))],
    );
    assert!(matches!(outcome, AdminOutcome::Saved(_)), "{outcome:?}");
    for in_vain in [
        vec![busy(), busy(), busy()],
        vec![ada(None), busy(), ada(None), busy(), busy()],
    ] {
        let outcome = ends(rename(), &in_vain);
        let AdminOutcome::Busy(refusal) = outcome else {
            panic!("{outcome:?}")
        };
        assert!(!refusal.may_have_been_saved());
    }
}

#[test]
fn what_kratos_finds_wrong_stands_on_its_trait() {
    let text = "I[#/traits] S[#/properties/traits] validation failed\n  I[#/traits/email] \
                S[#/properties/traits/properties/email/format] \"x\" is not valid \"email\"";
    let refused = refusal(400, Some(text), "The request was malformed");
    let outcome = ends(change_email(), &[ada(None), refused]);
    let AdminOutcome::Invalid(invalid) = outcome else {
        panic!("{outcome:?}")
    };
    assert_eq!(invalid.problems.len(), 1);
    assert_eq!(invalid.problems[0].path.to_string(), "email");
    assert_eq!(invalid.problems[0].message.id, MessageId::INVALID);
    assert_eq!(invalid.general[0].text, text);
}

#[test]
fn refusals_by_status() {
    let taken =
        "Unable to insert or update resource because a resource with that value exists already";
    let html = |status| answer(status, "text/html", "<h1>no</h1>");
    for (refused, name) in [
        (refusal(409, None, taken), "identifier_taken"),
        (
            refusal(404, None, "Unable to locate the resource"),
            "not_found",
        ),
        (refusal(401, Some("no token"), "?"), "access_denied"),
        (html(401), "access_denied"),
        (html(403), "access_denied"),
        (refusal(429, None, "slow down"), "refused"),
        (refusal(500, None, "?"), "refused"),
    ] {
        let outcome = ends(change_email(), &[ada(None), refused.clone()]);
        assert_eq!(outcome.name(), name);
        if let AdminOutcome::Refused(refusal) = outcome {
            assert_eq!(refusal.phase, Phase::PatchIdentity);
            assert_eq!(refusal.may_have_been_saved(), refusal.status == 500);
        }
        if name == "identifier_taken" {
            continue;
        }
        // The reading is refused in the same ways, and saves nothing.
        let outcome = ends(change_email(), &[refused]);
        assert_eq!(outcome.name(), name);
        if let AdminOutcome::Refused(refusal) = outcome {
            assert!(!refusal.may_have_been_saved());
        }
    }
}

#[test]
fn whoever_does_not_let_us_in_says_why() {
    let error = json!({ "error": { "id": "key_expired", "reason": "of yesterday" } });
    let outcome = ends(change_email(), &[json_answer(401, &error)]);
    let AdminOutcome::AccessDenied(denied) = outcome else {
        panic!("{outcome:?}")
    };
    assert_eq!(denied.phase, Phase::ReadIdentity);
    assert_eq!(denied.id.as_deref(), Some("key_expired"));
    assert_eq!(denied.reason.as_deref(), Some("of yesterday"));
}

#[test]
fn what_is_no_answer_of_the_admin_api_is_an_error() {
    for (last, may_be_saved) in [
        (answer(307, "text/html", "<a>"), true),
        (answer(404, "text/plain", "404 page not found"), false),
        (answer(400, "text/plain", "?"), true),
        (answer(502, "text/html", "<h1>Bad Gateway</h1>"), true),
        (answer(200, "application/json", "{\"id\":"), true),
        (json_answer(200, &json!({ "id": ID })), true),
        (json_answer(200, &identity(&json!([]))), true),
        (json_answer(204, &json!(null)), true),
    ] {
        let error = after(change_email(), &[ada(None), last.clone()]).unwrap_err();
        assert_eq!(error.may_have_been_saved(), may_be_saved, "{error}");
        let error = after(change_email(), &[last]).unwrap_err();
        assert!(!error.may_have_been_saved(), "{error}");
    }
    let lost = SendError::no_answer("?");
    assert!(lost.during(Phase::PatchIdentity).may_have_been_saved());
}

#[test]
fn people_who_are_found() {
    let find = || FindIdentity::<CustomerTraits>::new(url(), None, "ada+1@example.org");
    let request = find().request().unwrap();
    assert_eq!(
        request.uri(),
        "http://127.0.0.1:4434/base/admin/identities?credentials_identifier=ada%2B1%40example.org"
    );
    let one = identity(&json!({ "email": EMAIL }));
    for (people, name) in [(0, "nobody"), (1, "found"), (2, "several")] {
        let people = json_answer(200, &json!(vec![one.clone(); people]));
        let Step::Done(lookup) = find().receive(&people).unwrap() else {
            panic!("another request")
        };
        assert_eq!(lookup.name(), name);
    }
    let read = || ReadIdentity::<CustomerTraits>::new(url(), None, ID);
    let Step::Done(lookup) = read().receive(&ada(None)).unwrap() else {
        panic!("another request")
    };
    let Lookup::Found(found) = lookup else {
        panic!("{lookup:?}")
    };
    assert_eq!(
        found.raw_metadata_admin().unwrap().get(),
        r#"{"note":"vip"}"#
    );
    for (refused, name) in [
        (refusal(404, None, "?"), "nobody"),
        (refusal(403, None, "?"), "access_denied"),
        (refusal(500, None, "?"), "refused"),
    ] {
        let Step::Done(lookup) = read().receive(&refused).unwrap() else {
            panic!("another request")
        };
        assert_eq!(lookup.name(), name);
    }
    assert!(find().receive(&ada(None)).is_err());
}

#[test]
fn nothing_personal_and_no_token_is_shown() {
    let token = AdminToken::new("ory_pat_secret").unwrap();
    let conflict = ends(
        rename(),
        &[
            ada(Some("Ada")),
            no_patch("missing value"),
            ada(Some("Lady")),
        ],
    );
    let found = ReadIdentity::<CustomerTraits>::new(url(), Some(token.clone()), ID);
    let found = match found.receive(&ada(Some("Ada"))).unwrap() {
        Step::Done(found) => found,
        Step::Next(next) => panic!("{next:?}"),
    };
    let find = FindIdentity::<CustomerTraits>::new(url(), Some(token.clone()), EMAIL);
    let saved = ends(rename(), &[ada(None), ada(Some("Countess"))]);
    let patching = match after(rename().token(token), &[ada(Some("Ada"))]).unwrap() {
        Step::Next(next) => next,
        Step::Done(outcome) => panic!("{outcome:?}"),
    };
    let shown = format!("{conflict:?} {found:?} {find:?} {saved:?} {patching:?}");
    for secret in [EMAIL, "Ada", "Countess", "Lady", "vip", "ory_pat", "4930"] {
        assert!(!shown.contains(secret), "{secret}: {shown}");
    }
}
