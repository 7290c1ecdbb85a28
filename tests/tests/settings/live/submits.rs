//! Submits with mistakes.

use kratos_traits::{Error, IdentityTraits, MessageId, Outcome, TraitPath};
use kratos_traits_tests::kratos::{Failure, Kratos, KratosConfig};
use kratos_traits_tests::schemas::customer::CustomerTraits;
use kratos_traits_tests::server::Server;
use kratos_traits_tests::updaters::{ChangeEmail, rename};
use serde_json::{Value, json};

use super::asked::{Asked, JSON, body, id};

type Ended = Result<Outcome<CustomerTraits>, Error>;
type Expected<'a> = &'a dyn Fn(&Ended) -> bool;
type Headers<'a> = &'a [[&'a str; 2]];

fn refused(status: u16, error_id: Option<&'static str>) -> impl Fn(&Ended) -> bool {
    move |ended| {
        matches!(ended, Ok(Outcome::Refused(refusal))
            if refusal.status() == status && refusal.id.as_deref() == error_id)
    }
}

fn general(message: u64) -> impl Fn(&Ended) -> bool {
    move |ended| {
        matches!(ended, Ok(Outcome::Invalid(invalid))
            if invalid.problems.is_empty() && invalid.general.iter().any(|one| one.id == MessageId(message)))
    }
}

fn gone(ended: &Ended) -> bool {
    matches!(ended, Ok(Outcome::SessionInactive(_)))
}

const GOOD: &str = r#"{"method":"profile","traits":{"email":"ada@example.org"}}"#;

async fn a_submit_without_a_usable_flow() -> Result<(), Failure> {
    let asked = Asked::of(Value::Null).await?;
    let submit = "/self-service/settings";
    let unknown = format!("{submit}?flow=5b38f27c-8c47-4a3c-9e1f-0f1d2c3b4a59");
    let cases: [(&str, Expected<'_>); 3] = [
        (submit, &refused(400, None)),
        ("/self-service/settings?flow=nonsense", &refused(400, None)),
        (&unknown, &refused(404, None)),
    ];
    for (path, expected) in cases {
        let answer = asked.ask_as_ada(path, &[JSON], Some(GOOD)).await?;
        let ended = asked.submitted(&answer).await?;
        assert!(expected(&ended), "{path}: {ended:?}");
    }

    Ok(())
}

async fn a_submit_without_a_session_or_by_another_person() -> Result<(), Failure> {
    let asked = Asked::of(Value::Null).await?;
    let path = format!("/self-service/settings?flow={}", id(&asked.flow().await?)?);
    let accept = ["Accept", "application/json"];
    for token in [None, Some(["X-Session-Token", "ory_st_nobody"])] {
        let headers: Vec<_> = [accept, JSON].into_iter().chain(token).collect();
        let answer = asked.ask(&path, &headers, Some(GOOD)).await?;
        let ended = asked.submitted(&answer).await?;
        assert!(gone(&ended), "{token:?}: {ended:?}");
    }
    let grace = asked
        .server
        .register(&json!({ "email": "grace@example.org" }))
        .await?;
    let headers = [accept, JSON, ["X-Session-Token", grace.token()]];
    let answer = asked.ask(&path, &headers, Some(GOOD)).await?;
    let ended = asked.submitted(&answer).await?;
    assert!(
        refused(403, Some("security_identity_mismatch"))(&ended),
        "{ended:?}"
    );

    Ok(())
}

async fn a_submit_of_another_form() -> Result<(), Failure> {
    let asked = Asked::of(Value::Null).await?;
    let path = format!("/self-service/settings?flow={}", id(&asked.flow().await?)?);
    let cases: [(&str, Headers<'_>, &str, Expected<'_>); 7] = [
        (
            "a cookie",
            &[JSON, ["Cookie", "a=b"]],
            GOOD,
            &general(4000001),
        ),
        (
            "an origin",
            &[JSON, ["Origin", "https://example.org"]],
            GOOD,
            &general(4000001),
        ),
        (
            "plain text",
            &[["Content-Type", "text/plain"]],
            GOOD,
            &general(4000001),
        ),
        ("broken JSON", &[JSON], r#"{"method":"#, &general(4000001)),
        (
            "an unknown method",
            &[JSON],
            r#"{"method":"telepathy"}"#,
            &general(4010004),
        ),
        ("no method", &[JSON], "{}", &general(4010004)),
        (
            "traits that are text",
            &[JSON],
            r#"{"method":"profile","traits":"x"}"#,
            &refused(400, None),
        ),
    ];
    for (what, headers, text, expected) in cases {
        let answer = asked.ask_as_ada(&path, headers, Some(text)).await?;
        let ended = asked.submitted(&answer).await?;
        assert!(expected(&ended), "{what}: {ended:?}: {}", body(&answer)?);
    }

    Ok(())
}

/// A 400 of a flow that once succeeded still has `state: success`; the HTTP status counts.
async fn a_400_of_a_flow_that_once_succeeded() -> Result<(), Failure> {
    let asked = Asked::of(Value::Null).await?;
    let path = format!("/self-service/settings?flow={}", id(&asked.flow().await?)?);
    let saved = asked.ask_as_ada(&path, &[JSON], Some(GOOD)).await?;
    let ended = asked.submitted(&saved).await?;
    assert!(matches!(ended, Ok(Outcome::Saved(_))), "{ended:?}");

    let bad = r#"{"method":"profile","traits":{"email":7}}"#;
    let answer = asked.ask_as_ada(&path, &[JSON], Some(bad)).await?;
    assert_eq!(answer.status(), 400);
    assert_eq!(body(&answer)?["state"], "success");
    let ended = asked.submitted(&answer).await?;
    let Ok(Outcome::Invalid(invalid)) = ended else {
        return Err(Failure::new(format_args!("{ended:?}")));
    };
    let found: Vec<_> = invalid.problems.iter().map(|one| one.message.id).collect();
    assert_eq!(found, [MessageId::TYPE]);

    Ok(())
}

/// The traits are wiped by these, which is why our client always sends all of them.
async fn a_submit_without_traits() -> Result<(), Failure> {
    let asked = Asked::of(Value::Null).await?;
    let path = format!("/self-service/settings?flow={}", id(&asked.flow().await?)?);
    for text in [
        r#"{"method":"profile"}"#,
        r#"{"method":"profile","traits":null}"#,
        r#"{"method":"profile","traits":{}}"#,
        r#"{"method":"profile","trait":{"email":"ada@example.org"}}"#,
    ] {
        let answer = asked.ask_as_ada(&path, &[JSON], Some(text)).await?;
        let ended = asked.submitted(&answer).await?;
        let Ok(Outcome::Invalid(invalid)) = ended else {
            return Err(Failure::new(format_args!("{text}: {ended:?}")));
        };
        assert_eq!(
            invalid.problems[0].message.id,
            MessageId::REQUIRED,
            "{text}"
        );
    }

    Ok(())
}

/// A blank identifier: a server error, and nothing is changed.
async fn an_identifier_that_is_blank() -> Result<(), Failure> {
    let mut schema: Value = serde_json::from_str(CustomerTraits::schema().json)
        .map_err(|error| Failure::because("the schema", &error))?;
    schema["properties"]["traits"]["properties"]["nickname"]["ory.sh/kratos"] =
        json!({ "credentials": { "password": { "identifier": true } } });
    let kratos = Kratos::start(KratosConfig::new(schema.to_string())).await?;
    let server = Server::Real(kratos);
    let ada = server
        .register(&json!({ "email": "ada@example.org", "nickname": "Ada" }))
        .await?;
    let asked = Asked::on(server, ada)?;
    let path = format!("/self-service/settings?flow={}", id(&asked.flow().await?)?);
    let text = r#"{"method":"profile","traits":{"email":"ada@example.org","nickname":"   "}}"#;
    let answer = asked.ask_as_ada(&path, &[JSON], Some(text)).await?;
    let ended = asked.submitted(&answer).await?;
    let Ok(Outcome::Refused(refusal)) = ended else {
        return Err(Failure::new(format_args!("{ended:?}: {}", body(&answer)?)));
    };
    assert_eq!(refusal.status(), 500);
    assert!(
        refusal.may_have_been_saved(),
        "nobody can tell by the status"
    );
    assert_eq!(asked.ada.traits().await?["nickname"], "Ada");

    Ok(())
}

/// Not even the message: v1.3.1 answers 400 and writes 500 into the body, later versions a flow.
async fn traits_that_are_a_list() -> Result<(), Failure> {
    let asked = Asked::of(Value::Null).await?;
    let path = format!("/self-service/settings?flow={}", id(&asked.flow().await?)?);
    let text = r#"{"method":"profile","traits":[]}"#;
    let answer = asked.ask_as_ada(&path, &[JSON], Some(text)).await?;
    let ended = asked.submitted(&answer).await?;
    match &ended {
        Ok(Outcome::Refused(refusal)) => assert_eq!(refusal.status(), 400),
        Ok(Outcome::Invalid(invalid)) => {
            assert_eq!(invalid.problems[0].message.id, MessageId::TYPE)
        }
        _ => return Err(Failure::new(format_args!("{ended:?}"))),
    }

    Ok(())
}

async fn a_content_type_with_a_charset() -> Result<(), Failure> {
    let asked = Asked::of(Value::Null).await?;
    let path = format!("/self-service/settings?flow={}", id(&asked.flow().await?)?);
    let with_charset = ["Content-Type", "application/json; charset=utf-8"];
    let answer = asked.ask_as_ada(&path, &[with_charset], Some(GOOD)).await?;
    let ended = asked.submitted(&answer).await?;
    assert!(matches!(ended, Ok(Outcome::Saved(_))), "{ended:?}");

    Ok(())
}

/// A 200 that saved nothing: new backup codes are shown, and wait to be confirmed.
async fn a_200_whose_state_is_show_form() -> Result<(), Failure> {
    let asked = Asked::of(Value::Null).await?;
    let path = format!("/self-service/settings?flow={}", id(&asked.flow().await?)?);
    let text = r#"{"method":"lookup_secret","lookup_secret_regenerate":true}"#;
    let answer = asked.ask_as_ada(&path, &[JSON], Some(text)).await?;
    assert_eq!(answer.status(), 200);
    let ended = asked.submitted(&answer).await?;
    assert!(matches!(ended, Ok(Outcome::Unconfirmed(_))), "{ended:?}");

    Ok(())
}

/// `oidc` is linked through a browser: the answer is a place to go to.
async fn a_422_says_where_to_go() -> Result<(), Failure> {
    let provider = json!({
        "id": "github", "provider": "github", "client_id": "x", "client_secret": "y",
        "mapper_url": "base64://e30=", "scope": ["user:email"]
    });
    let oidc = json!({ "enabled": true, "config": { "providers": [provider] } });
    let asked = Asked::of(json!({ "selfservice": { "methods": { "oidc": oidc } } })).await?;
    let path = format!("/self-service/settings?flow={}", id(&asked.flow().await?)?);
    let link = r#"{"method":"oidc","link":"github"}"#;
    let answer = asked.ask_as_ada(&path, &[JSON], Some(link)).await?;
    let ended = asked.submitted(&answer).await?;
    let Ok(Outcome::BrowserRedirectRequired(place)) = ended else {
        return Err(Failure::new(format_args!("{ended:?}: {}", body(&answer)?)));
    };
    let place = place.redirect_browser_to.unwrap_or_default();
    assert!(
        place.starts_with("https://github.com/login/oauth/authorize?"),
        "{place}"
    );

    Ok(())
}

/// How a nickname change ends on a server with this configuration.
async fn rename_on(config: Value) -> Result<Outcome<CustomerTraits>, Failure> {
    let server = Server::real_with::<CustomerTraits>(config).await?;
    let ada = server
        .register(&json!({ "email": "ada@example.org" }))
        .await?;
    let update = rename("Ada");
    let client = server.client()?;
    let outcome = client.settings(&ada.session).update(&update).await;
    outcome.map_err(|error| Failure::because("no outcome", &error))
}

async fn an_expired_flow_is_gone() -> Result<(), Failure> {
    let config = json!({ "selfservice": { "flows": { "settings": { "lifespan": "1ms" } } } });
    let outcome = rename_on(config).await?;
    assert!(matches!(outcome, Outcome::FlowExpired(_)), "{outcome:?}");
    Ok(())
}

async fn a_method_that_is_switched_off_is_refused() -> Result<(), Failure> {
    let config = json!({ "selfservice": { "methods": { "profile": { "enabled": false } } } });
    let outcome = rename_on(config).await?;
    let Outcome::Refused(refusal) = outcome else {
        return Err(Failure::new(format_args!("{outcome:?}")));
    };
    assert_eq!(refusal.status(), 404);
    Ok(())
}

/// Kratos judges e-mail addresses more strictly than our check; its problem names the trait.
async fn a_problem_that_only_kratos_finds_names_its_trait() -> Result<(), Failure> {
    let server = Server::real::<CustomerTraits>().await?;
    let ada = server
        .register(&json!({ "email": "ada@example.org" }))
        .await?;
    let before = ada.traits().await?;
    let update = ChangeEmail {
        email: "ada..byron@example.org",
    };
    let client = server.client()?;
    let outcome = client.settings(&ada.session).update(&update).await;
    let invalid = match outcome {
        Ok(Outcome::Invalid(invalid)) => invalid,
        other => return Err(Failure::new(format_args!("not invalid: {other:?}"))),
    };
    let paths: Vec<&TraitPath> = invalid.problems.iter().map(|one| &one.path).collect();
    assert_eq!(paths, [&TraitPath::new(["email"])], "{invalid:?}");
    assert_eq!(ada.traits().await?, before);
    Ok(())
}

kratos_traits_tests::live! {
    an_expired_flow_is_gone,
    a_method_that_is_switched_off_is_refused,
    a_problem_that_only_kratos_finds_names_its_trait,
    a_submit_without_a_usable_flow,
    a_submit_without_a_session_or_by_another_person,
    a_submit_of_another_form,
    a_400_of_a_flow_that_once_succeeded,
    a_submit_without_traits,
    an_identifier_that_is_blank,
    traits_that_are_a_list,
    a_content_type_with_a_charset,
    a_200_whose_state_is_show_form,
    a_422_says_where_to_go,
}
