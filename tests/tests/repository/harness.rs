//! The harness on a real Kratos: a person registers, changes traits in a raw settings flow, and logs in again.

use std::net::TcpListener;
use std::time::{Duration, Instant};

use kratos_traits_tests::kratos::{
    Answer, Api, Failure, Kratos, KratosConfig, People, RequiredAal, create_identity,
};
use serde_json::{Value, json};

const SCHEMA: &str = r#"{
    "$schema": "http://json-schema.org/draft-07/schema#",
    "type": "object",
    "properties": { "traits": {
        "type": "object",
        "properties": {
            "email": {
                "type": "string",
                "format": "email",
                "ory.sh/kratos": { "credentials": { "password": { "identifier": true } } }
            },
            "nickname": { "type": "string" }
        },
        "required": ["email"]
    } }
}"#;
const PASSWORD: &str = "correct horse battery staple";

/// A settings flow of its own for this one submit.
async fn submit(public: &Api, token: &str, traits: Value) -> Result<Answer, Failure> {
    let flow = public
        .get("/self-service/settings/api", Some(token))
        .await?
        .require(200)?;
    let path = format!(
        "/self-service/settings?flow={}",
        flow["id"].as_str().expect("a flow has an id")
    );
    public
        .post(
            &path,
            Some(token),
            &json!({ "method": "profile", "traits": traits }),
        )
        .await
}

async fn a_person_registers_and_logs_in() -> Result<(), Failure> {
    let kratos = Kratos::start(KratosConfig::new(SCHEMA)).await?;
    let people = People::at(&kratos.public)?;
    let traits = json!({ "email": "ada@example.org", "nickname": "Ada" });

    let token = people.register(&traits, PASSWORD).await?;
    assert_eq!(people.whoami(&token).await?["identity"]["traits"], traits);

    let other = people.login("ada@example.org", PASSWORD).await?;
    assert_ne!(other, token);
    assert_eq!(people.whoami(&other).await?["identity"]["traits"], traits);
    Ok(())
}

async fn an_imported_person_logs_in() -> Result<(), Failure> {
    let kratos = Kratos::start(KratosConfig::new(SCHEMA)).await?;
    let created = json!({
        "schema_id": "default",
        "traits": { "email": "ada@example.org" },
        "credentials": { "password": { "config": { "password": PASSWORD } } },
    });
    let created = create_identity(&Api::at(&kratos.admin)?, &created).await?;

    let people = People::at(&kratos.public)?;
    let token = people.login("ada@example.org", PASSWORD).await?;
    assert_eq!(
        people.whoami(&token).await?["identity"]["id"],
        created["id"]
    );
    Ok(())
}

async fn an_old_session_changes_ordinary_traits_only() -> Result<(), Failure> {
    let privileged_session_max_age = Duration::from_secs(2);
    let kratos = Kratos::start(KratosConfig {
        privileged_session_max_age,
        ..KratosConfig::new(SCHEMA)
    })
    .await?;
    let public = Api::at(&kratos.public)?;
    let people = People::at(&kratos.public)?;
    let token = people
        .register(
            &json!({ "email": "ada@example.org", "nickname": "Ada" }),
            PASSWORD,
        )
        .await?;
    let traits =
        async |of: &str| Ok::<_, Failure>(people.whoami(of).await?["identity"]["traits"].take());

    people
        .wait_until_unprivileged(&token, privileged_session_max_age)
        .await?;
    let nickname = json!({ "email": "ada@example.org", "nickname": "Countess" });
    submit(&public, &token, nickname.clone())
        .await?
        .require(200)?;
    assert_eq!(traits(&token).await?, nickname);

    let email = json!({ "email": "lovelace@example.org", "nickname": "Countess" });
    let refused = submit(&public, &token, email.clone()).await?.require(403)?;
    assert_eq!(refused["error"]["id"], "session_refresh_required");
    assert_eq!(traits(&token).await?, nickname);

    people.refresh(&token, "ada@example.org", PASSWORD).await?;
    submit(&public, &token, email.clone()).await?.require(200)?;
    assert_eq!(traits(&token).await?, email);
    Ok(())
}

async fn a_request_without_a_session_gets_json_and_no_redirect_is_followed() -> Result<(), Failure>
{
    let kratos = Kratos::start(KratosConfig::new(SCHEMA)).await?;
    let flow = "/self-service/settings/flows?id=6e2f0000-0000-4000-8000-000000000000";
    let refused = Api::at(&kratos.public)?
        .get(flow, None)
        .await?
        .require(401)?;
    assert_eq!(refused["error"]["code"], 401);

    let elsewhere = Api::at(&kratos.admin)?
        .get("/self-service/settings/api", None)
        .await?;
    assert_eq!(elsewhere.status, 307);
    Ok(())
}

async fn two_servers_share_nothing() -> Result<(), Failure> {
    let config = KratosConfig::new(SCHEMA);
    let (one, two) = tokio::try_join!(Kratos::start(config.clone()), Kratos::start(config))?;
    let token = People::at(&one.public)?
        .register(&json!({ "email": "ada@example.org" }), PASSWORD)
        .await?;

    let elsewhere = Api::at(&two.public)?
        .get("/sessions/whoami", Some(&token))
        .await?;
    assert_eq!(elsewhere.status, 401);
    Ok(())
}

async fn a_dropped_server_is_gone() -> Result<(), Failure> {
    let kratos = Kratos::start(KratosConfig::new(SCHEMA)).await?;
    let public = Api::at(&kratos.public)?;
    public.get("/health/alive", None).await?.require(200)?;
    drop(kratos);
    assert!(public.get("/health/alive", None).await.is_err());
    Ok(())
}

async fn every_setting_is_one_that_kratos_knows() -> Result<(), Failure> {
    let kratos = Kratos::start(KratosConfig {
        schemas: vec![
            ("first".into(), SCHEMA.into()),
            ("second".into(), SCHEMA.into()),
        ],
        required_aal: RequiredAal::HighestAvailable,
        verification: true,
        extra: json!({ "selfservice": { "methods": { "totp": { "enabled": true } } } }),
        ..KratosConfig::new("")
    })
    .await?;
    let created = json!({ "schema_id": "second", "traits": { "email": "ada@example.org" } });
    let created = create_identity(&Api::at(&kratos.admin)?, &created).await?;
    assert_eq!(created["schema_id"], "second");

    let public = Api::at(&kratos.public)?;
    public
        .get("/self-service/verification/api", None)
        .await?
        .require(200)?;
    Ok(())
}

async fn a_port_that_stays_taken_is_an_error() -> Result<(), Failure> {
    let held = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = held.local_addr().unwrap().port();
    let extra = json!({ "serve": { "public": { "port": port } } });
    let config = KratosConfig {
        extra,
        ..KratosConfig::new(SCHEMA)
    };
    let error = Kratos::start(config).await.unwrap_err().to_string();
    assert!(
        error.contains("lost its port to another program 5 times"),
        "{error}"
    );
    Ok(())
}

async fn a_server_that_does_not_start_says_why_at_once() -> Result<(), Failure> {
    let extra = json!({ "selfservice": { "no_such_key": true } });
    let started = Instant::now();
    let error = Kratos::start(KratosConfig {
        extra,
        ..KratosConfig::new(SCHEMA)
    })
    .await
    .unwrap_err()
    .to_string();

    assert!(error.contains("stopped while starting"), "{error}");
    assert!(error.contains("no_such_key"), "{error}");
    assert!(
        started.elapsed() < Duration::from_secs(20),
        "{:?}",
        started.elapsed()
    );
    Ok(())
}

kratos_traits_tests::live! {
    a_person_registers_and_logs_in,
    an_imported_person_logs_in,
    an_old_session_changes_ordinary_traits_only,
    a_request_without_a_session_gets_json_and_no_redirect_is_followed,
    two_servers_share_nothing,
    a_dropped_server_is_gone,
    every_setting_is_one_that_kratos_knows,
    a_port_that_stays_taken_is_an_error,
    a_server_that_does_not_start_says_why_at_once,
}
