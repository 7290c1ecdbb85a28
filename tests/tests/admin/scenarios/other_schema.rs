//! Types that do not know the id of their schema, and an identity of another one.

use kratos_traits::{AdminClient, AdminOutcome, Error};
use kratos_traits_tests::kratos::Failure;
use kratos_traits_tests::outcomes::ended;
use kratos_traits_tests::schemas::customer::CustomerTraits;
use kratos_traits_tests::server::{Person, Server};
use kratos_traits_tests::updaters::{ChangeReading, rename};
use serde_json::json;

async fn ada(server: &Server) -> Result<(Person, String), Failure> {
    let ada = server
        .register(&json!({ "email": "ada@example.org" }))
        .await?;
    let id = ada.id().await?;
    Ok((ada, id))
}

/// A client that knows neither the id of the schema nor the public API.
fn admin(server: &Server) -> Result<AdminClient, Failure> {
    AdminClient::new(&server.admin_url()).map_err(|error| Failure::because("no client", &error))
}

fn with_schemas(server: &Server) -> Result<AdminClient, Failure> {
    let admin = admin(server)?.public_url(&server.public_url());
    admin.map_err(|error| Failure::because("no client", &error))
}

/// How many requests a fake got.
fn requests(server: &Server) -> usize {
    match server {
        Server::Fake(fake) => fake.requests().len(),
        Server::Real(_) => 0,
    }
}

/// Nothing is sent, not even a request that reads, and the error names what to configure.
pub(crate) async fn a_schema_that_is_not_known(server: &Server) -> Result<(), Failure> {
    let (_, id) = ada(server).await?;
    let before = requests(server);
    let outcome = admin(server)?.edit(&id).update(&rename("Countess")).await;
    let Err(error @ Error::SchemaUnknown) = outcome else {
        return Err(Failure::new(format_args!("{outcome:?}")));
    };
    assert!(!error.may_have_been_saved());
    for name in ["AdminClient::schema_id", "AdminClient::public_url"] {
        assert!(error.to_string().contains(name), "{error}");
    }
    assert_eq!(requests(server), before);

    // Reading needs no schema.
    let found = admin(server)?.identity::<CustomerTraits>(&id).await;
    assert!(found.is_ok(), "{found:?}");
    Ok(())
}

/// The application configures an id, and the identity has another one.
pub(crate) async fn another_id(server: &Server) -> Result<(), Failure> {
    let (ada, id) = ada(server).await?;
    let robots = admin(server)?.schema_id("robot");
    let outcome = robots.edit(&id).update(&rename("Countess")).await;
    assert!(
        matches!(&outcome, Err(Error::SchemaMismatch { schema_id, traits, .. })
            if schema_id == "default" && traits.is_empty()),
        "{outcome:?}"
    );
    assert_eq!(ada.traits().await?.get("nickname"), None);
    Ok(())
}

/// The schema of the identity is fetched once, and has other traits than the types of the update.
pub(crate) async fn traits_that_the_server_does_not_have(server: &Server) -> Result<(), Failure> {
    let (ada, id) = ada(server).await?;
    let admin = with_schemas(server)?;
    let reading = ChangeReading {
        languages: vec!["en".to_owned()],
        gifts: None,
    };
    let outcome = admin.edit(&id).update(&reading).await;
    let Err(error @ Error::SchemaMismatch { .. }) = outcome else {
        return Err(Failure::new(format_args!("{outcome:?}")));
    };
    assert!(!error.may_have_been_saved());
    assert!(
        error.to_string().ends_with("same type: languages"),
        "{error}"
    );
    assert_eq!(ada.traits().await?.get("languages"), None);

    let before = requests(server);
    let outcome = ended(admin.edit(&id).update(&rename("Countess")).await)?;
    assert!(matches!(outcome, AdminOutcome::Saved(_)), "{outcome:?}");
    if let Server::Fake(_) = server {
        assert_eq!(requests(server) - before, 2);
    }
    Ok(())
}
