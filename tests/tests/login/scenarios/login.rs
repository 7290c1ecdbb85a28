//! Logins with a password, by our client.

use kratos_traits::{ContinueWith, LoginOutcome, MessageId, SessionToken};
use kratos_traits_tests::kratos::Failure;
use kratos_traits_tests::outcomes::{
    ended, logged_in, refused, saved, unexpected, wrong_credentials,
};
use kratos_traits_tests::server::{PASSWORD, Server};
use kratos_traits_tests::updaters::ChangeEmail;
use serde_json::json;

/// A login without a session opens one; a fresh login within it keeps it, and knows who it is.
pub(crate) async fn a_login_opens_a_session_and_a_fresh_one_keeps_it(
    server: &Server,
) -> Result<(), Failure> {
    let traits = json!({ "email": "ada@example.org" });
    server.register(&traits).await?;
    let client = server.client()?;
    let first = client
        .login_with_password("Ada@example.org", PASSWORD)
        .await;
    let first = logged_in(first)?;
    let choices = client.login(&first.session).refresh_choices().await;
    let choices = choices.map_err(|error| Failure::because("no choices", &error))?;
    let choices = choices.map_err(|other| unexpected(&other))?;
    assert_eq!(choices.identifier.as_deref(), Some("ada@example.org"));

    let fresh = client.login(&first.session).refresh_with_password(PASSWORD);
    let fresh = logged_in(fresh.await)?;
    assert!(fresh.identity_id.is_some());
    assert_eq!(fresh.identity_id, first.identity_id);
    let update = ChangeEmail {
        email: "countess@example.org",
    };
    saved(client.settings(&first.session).update(&update).await)?;
    Ok(())
}

/// A wrong password is refused, and the change is not saved.
pub(crate) async fn a_wrong_password_is_refused(server: &Server) -> Result<(), Failure> {
    let traits = json!({ "email": "ada@example.org" });
    let ada = server.register(&traits).await?;
    server.age(&ada).await?;
    let client = server.client()?;
    let login = client
        .login(&ada.session)
        .refresh_with_password("incorrect horse");
    let problems = wrong_credentials(login.await)?;
    let ids: Vec<MessageId> = problems.messages().map(|one| one.id).collect();
    assert_eq!(ids, [MessageId::WRONG_CREDENTIALS]);
    let update = ChangeEmail {
        email: "countess@example.org",
    };
    let _ = refused(server, &ada, &update).await?;
    Ok(())
}

/// Somebody else's credentials log somebody else in, and the change goes on waiting.
pub(crate) async fn somebody_else_gets_another_session(server: &Server) -> Result<(), Failure> {
    let ada = server
        .register(&json!({ "email": "ada@example.org" }))
        .await?;
    let before = ada.traits().await?;
    server
        .register(&json!({ "email": "bob@example.org" }))
        .await?;
    server.age(&ada).await?;
    let update = ChangeEmail {
        email: "countess@example.org",
    };
    let pending = refused(server, &ada, &update).await?;

    let client = server.client()?;
    let login = client.login(&ada.session).identifier("bob@example.org");
    let bob = match ended(login.refresh_with_password(PASSWORD).await)? {
        LoginOutcome::AnotherSession(bob) => bob,
        other => return Err(unexpected(&other)),
    };
    let bobs = client.login(&bob.session).refresh_with_password(PASSWORD);
    assert_eq!(logged_in(bobs.await)?.identity_id, bob.identity_id);

    for (session, expected) in [
        (&bob.session, "identity_mismatch"),
        (&ada.session, "reauthentication_required"),
    ] {
        let resumed = client.settings(session).resume(pending.clone()).await;
        let resumed = resumed.map_err(|error| Failure::because("no outcome", &error))?;
        assert_eq!(resumed.name(), expected);
    }
    assert_eq!(ada.traits().await?, before);
    Ok(())
}

/// An unknown session cannot be refreshed.
pub(crate) async fn an_unknown_session_has_no_fresh_login(server: &Server) -> Result<(), Failure> {
    server
        .register(&json!({ "email": "ada@example.org" }))
        .await?;
    let nobody = SessionToken::new("ory_st_0123456789abcdefghijABCDEFGHIJ")
        .map_err(|error| Failure::because("the session token", &error))?;
    let client = server.client()?;
    for outcome in [
        client.login(&nobody).refresh_with_password(PASSWORD).await,
        client.login(&nobody).second_factor_totp("123456").await,
    ] {
        match ended(outcome)? {
            LoginOutcome::SessionInactive => {}
            other => return Err(unexpected(&other)),
        }
    }
    Ok(())
}

/// A login ends when its flow expires, within a session and without: the flows of this server expire after 1 ms.
pub(crate) async fn an_expired_login_is_gone(server: &Server) -> Result<(), Failure> {
    let ada = server
        .register(&json!({ "email": "ada@example.org" }))
        .await?;
    let client = server.client()?;
    for outcome in [
        client
            .login_with_password("ada@example.org", PASSWORD)
            .await,
        client
            .login(&ada.session)
            .refresh_with_password(PASSWORD)
            .await,
    ] {
        match ended(outcome)? {
            LoginOutcome::FlowExpired => {}
            other => return Err(unexpected(&other)),
        }
    }
    Ok(())
}

/// The password is correct, and the address not verified yet: v26.2.0 starts a verification flow.
pub(crate) async fn a_login_waits_for_a_verified_address(server: &Server) -> Result<(), Failure> {
    let traits = json!({ "email": "ada@example.org" });
    server.register(&traits).await?;
    let login = server.client()?;
    let login = login.login_with_password("ada@example.org", PASSWORD).await;
    let login = login.map_err(|error| Failure::because("no login", &error))?;
    let LoginOutcome::AddressNotVerified {
        messages,
        continue_with,
        ..
    } = login
    else {
        return Err(unexpected(&login));
    };
    assert_eq!(messages[0].id, MessageId::ADDRESS_NOT_VERIFIED);
    let verifies = |one: &ContinueWith| matches!(one, ContinueWith::ShowVerificationUi { .. });
    assert!(continue_with.iter().all(verifies), "{continue_with:?}");
    Ok(())
}
