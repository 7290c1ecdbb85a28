//! The blocking client.

use kratos_traits::{AdminOutcome, blocking};
use kratos_traits_tests::kratos::Failure;
use kratos_traits_tests::outcomes::saved;
use kratos_traits_tests::server::Server;
use kratos_traits_tests::updaters::rename;
use serde_json::json;

/// What the async client does, without a runtime: the person's own update, and that of a support tool.
pub(crate) async fn a_blocking_client_does_the_same(server: &Server) -> Result<(), Failure> {
    let mut traits = json!({ "email": "ada@example.org", "name": { "first": "Ada" } });
    let ada = server.register(&traits).await?;
    let (public, admin) = (server.public_url(), server.admin_url());
    let session = ada.session.clone();
    let ended = tokio::task::spawn_blocking(move || -> Result<(), Failure> {
        let no_client = |error| Failure::because("no client", &error);
        let client = blocking::Client::new(&public).map_err(no_client)?;
        let update = rename("Countess");
        let saved = saved(client.settings(&session).update(&update))?;

        let client = blocking::AdminClient::new(&admin).map_err(no_client)?;
        let client = client.schema_id("default");
        let update = rename("Lady Lovelace");
        let outcome = client.edit(&saved.identity.id).update(&update);
        match outcome.map_err(|error| Failure::because("no outcome", &error))? {
            AdminOutcome::Saved(_) => Ok(()),
            other => Err(Failure::new(format_args!("not saved: {other:?}"))),
        }
    });
    ended
        .await
        .map_err(|error| Failure::because("the blocking client", &error))??;
    traits["nickname"] = json!("Lady Lovelace");
    assert_eq!(ada.traits().await?, traits);
    Ok(())
}
