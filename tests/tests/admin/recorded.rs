//! Every recorded form of an answer of the admin API to an update or a search, and answers of other
//! servers.

use http::{Method, Response};
use kratos_traits::admin::Lookup;
use kratos_traits::client::Phase;
use kratos_traits::{AdminOutcome, AdminToken, Error, IdentityTraits, MessageId, RawTraits};
use kratos_traits_tests::recorded::{answer_of_type, json_answer};
use kratos_traits_tests::schemas::customer::CustomerTraits;
use kratos_traits_tests::scripted::{Scripted, block_on, body};
use kratos_traits_tests::updaters::{ChangeEmail, rename};
use serde_json::{Value, json};

const ID: &str = "0b9cbd3b-2f5e-4a39-9d1a-7c6b5a4f3e2d";
const EMAIL: &str = "ada@example.org";

type Answers<'a> = &'a [Response<Vec<u8>>];
type Ended = Result<AdminOutcome<CustomerTraits>, Error>;

/// How a change of the nickname ends that gets exactly these answers.
fn renamed(answers: Answers<'_>) -> AdminOutcome<CustomerTraits> {
    let script = Scripted::new(answers.to_vec());
    script
        .result(script.admin.edit(ID).update(&rename("Countess")))
        .unwrap()
}

/// The patch of the nickname that comes after these answers.
fn patch_after(answers: Answers<'_>) -> Value {
    let script = Scripted::new(answers.to_vec());
    let requests = script.requests_of(script.admin.edit(ID).update(&rename("Countess")));
    let last = requests.last().unwrap();
    assert_eq!(last.method(), Method::PATCH);
    body(last)
}

/// How a change of the e-mail address ends that gets exactly these answers.
fn change_email(answers: Answers<'_>) -> Ended {
    let script = Scripted::new(answers.to_vec());
    let email = "countess@example.org";
    let edit = script.admin.edit(ID);
    script.result(edit.update_privileged(&ChangeEmail { email }))
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

fn unapplied(message: &str) -> Response<Vec<u8>> {
    let reason = "An error occured when applying the JSON patch";
    refusal(400, Some(reason), message)
}

#[test]
fn the_two_requests() {
    let script = Scripted::new([ada(Some("Ada"))]);
    let token = AdminToken::new("ory_pat_secret").unwrap();
    let admin = script.admin.clone().token(token);
    let requests = script.requests_of(admin.edit(ID).update(&rename("Countess")));
    let [read, patch] = &requests[..] else {
        panic!("{requests:?}")
    };
    let place = format!("http://127.0.0.1:4434/base/admin/identities/{ID}");
    assert_eq!(
        (read.method(), read.uri().to_string()),
        (&Method::GET, place.clone())
    );
    assert_eq!(read.headers()["Authorization"], "Bearer ory_pat_secret");
    assert!(read.headers()["Authorization"].is_sensitive());
    assert_eq!(read.headers()["Accept"], "application/json");

    assert_eq!(
        (patch.method(), patch.uri().to_string()),
        (&Method::PATCH, place)
    );
    assert_eq!(patch.headers()["Content-Type"], "application/json");
    assert_eq!(patch.headers()["Authorization"], "Bearer ory_pat_secret");
    assert_eq!(
        body(patch),
        json!([
            { "op": "remove", "path": "/traits/nickname" },
            { "op": "add", "path": "/traits/nickname", "value": "Countess" },
        ])
    );
    let add = json!([{ "op": "add", "path": "/traits/nickname", "value": "Countess" }]);
    assert_eq!(patch_after(&[ada(None)]), add);
}

#[test]
fn saved() {
    let outcome = renamed(&[ada(None), ada(Some("Countess"))]);
    let AdminOutcome::Saved(saved) = outcome else {
        panic!("{outcome:?}")
    };
    assert!(saved.differences.is_empty());
    let unverified = saved.identity.unverified_addresses();
    let unverified: Vec<_> = unverified.map(|one| &one.value).collect();
    assert_eq!(unverified, [EMAIL]);

    // A web hook that knows better.
    let outcome = renamed(&[ada(None), ada(Some("Lady"))]);
    let AdminOutcome::Saved(saved) = outcome else {
        panic!("{outcome:?}")
    };
    assert!(!saved.is_as_sent());
    assert_eq!(saved.differences[0].path.to_string(), "nickname");
}

#[test]
fn nothing_to_change_takes_one_request() {
    let outcome = renamed(&[ada(Some("Countess"))]);
    let AdminOutcome::Saved(saved) = outcome else {
        panic!("{outcome:?}")
    };
    assert!(saved.is_as_sent() && saved.differences.is_empty());
}

/// Another client has removed the nickname between our two requests.
#[test]
fn a_refused_patch_is_a_conflict_or_another_attempt() {
    let refused = || {
        unapplied(
            "error in remove for path: '/traits/nickname': unable to remove nonexistent key: missing value",
        )
    };
    let ada_with = || ada(Some("Ada"));
    for now in [None, Some("Lady")] {
        let outcome = renamed(&[ada_with(), refused(), ada(now)]);
        assert!(matches!(outcome, AdminOutcome::Conflict(_)), "{outcome:?}");
    }
    // The other client wants the same value.
    let outcome = renamed(&[ada_with(), refused(), ada(Some("Countess"))]);
    assert!(matches!(outcome, AdminOutcome::Saved(_)), "{outcome:?}");
    // The other client has restored the old value: another attempt, but only two.
    let again = [ada_with(), refused(), ada_with(), ada(Some("Countess"))];
    let outcome = renamed(&again);
    assert!(matches!(outcome, AdminOutcome::Saved(_)), "{outcome:?}");
    let attempt = || [ada_with(), refused()];
    let outcome = renamed(&[attempt(), attempt(), attempt()].concat());
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
    let script = Scripted::new([ada(Some("Lady"))]);
    let edit = script.admin.edit(ID).based_on(&seen);
    let outcome = script.result(edit.update(&rename("Countess"))).unwrap();
    assert!(matches!(outcome, AdminOutcome::Conflict(_)), "{outcome:?}");
    let script = Scripted::new([ada(Some("Ada"))]);
    let edit = script.admin.edit(ID).based_on(&seen);
    let requests = script.requests_of(edit.update(&rename("Countess")));
    assert_eq!(requests[1].method(), Method::PATCH);
}

#[test]
fn a_busy_database_is_tried_three_times() {
    let text = "Unable to serialize access due to a concurrent update in another session";
    let busy = || refusal(400, None, text);
    let outcome = renamed(&[busy(), ada(None), busy(), ada(None), ada(Some("Countess"))]);
    assert!(matches!(outcome, AdminOutcome::Saved(_)), "{outcome:?}");
    for in_vain in [
        vec![busy(), busy(), busy()],
        vec![ada(None), busy(), ada(None), busy(), busy()],
    ] {
        let outcome = renamed(&in_vain);
        let AdminOutcome::Busy(refusal) = outcome else {
            panic!("{outcome:?}")
        };
        assert!(!refusal.may_have_been_saved());
    }
}

#[test]
fn a_problem_of_kratos_names_its_trait() {
    let text = "I[#/traits] S[#/properties/traits] validation failed\n  I[#/traits/email] \
                S[#/properties/traits/properties/email/format] \"x\" is not valid \"email\"";
    let refused = refusal(400, Some(text), "The request was malformed");
    let outcome = change_email(&[ada(None), refused]).unwrap();
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
    let html = |status| answer_of_type(status, "text/html", "<h1>no</h1>");
    for (refused, name) in [
        (refusal(409, None, taken), "identifier_taken"),
        (
            refusal(404, None, "Unable to locate the resource"),
            "not_found",
        ),
        (refusal(401, Some("no token"), "?"), "access_denied"),
        (html(401), "access_denied"),
        (html(403), "access_denied"),
        (refusal(429, None, "slow down"), "busy"),
        (refusal(500, None, "?"), "refused"),
    ] {
        let outcome = change_email(&[ada(None), refused.clone()]).unwrap();
        assert_eq!(outcome.name(), name);
        if let AdminOutcome::Refused(refusal) = outcome {
            assert_eq!(refusal.phase, Phase::PatchIdentity);
            assert_eq!(refusal.may_have_been_saved(), refusal.status() == 500);
        }
        if name == "identifier_taken" {
            continue;
        }
        // The reading is refused in the same ways, and saves nothing.
        let outcome = change_email(&[refused]).unwrap();
        assert_eq!(outcome.name(), name);
        if let AdminOutcome::Refused(refusal) = outcome {
            assert!(!refusal.may_have_been_saved());
        }
    }
}

#[test]
fn a_denied_access_keeps_id_and_reason() {
    let error = json!({ "error": { "id": "key_expired", "reason": "of yesterday" } });
    let outcome = change_email(&[json_answer(401, &error)]).unwrap();
    let AdminOutcome::AccessDenied(denied) = outcome else {
        panic!("{outcome:?}")
    };
    assert_eq!(denied.phase, Phase::ReadIdentity);
    assert_eq!(denied.id.as_deref(), Some("key_expired"));
    assert_eq!(denied.reason.as_deref(), Some("of yesterday"));
}

#[test]
fn answers_of_other_servers_are_errors() {
    for (last, may_be_saved) in [
        (answer_of_type(307, "text/html", "<a>"), true),
        (
            answer_of_type(404, "text/plain", "404 page not found"),
            false,
        ),
        (answer_of_type(400, "text/plain", "?"), true),
        (
            answer_of_type(502, "text/html", "<h1>Bad Gateway</h1>"),
            true,
        ),
        (answer_of_type(200, "application/json", "{\"id\":"), true),
        (json_answer(200, &json!({ "id": ID })), true),
        (json_answer(200, &identity(&json!([]))), true),
        (json_answer(204, &json!(null)), true),
    ] {
        let error = change_email(&[ada(None), last.clone()]).unwrap_err();
        assert_eq!(error.may_have_been_saved(), may_be_saved, "{error}");
        let error = change_email(&[last]).unwrap_err();
        assert!(!error.may_have_been_saved(), "{error}");
    }
    // A lost answer.
    for (answers, may_be_saved) in [(vec![], false), (vec![ada(None)], true)] {
        let script = Scripted::new(answers);
        let error = block_on(script.admin.edit(ID).update(&rename("Countess"))).unwrap_err();
        assert_eq!(error.may_have_been_saved(), may_be_saved, "{error}");
    }
}

/// How a search for an e-mail address ends, and its only request.
fn find(answer: &Response<Vec<u8>>) -> (Result<Lookup<CustomerTraits>, Error>, http::Uri) {
    let script = Scripted::new([answer.clone()]);
    let call = script.admin.identity_by_identifier("ada+1@example.org");
    let found = script.result(call);
    (found, script.requests()[0].uri().clone())
}

fn read(answer: &Response<Vec<u8>>) -> Lookup<CustomerTraits> {
    let script = Scripted::new([answer.clone()]);
    script.result(script.admin.identity(ID)).unwrap()
}

#[test]
fn identities_are_found() {
    let one = identity(&json!({ "email": EMAIL }));
    for (people, name) in [(0, "not_found"), (1, "found"), (2, "several")] {
        let people = json_answer(200, &json!(vec![one.clone(); people]));
        let (found, uri) = find(&people);
        assert_eq!(found.unwrap().name(), name);
        assert_eq!(
            uri,
            "http://127.0.0.1:4434/base/admin/identities?credentials_identifier=ada%2B1%40example.org"
        );
    }
    let lookup = read(&ada(None));
    let Lookup::Found(found) = lookup else {
        panic!("{lookup:?}")
    };
    assert_eq!(
        found.raw_metadata_admin().unwrap().get(),
        r#"{"note":"vip"}"#
    );
    for (refused, name) in [
        (refusal(404, None, "?"), "not_found"),
        (refusal(403, None, "?"), "access_denied"),
        (refusal(500, None, "?"), "refused"),
    ] {
        assert_eq!(read(&refused).name(), name);
    }
    assert!(find(&ada(None)).0.is_err());
}

/// The schema of the server may have more roles than ours: the identifiers of the identity show it.
#[test]
fn an_ordinary_update_of_a_value_that_is_an_identifier() {
    let stored = |nickname: &str| {
        let mut stored = identity(&json!({ "email": EMAIL, "nickname": nickname }));
        stored["credentials"]["password"]["identifiers"] = json!([EMAIL, nickname.to_lowercase()]);
        json_answer(200, &stored)
    };
    let outcome = renamed(&[stored("Ada")]);
    let AdminOutcome::Invalid(invalid) = outcome else {
        panic!("{outcome:?}")
    };
    let [problem] = invalid.caused() else {
        panic!("{invalid:?}")
    };
    assert_eq!(problem.path.to_string(), "nickname");

    // A privileged update may, and the new identifier is reported.
    let script = Scripted::new([stored("Ada"), stored("Countess")]);
    let edit = script.admin.edit(ID);
    let outcome = script
        .result(edit.update_privileged(&rename("Countess")))
        .unwrap();
    let AdminOutcome::Saved(saved) = outcome else {
        panic!("{outcome:?}")
    };
    assert_eq!(saved.new_identifiers().collect::<Vec<_>>(), ["countess"]);
    assert!(!format!("{saved:?}").contains("countess"));
}

/// Where nothing is stored, only the answer shows that the server has made an identifier of it.
#[test]
fn an_identifier_that_is_new_in_the_answer() {
    let mut after = identity(&json!({ "email": EMAIL, "nickname": "Countess" }));
    after["credentials"]["password"]["identifiers"] = json!([EMAIL, "countess"]);
    let outcome = renamed(&[ada(None), json_answer(200, &after)]);
    let AdminOutcome::Saved(saved) = outcome else {
        panic!("{outcome:?}")
    };
    assert_eq!(saved.new_identifiers().collect::<Vec<_>>(), ["countess"]);
}

/// A role that only the schema of the server gives, at a place where nothing is stored.
#[test]
fn a_role_in_the_schema_of_the_server() {
    let identifier = json!({ "credentials": { "password": { "identifier": true } } });
    let mut schema: Value = serde_json::from_str(CustomerTraits::schema().json).unwrap();
    schema["properties"]["traits"]["properties"]["nickname"]["ory.sh/kratos"] = identifier;
    let script = Scripted::new([ada(None), json_answer(200, &schema)]);
    let admin = script
        .admin
        .clone()
        .public_url("http://127.0.0.1:4455")
        .unwrap();
    let outcome = script
        .result(admin.edit(ID).update(&rename("Countess")))
        .unwrap();
    let AdminOutcome::Invalid(invalid) = outcome else {
        panic!("{outcome:?}")
    };
    let [problem] = invalid.caused() else {
        panic!("{invalid:?}")
    };
    assert_eq!(problem.path.to_string(), "nickname");
}
