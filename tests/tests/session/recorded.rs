//! Every answer that Kratos gives to `whoami`, by its recorded shape.

use http::Method;
use kratos_traits::client::Phase;
use kratos_traits::identity::{AddressStatus, IdentityState, MetadataError, Via};
use kratos_traits::session::{Aal, Method as By};
use kratos_traits::{Error, Identity, ReadTraits, Session, Unreadable, WhoamiOutcome};
use kratos_traits_tests::recorded::answer;
use kratos_traits_tests::schemas::customer::CustomerTraits;
use kratos_traits_tests::schemas::people::PeopleTraits;
use kratos_traits_tests::scripted::{self, Scripted, TOKEN};
use serde_json::{Value, json};

fn read<T: ReadTraits>(status: u16, body: impl ToString) -> Result<WhoamiOutcome<T>, Error> {
    let script = Scripted::new([answer(status, body.to_string())]);
    script.result(script.client.whoami(&scripted::session()))
}

fn session_of<T: ReadTraits>(body: &Value) -> Session<T> {
    match read(200, body).unwrap() {
        WhoamiOutcome::Session(session) => session,
        _ => panic!("no session"),
    }
}

fn person_of<T: ReadTraits>(body: &Value) -> Identity<T> {
    session_of(body).identity.unwrap()
}

/// The members that every version sends.
fn session() -> Value {
    json!({
        "id": "5e551010-0000-4000-8000-000000000001",
        "active": true,
        "expires_at": "2026-01-02T10:00:00.123456Z",
        "authenticated_at": "2026-01-01T10:00:00.123456Z",
        "authenticator_assurance_level": "aal1",
        "authentication_methods": [
            { "method": "password", "aal": "aal1", "completed_at": "2026-01-01T10:00:00.123Z" }
        ],
        "issued_at": "2026-01-01T10:00:00.123456Z",
        "identity": {
            "id": "0b9cbd3b-2f5e-4a39-9d1a-7c6b5a4f3e2d",
            "schema_id": "default",
            "schema_url": "http://127.0.0.1:4433/schemas/ZGVmYXVsdA",
            "state": "active",
            "state_changed_at": "2026-01-01T09:00:00Z",
            "traits": { "email": "ADA@example.org", "name": { "first": "Ada" } },
            "verifiable_addresses": [{
                "id": "add4e550-0000-4000-8000-000000000001",
                "value": "ada@example.org", "verified": true, "via": "email",
                "status": "completed", "verified_at": "2026-01-01T09:30:00+02:00",
                "created_at": "2026-01-01T09:00:00Z", "updated_at": "2026-01-01T09:00:00Z"
            }],
            "recovery_addresses": [{
                "id": "add4e550-0000-4000-8000-000000000002",
                "value": "ada@example.org", "via": "email",
                "created_at": "2026-01-01T09:00:00Z", "updated_at": "2026-01-01T09:00:00Z"
            }],
            "metadata_public": { "plan": "gold" },
            "created_at": "2026-01-01T09:00:00Z",
            "updated_at": "2026-01-01T09:00:00Z",
            "organization_id": null
        },
        "devices": [{
            "id": "de71ce00-0000-4000-8000-000000000001",
            "ip_address": "127.0.0.1:54321", "user_agent": "curl", "location": ""
        }]
    })
}

#[test]
fn the_request() {
    let script = Scripted::new([answer(200, session().to_string())]);
    let session = scripted::session();
    let call = script.client.whoami::<CustomerTraits>(&session);
    assert!(script.result(call).is_ok());
    let request = &script.requests()[0];
    assert_eq!(request.method(), Method::GET);
    assert_eq!(request.uri(), "http://127.0.0.1:4433/sessions/whoami");
    assert_eq!(request.headers()["accept"], "application/json");
    assert_eq!(request.headers()["x-session-token"], TOKEN);
}

#[test]
fn a_session_of_v1_3_1() {
    let session = session_of::<CustomerTraits>(&session());
    assert!(session.active);
    assert_eq!(session.aal, Some(Aal::Aal1));
    let by = &session.authentication_methods[0];
    assert_eq!(by.method, Some(By::Password));
    let person = session.identity.unwrap();
    assert_eq!(person.state, Some(IdentityState::Active));
    assert_eq!(person.traits.typed().unwrap().email, "ADA@example.org");
    let address = &person.verifiable_addresses[0];
    assert_eq!(address.value, "ada@example.org");
    assert!(address.verified);
    assert_eq!(address.via, Some(Via::Email));
    assert_eq!(address.status, Some(AddressStatus::Completed));
    let verified_at = address.verified_at.as_ref().and_then(|at| at.time());
    let created_at = address.created_at.as_ref().and_then(|at| at.time());
    // 09:30+02:00 is before 09:00Z.
    assert!(verified_at.unwrap() < created_at.unwrap());
    assert_eq!(person.recovery_addresses[0].value, "ada@example.org");
    assert_eq!(person.organization_id, None);
}

#[test]
fn sessions_of_later_versions() {
    let mut body = session();
    let more = json!({ "provider": "google", "organization": "0a9cbd3b" });
    let by = &mut body["authentication_methods"][0];
    by["method"] = json!("oidc");
    by.as_object_mut()
        .unwrap()
        .extend(more.as_object().unwrap().clone());
    body["tokenized"] = json!("eyJ");
    body["authenticator_assurance_level"] = json!("aal2");
    let identity = &mut body["identity"];
    identity["external_id"] = json!("customer-7");
    identity["organization_id"] = json!("0a9cbd3b");
    identity["region"] = json!("eu-central");
    identity["recovery_addresses"][0]["break_glass_for_organization"] = json!(null);
    let session = session_of::<CustomerTraits>(&body);
    assert_eq!(session.aal, Some(Aal::Aal2));
    let by = &session.authentication_methods[0];
    assert_eq!(by.method, Some(By::Oidc));
    assert_eq!(by.provider.as_deref(), Some("google"));
    let person = session.identity.unwrap();
    assert_eq!(person.external_id.as_deref(), Some("customer-7"));
    assert!(person.raw().get().contains("eu-central"));
}

/// A member that is null, unknown or of another type is skipped, and nothing else.
#[test]
fn only_ids_and_traits_are_required() {
    let full = session();
    let paths = |at: &str| {
        let members = full.pointer(at).unwrap().as_object().unwrap().clone();
        let names = members.into_iter().map(|(name, _)| name);
        names.map(|name| format!("{at}/{name}")).collect::<Vec<_>>()
    };
    let mut all = Vec::new();
    for at in [
        "",
        "/identity",
        "/identity/verifiable_addresses/0",
        "/identity/recovery_addresses/0",
        "/authentication_methods/0",
    ] {
        all.extend(paths(at));
    }
    let needed = ["/id", "/identity/id", "/identity/traits"];
    for path in all.iter().filter(|path| !needed.contains(&path.as_str())) {
        for odd in [
            json!(null),
            json!("?"),
            json!(7),
            json!([null, 7, {}]),
            json!({ "a": {} }),
        ] {
            // An identity that is there is one.
            if path == "/identity" && !odd.is_null() {
                continue;
            }
            let mut body = session();
            *body.pointer_mut(path).unwrap() = odd.clone();
            let session = session_of::<CustomerTraits>(&body);
            if path != "/identity" {
                assert!(session.identity.is_some(), "{path}: {odd}");
            }
        }
    }
    let bare = json!({ "id": "5e551010", "identity": { "id": "0b9c", "traits": {} } });
    let person = person_of::<CustomerTraits>(&bare);
    assert!(person.traits.typed().is_err());
}

#[test]
fn unknown_words_are_kept() {
    let mut body = session();
    body["authenticator_assurance_level"] = json!("aal7");
    body["authentication_methods"][0]["method"] = json!("telepathy");
    body["identity"]["state"] = json!("dreaming");
    body["identity"]["verifiable_addresses"][0]["via"] = json!("pigeon");
    body["identity"]["verifiable_addresses"][0]["status"] = json!("hatched");
    let session = session_of::<CustomerTraits>(&body);
    let other = |word: &str| Some(word.to_owned());
    assert_eq!(session.aal.map(|aal| aal.to_string()), other("aal7"));
    let by = session.authentication_methods[0].method.clone();
    assert_eq!(by, Some(By::Other("telepathy".to_owned())));
    let person = session.identity.unwrap();
    assert_eq!(person.state.map(|one| one.to_string()), other("dreaming"));
    let address = &person.verifiable_addresses[0];
    assert_eq!(address.via, Some(Via::Other("pigeon".to_owned())));
    assert_eq!(
        address.status,
        Some(AddressStatus::Other("hatched".to_owned()))
    );
}

#[test]
fn metadata_is_read_as_a_type_of_the_application() {
    #[derive(serde::Deserialize)]
    struct Public {
        plan: String,
    }
    let person = person_of::<CustomerTraits>(&session());
    let public: Option<Public> = person.metadata_public().unwrap();
    assert_eq!(public.unwrap().plan, "gold");
    assert_eq!(
        person.metadata_public::<Vec<u8>>().unwrap_err().to_string(),
        "`metadata_public` of the identity is not of the expected type"
    );
    let admin: Result<Option<Public>, MetadataError> = person.metadata_admin();
    assert!(admin.unwrap().is_none());
    let mut none = session();
    none["identity"]["metadata_public"] = json!(null);
    let none: Option<Public> = person_of::<CustomerTraits>(&none)
        .metadata_public()
        .unwrap();
    assert!(none.is_none());
}

#[test]
fn the_schema_id_chooses_among_several_schemas() {
    let of = |schema_id: &str, traits: Value| {
        let mut body = session();
        body["identity"]["schema_id"] = json!(schema_id);
        body["identity"]["traits"] = traits;
        person_of::<PeopleTraits>(&body)
    };
    let staff = of("staff@v1", json!({ "username": "grace", "desk": 7 }));
    assert!(matches!(staff.traits.typed(), Ok(PeopleTraits::StaffV1(one)) if one.desk == 7));
    let outdated = of("staff@v1", json!({ "username": "grace" }));
    let unreadable = outdated.traits.typed().unwrap_err();
    assert!(matches!(unreadable, Unreadable::Outdated { .. }));
    assert_eq!(unreadable.problems()[0].path.to_string(), "desk");
    let unknown = of("robots", json!({ "serial": 12 }));
    let unreadable = unknown.traits.typed().unwrap_err();
    assert!(
        matches!(unreadable, Unreadable::OtherSchema { schema_id, .. } if schema_id == "robots")
    );
    assert_eq!(unknown.traits.raw().as_str(), r#"{"serial":12}"#);
}

#[test]
fn a_missing_second_factor() {
    let to = "http://127.0.0.1:4433/self-service/login/browser?aal=aal2";
    let body = json!({
        "error": { "id": "session_aal2_required", "code": 403, "message": "no" },
        "redirect_browser_to": to
    });
    let outcome = read::<CustomerTraits>(403, body).unwrap();
    assert!(matches!(
        outcome,
        WhoamiOutcome::SecondFactorRequired { redirect_browser_to: Some(there), .. } if there == to
    ));
    let mut half = session();
    half["identity"] = json!(null);
    assert!(session_of::<CustomerTraits>(&half).identity.is_none());
}

#[test]
fn nobody_is_logged_in() {
    for body in [
        json!({ "error": { "code": 401, "message": "no", "reason": "No valid session credentials found in the request." } }),
        json!({ "error": { "id": "session_inactive", "message": "no" }, "CredentialsMissing": false }),
    ] {
        let outcome = read::<CustomerTraits>(401, body).unwrap();
        assert!(matches!(outcome, WhoamiOutcome::SessionInactive));
    }
}

#[test]
fn other_refusals_are_kept_whole() {
    for (status, id) in [
        (403, Some("session_verified_address_required")),
        (404, None),
        (500, Some("invalid_configuration")),
    ] {
        let mut body = json!({ "error": { "message": "no", "reason": "because" } });
        if let Some(id) = id {
            body["error"]["id"] = json!(id);
        }
        let outcome = read::<CustomerTraits>(status, &body).unwrap();
        let WhoamiOutcome::Refused(refusal) = outcome else {
            panic!("not refused");
        };
        assert_eq!(refusal.status(), status);
        assert_eq!(refusal.id.as_deref(), id);
        assert_eq!(refusal.phase, Phase::Whoami);
        assert_eq!(String::from_utf8_lossy(&refusal.body), body.to_string());
        assert!(!refusal.may_have_been_saved());
    }
}

#[test]
fn answers_of_other_servers_are_errors() {
    let mut no_object = session();
    no_object["identity"]["traits"] = json!([]);
    let mut no_id = session();
    no_id["id"] = json!(7);
    for (status, body) in [
        (200, String::new()),
        (200, "<html>".to_owned()),
        (200, "[]".to_owned()),
        (200, r#"{"id":"5e55"#.to_owned()),
        (200, no_object.to_string()),
        (200, no_id.to_string()),
        (204, String::new()),
        (302, String::new()),
        (401, "<html>".to_owned()),
        (502, "bad gateway".to_owned()),
    ] {
        let error = read::<CustomerTraits>(status, &body).unwrap_err();
        assert!(!error.may_have_been_saved());
        let shown = format!("{error}{error:?}");
        assert!(shown.contains("Whoami"), "{shown}");
        assert!(!shown.contains("html"), "{shown}");
    }
}
