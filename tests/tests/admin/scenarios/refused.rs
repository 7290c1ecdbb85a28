//! Changes that the admin API, or our own check before it, refuses.

use kratos_traits::{AdminClient, AdminOutcome, Error, MessageId, TraitPath};
use kratos_traits_tests::kratos::Failure;
use kratos_traits_tests::outcomes::ended;
use kratos_traits_tests::schemas::customer::CustomerTraits;
use kratos_traits_tests::server::Server;
use kratos_traits_tests::updaters::{ChangeEmail, rename};
use serde_json::json;

/// An address that somebody else has.
pub(crate) async fn a_taken_identifier_is_refused(server: &Server) -> Result<(), Failure> {
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
    assert_eq!(refusal.status(), 409);
    assert_eq!(ada.traits().await?, before);
    Ok(())
}

/// Our own check has the ids that the admin API does not say.
pub(crate) async fn an_invalid_update_is_not_sent(server: &Server) -> Result<(), Failure> {
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
pub(crate) async fn the_public_api_is_not_the_admin_api(server: &Server) -> Result<(), Failure> {
    let nobody = "00000000-0000-4000-8000-000000000000";
    let wrong = AdminClient::new(&server.public_url());
    let wrong = wrong.map_err(|error| Failure::because("no client", &error))?;
    let wrong = wrong.schema_id("default");
    let Err(error) = wrong.edit(nobody).update(&rename("Ada")).await else {
        return Err(Failure::new("the public API took it"));
    };
    assert!(
        error
            .to_string()
            .contains("the base URL must be that of the admin API"),
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

/// The admin API reports places and sentences only: the outcome has both, and the whole text.
async fn a_problem_that_only_kratos_finds_names_its_trait() -> Result<(), Failure> {
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

kratos_traits_tests::live! {
    a_problem_that_only_kratos_finds_names_its_trait,
}
