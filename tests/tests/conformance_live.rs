//! The conformance scenarios on a real Kratos, and what only a real one can show.

use kratos_traits::{AdminOutcome, Outcome, TraitPath};
use kratos_traits_tests::kratos::Failure;
use kratos_traits_tests::scenarios::updaters::{ChangeEmail, Rename};
use kratos_traits_tests::schemas::customer::CustomerTraits;
use kratos_traits_tests::server::Server;
use serde_json::{Value, json};

kratos_traits_tests::run_scenarios!(
    real,
    #[cfg_attr(
        not(feature = "live"),
        ignore = "needs --features live: builds and starts a real Kratos"
    )]
);

/// How a nickname change ends on a server with this configuration.
async fn rename_on(config: Value) -> Result<Outcome<CustomerTraits>, Failure> {
    let server = Server::real_with::<CustomerTraits>(config).await?;
    let ada = server
        .register(&json!({ "email": "ada@example.org" }))
        .await?;
    let update = Rename {
        nickname: Some(Some("Ada".to_owned())),
    };
    let client = server.client()?;
    let outcome = client.settings(&ada.session).update(&update).await;
    outcome.map_err(|error| Failure::because("no outcome", &error))
}

#[tokio::test]
#[cfg_attr(
    not(feature = "live"),
    ignore = "needs --features live: builds and starts a real Kratos"
)]
async fn an_expired_flow_is_gone() -> Result<(), Failure> {
    let config = json!({ "selfservice": { "flows": { "settings": { "lifespan": "1ms" } } } });
    let outcome = rename_on(config).await?;
    assert!(matches!(outcome, Outcome::FlowGone(_)), "{outcome:?}");
    Ok(())
}

#[tokio::test]
#[cfg_attr(
    not(feature = "live"),
    ignore = "needs --features live: builds and starts a real Kratos"
)]
async fn a_method_that_is_switched_off_is_refused() -> Result<(), Failure> {
    let config = json!({ "selfservice": { "methods": { "profile": { "enabled": false } } } });
    let outcome = rename_on(config).await?;
    let Outcome::Refused(refusal) = outcome else {
        return Err(Failure::new(format_args!("{outcome:?}")));
    };
    assert_eq!(refusal.status, 404);
    Ok(())
}

/// The fine print of e-mail addresses is left to Kratos; its verdict stands on the trait all the same.
#[tokio::test]
#[cfg_attr(
    not(feature = "live"),
    ignore = "needs --features live: builds and starts a real Kratos"
)]
async fn what_only_kratos_judges_stands_on_its_trait() -> Result<(), Failure> {
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

/// The admin API says places and sentences only: both are there, and the whole text.
#[tokio::test]
#[cfg_attr(
    not(feature = "live"),
    ignore = "needs --features live: builds and starts a real Kratos"
)]
async fn what_only_kratos_judges_stands_on_its_trait_on_the_admin_road() -> Result<(), Failure> {
    let server = Server::real::<CustomerTraits>().await?;
    let ada = server
        .register(&json!({ "email": "ada@example.org" }))
        .await?;
    let before = ada.traits().await?;
    let update = ChangeEmail {
        email: "ada..byron@example.org",
    };
    let admin = server.admin()?;
    let edit = admin.edit(&ada.id().await?);
    let invalid = match edit.update_privileged(&update).await {
        Ok(AdminOutcome::Invalid(invalid)) => invalid,
        other => return Err(Failure::new(format_args!("not invalid: {other:?}"))),
    };
    let paths: Vec<&TraitPath> = invalid.problems.iter().map(|one| &one.path).collect();
    assert_eq!(paths, [&TraitPath::new(["email"])], "{invalid:?}");
    assert!(invalid.general[0].text.starts_with("I[#/traits/email]"));
    assert_eq!(ada.traits().await?, before);
    Ok(())
}
