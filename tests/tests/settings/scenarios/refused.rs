//! Changes that Kratos, or our own check before it, refuses.

use kratos_traits::{Invalid, MessageId, Outcome, SessionToken, TraitPath};
use kratos_traits_tests::kratos::Failure;
use kratos_traits_tests::outcomes::{ended, saved};
use kratos_traits_tests::schemas::customer::CustomerTraits;
use kratos_traits_tests::server::Server;
use kratos_traits_tests::updaters::{ChangeEmail, Rename, rename};
use serde_json::json;

/// The problem of a nickname that is too long names the trait, before anything is sent.
pub(crate) async fn a_problem_names_its_trait(server: &Server) -> Result<(), Failure> {
    let traits = json!({ "email": "ada@example.org", "nickname": "Ada" });
    let ada = server.register(&traits).await?;
    let before = ada.traits().await?;
    let update = Rename {
        nickname: Some(Some("x".repeat(1000))),
    };
    let client = server.client()?;
    let outcome = ended(client.settings(&ada.session).update(&update).await)?;
    let invalid = invalid(outcome)?;
    let [problem] = &invalid.problems[..] else {
        return Err(Failure::new(format_args!("{invalid:?}")));
    };
    assert_eq!(problem.path, TraitPath::new(["nickname"]));
    assert_eq!(problem.message.id, MessageId::MAX_LENGTH);
    assert_eq!(ada.traits().await?, before);
    Ok(())
}

/// The address of another person.
pub(crate) async fn a_taken_email_is_refused(server: &Server) -> Result<(), Failure> {
    server
        .register(&json!({ "email": "grace@example.org" }))
        .await?;
    let ada = server
        .register(&json!({ "email": "ada@example.org" }))
        .await?;
    let before = ada.traits().await?;
    let update = ChangeEmail {
        email: "grace@example.org",
    };
    let client = server.client()?;
    let outcome = ended(client.settings(&ada.session).update(&update).await)?;
    assert!(
        matches!(outcome, Outcome::IdentifierTaken(_)),
        "{outcome:?}"
    );
    assert_eq!(ada.traits().await?, before);
    Ok(())
}

/// The change of an unknown session token waits for a session.
pub(crate) async fn an_unknown_session_is_inactive(server: &Server) -> Result<(), Failure> {
    let ada = server
        .register(&json!({ "email": "ada@example.org" }))
        .await?;
    let session = SessionToken::new("ory_st_nobody")
        .map_err(|error| Failure::because("the session token", &error))?;
    let update = rename("Countess");
    let client = server.client()?;
    let outcome = ended(client.settings(&session).update(&update).await)?;
    let Outcome::SessionInactive(pending) = outcome else {
        return Err(Failure::new(format_args!("{outcome:?}")));
    };
    assert_eq!(pending.person(), None);
    saved(client.settings(&ada.session).resume(pending).await)?;
    assert_eq!(ada.traits().await?["nickname"], "Countess");
    Ok(())
}

fn invalid(outcome: Outcome<CustomerTraits>) -> Result<Invalid, Failure> {
    match outcome {
        Outcome::Invalid(invalid) => Ok(invalid),
        other => Err(Failure::new(format_args!("not invalid: {other:?}"))),
    }
}
