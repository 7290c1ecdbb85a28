//! Flows that Kratos does not create or return.

use kratos_traits::{IdentityTraits, Outcome};
use kratos_traits_tests::kratos::Failure;
use kratos_traits_tests::schemas::customer::CustomerTraits;
use serde_json::{Value, json};

use super::asked::{Asked, JSON, created, id};

async fn a_flow_without_a_session() -> Result<(), Failure> {
    let asked = Asked::of(Value::Null).await?;
    let accept = ["Accept", "application/json"];
    let nobody = ["X-Session-Token", "ory_st_nobody"];
    let flow = format!(
        "/self-service/settings/flows?id={}",
        id(&asked.flow().await?)?
    );
    for path in [
        "/self-service/settings/api",
        "/self-service/settings/browser",
        &flow,
    ] {
        for headers in [vec![accept], vec![accept, nobody]] {
            let answer = asked.ask(path, &headers, None).await?;
            let ended = created(&answer);
            assert!(
                matches!(ended, Ok(Outcome::SessionInactive(_))),
                "{path}: {ended:?}"
            );
        }
    }

    Ok(())
}

/// Without `Accept` Kratos redirects to a page, which is an error for our client.
async fn a_redirect_to_a_page_is_an_error() -> Result<(), Failure> {
    let asked = Asked::of(Value::Null).await?;
    for path in [
        "/self-service/settings/browser",
        "/self-service/settings?flow=x",
    ] {
        let answer = asked.ask(path, &[], None).await?;
        assert!(
            answer.status().is_redirection(),
            "{path}: {}",
            answer.status()
        );
        let error = match created(&answer) {
            Err(error) => error,
            Ok(outcome) => return Err(Failure::new(format_args!("{path}: {outcome:?}"))),
        };
        let status = answer.status().as_u16().to_string();
        assert!(error.to_string().contains(&status), "{error}");
        assert!(!error.may_have_been_saved());
    }

    Ok(())
}

async fn a_flow_that_is_unknown() -> Result<(), Failure> {
    let asked = Asked::of(Value::Null).await?;
    let path = "/self-service/settings/flows?id=5b38f27c-8c47-4a3c-9e1f-0f1d2c3b4a59";
    let ended = created(&asked.ask_as_ada(path, &[], None).await?);
    assert!(
        matches!(&ended, Ok(Outcome::Refused(refusal)) if refusal.status() == 404),
        "{ended:?}"
    );

    Ok(())
}

async fn a_flow_of_somebody_else() -> Result<(), Failure> {
    let asked = Asked::of(Value::Null).await?;
    let path = format!(
        "/self-service/settings/flows?id={}",
        id(&asked.flow().await?)?
    );
    let grace = asked
        .server
        .register(&json!({ "email": "grace@example.org" }))
        .await?;
    let headers = [
        ["Accept", "application/json"],
        ["X-Session-Token", grace.token()],
    ];
    let ended = created(&asked.ask(&path, &headers, None).await?);
    let Ok(Outcome::Refused(refusal)) = ended else {
        return Err(Failure::new(format_args!("{ended:?}")));
    };
    assert_eq!(
        (refusal.status(), refusal.id.as_deref()),
        (403, Some("security_identity_mismatch"))
    );

    Ok(())
}

/// A deactivated person has no session any more.
async fn a_flow_for_a_person_who_is_switched_off() -> Result<(), Failure> {
    let asked = Asked::of(Value::Null).await?;
    let off = json!([{ "op": "replace", "path": "/state", "value": "inactive" }]);
    asked.server.patch(&asked.ada.id().await?, &off).await?;
    let ended = created(&asked.flow().await?);
    assert!(
        matches!(ended, Ok(Outcome::SessionInactive(_))),
        "{ended:?}"
    );

    Ok(())
}

async fn a_place_to_return_to_that_is_not_allowed() -> Result<(), Failure> {
    let asked = Asked::of(Value::Null).await?;
    let path = "/self-service/settings/api?return_to=https://evil.example.org/";
    let answer = asked.ask_as_ada(path, &[], None).await?;
    // Some versions ignore it in a native flow.
    if answer.status() != 200 {
        let ended = created(&answer);
        let refused =
            |id: &Option<String>| id.as_deref() == Some("self_service_flow_return_to_forbidden");
        assert!(
            matches!(&ended, Ok(Outcome::Refused(refusal)) if refused(&refusal.id)),
            "{ended:?}"
        );
    }

    Ok(())
}

async fn a_flow_that_expired() -> Result<(), Failure> {
    let lifespan = json!({ "selfservice": { "flows": { "settings": { "lifespan": "1ms" } } } });
    let asked = Asked::of(lifespan).await?;
    let flow = id(&asked.flow().await?)?;
    let get = format!("/self-service/settings/flows?id={flow}");
    let ended = created(&asked.ask_as_ada(&get, &[], None).await?);
    assert!(matches!(ended, Ok(Outcome::FlowExpired(_))), "{ended:?}");

    let submit = format!("/self-service/settings?flow={flow}");
    let body = r#"{"method":"profile","traits":{"email":"ada@example.org"}}"#;
    let answer = asked.ask_as_ada(&submit, &[JSON], Some(body)).await?;
    let error = super::asked::body(&answer)?;
    assert_eq!(answer.status(), 410, "{error}");
    assert_eq!(error["error"]["id"], "self_service_flow_expired");
    assert!(error["use_flow_id"].is_string(), "{error}");

    Ok(())
}

/// A schema that Kratos cannot draw a form of: it boots, people log in, and settings fail.
async fn a_schema_that_fails_on_use() -> Result<(), Failure> {
    let mut schema: Value = serde_json::from_str(CustomerTraits::schema().json)
        .map_err(|error| Failure::because("the schema", &error))?;
    schema["definitions"] = json!({ "node": { "type": "object", "properties": { "next": { "$ref": "#/definitions/node" } } } });
    schema["properties"]["traits"]["properties"]["chain"] = json!({ "$ref": "#/definitions/node" });
    let config = kratos_traits_tests::kratos::KratosConfig::new(schema.to_string());
    let kratos = kratos_traits_tests::kratos::Kratos::start(config).await?;
    let admin = kratos_traits_tests::kratos::Api::at(&kratos.admin)?;
    let password = json!({ "config": { "password": kratos_traits_tests::server::PASSWORD } });
    let ada = json!({ "schema_id": "default", "traits": { "email": "ada@example.org" }, "credentials": { "password": password } });
    kratos_traits_tests::kratos::create_identity(&admin, &ada).await?;
    let server = kratos_traits_tests::server::Server::Real(kratos);
    let Ok(person) = server.log_in("ada@example.org").await else {
        // Newer versions fail at the login already.
        return Ok(());
    };
    let asked = Asked::on(server, person)?;
    let ended = created(&asked.flow().await?);
    let Ok(Outcome::Refused(refusal)) = ended else {
        return Err(Failure::new(format_args!("{ended:?}")));
    };
    assert_eq!(refusal.status(), 500);
    assert!(!refusal.may_have_been_saved());

    Ok(())
}

kratos_traits_tests::live! {
    a_flow_without_a_session,
    a_redirect_to_a_page_is_an_error,
    a_flow_that_is_unknown,
    a_flow_of_somebody_else,
    a_flow_for_a_person_who_is_switched_off,
    a_place_to_return_to_that_is_not_allowed,
    a_flow_that_expired,
    a_schema_that_fails_on_use,
}
