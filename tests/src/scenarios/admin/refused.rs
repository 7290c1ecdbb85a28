//! Changes that the admin API, or our own check before it, refuses.

use kratos_traits::{AdminClient, AdminOutcome, Error, MessageId, TraitPath};
use serde_json::json;

use super::{ended, rename};
use crate::kratos::Failure;
use crate::scenarios::updaters::ChangeEmail;
use crate::server::Server;

/// An address that somebody else has.
pub async fn a_taken_identifier_says_so(server: &Server) -> Result<(), Failure> {
    server
        .register(&json!({ "email": "grace@example.org" }))
        .await?;
    let ada = server
        .register(&json!({ "email": "ada@example.org" }))
        .await?;
    let before = ada.traits().await?;
    let update = ChangeEmail {
        email: "Grace@example.org",
    };
    let admin = server.admin()?;
    let edit = admin.edit(&ada.id().await?);
    let outcome = ended(edit.update_privileged(&update).await)?;
    let AdminOutcome::IdentifierTaken(refusal) = outcome else {
        return Err(Failure::new(format_args!("not taken: {outcome:?}")));
    };
    assert_eq!(refusal.status, 409);
    assert_eq!(ada.traits().await?, before);
    Ok(())
}

/// Our own check has the ids that the admin API does not say.
pub async fn what_breaks_the_schema_is_not_sent(server: &Server) -> Result<(), Failure> {
    let ada = server
        .register(&json!({ "email": "ada@example.org" }))
        .await?;
    let before = ada.traits().await?;
    let admin = server.admin()?;
    let edit = admin.edit(&ada.id().await?);
    let outcome = ended(edit.update(&rename("x")).await)?;
    let AdminOutcome::Invalid(invalid) = outcome else {
        return Err(Failure::new(format_args!("not invalid: {outcome:?}")));
    };
    let [problem] = &invalid.problems[..] else {
        return Err(Failure::new(format_args!("{invalid:?}")));
    };
    assert_eq!(problem.path, TraitPath::new(["nickname"]));
    assert_eq!(problem.message.id, MessageId::MIN_LENGTH);
    assert_eq!(ada.traits().await?, before);
    Ok(())
}

/// The public API redirects to the admin API; that is not followed, and an unknown id is something
/// else.
pub async fn the_public_api_is_not_the_admin_api(server: &Server) -> Result<(), Failure> {
    let nobody = "00000000-0000-4000-8000-000000000000";
    let wrong = AdminClient::new(&server.public_url());
    let wrong = wrong.map_err(|error| Failure::because("no client", &error))?;
    let Err(error) = wrong.edit(nobody).update(&rename("Ada")).await else {
        return Err(Failure::new("the public API took it"));
    };
    assert!(
        error
            .to_string()
            .contains("the URL is not that of the admin API"),
        "{error}"
    );
    assert!(!error.may_have_been_saved());

    for id in [nobody, "nobody"] {
        let outcome = ended(server.admin()?.edit(id).update(&rename("Ada")).await)?;
        assert!(
            matches!(outcome, AdminOutcome::NotFound),
            "{id}: {outcome:?}"
        );
    }
    // No request, for it would be one for something else.
    for id in ["", ".", "a/../b", "a?b"] {
        let outcome = server.admin()?.edit(id).update(&rename("Ada")).await;
        let Err(Error::Request { .. }) = outcome else {
            return Err(Failure::new(format_args!("{id}: {outcome:?}")));
        };
    }
    Ok(())
}
