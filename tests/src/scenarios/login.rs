//! Logins with a password, by our client.

use std::fmt::Debug;

use kratos_traits::flow::{LoggedIn, LoginOutcome, LoginProblems};
use kratos_traits::{Error, MessageId, SessionToken};
use serde_json::json;

use super::privileged::refused;
use super::saved;
use super::updaters::ChangeEmail;
use crate::kratos::Failure;
use crate::server::{PASSWORD, Server};

/// A login without a session opens one; a fresh login within it keeps it, and knows who it is.
pub async fn a_login_opens_a_session_and_a_fresh_one_keeps_it(
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

/// A wrong password is told, and saves no change.
pub async fn a_wrong_password_is_told(server: &Server) -> Result<(), Failure> {
    let traits = json!({ "email": "ada@example.org" });
    let ada = server.register(&traits).await?;
    server.age(&ada).await?;
    let client = server.client()?;
    let login = client
        .login(&ada.session)
        .refresh_with_password("incorrect horse");
    let problems = wrong(login.await)?;
    let ids: Vec<MessageId> = problems.messages().map(|one| one.id).collect();
    assert_eq!(ids, [MessageId::WRONG_CREDENTIALS]);
    let update = ChangeEmail {
        email: "countess@example.org",
    };
    let _ = refused(server, &ada, &update).await?;
    Ok(())
}

/// Somebody else's credentials log somebody else in, and the change goes on waiting.
pub async fn somebody_else_gets_another_session(server: &Server) -> Result<(), Failure> {
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
        (&bob.session, "another_person"),
        (&ada.session, "reauthentication_needed"),
    ] {
        let resumed = client.settings(session).resume(pending.clone()).await;
        let resumed = resumed.map_err(|error| Failure::because("no outcome", &error))?;
        assert_eq!(resumed.name(), expected);
    }
    assert_eq!(ada.traits().await?, before);
    Ok(())
}

/// Nobody can log in again within a session that is none.
pub async fn a_session_that_is_none_has_no_fresh_login(server: &Server) -> Result<(), Failure> {
    server
        .register(&json!({ "email": "ada@example.org" }))
        .await?;
    let nobody = SessionToken::new("ory_st_0123456789abcdefghijABCDEFGHIJ")
        .map_err(|error| Failure::because("the session token", &error))?;
    let client = server.client()?;
    for login in [
        client.login(&nobody).refresh_with_password(PASSWORD),
        client.login(&nobody).second_factor_totp("123456"),
    ] {
        match ended(login.await)? {
            LoginOutcome::SessionGone => {}
            other => return Err(unexpected(&other)),
        }
    }
    Ok(())
}

/// A login is gone with its flow, within a session and without: the server's live for a moment only.
pub async fn an_expired_login_is_gone(server: &Server) -> Result<(), Failure> {
    let ada = server
        .register(&json!({ "email": "ada@example.org" }))
        .await?;
    let client = server.client()?;
    for login in [
        client.login_with_password("ada@example.org", PASSWORD),
        client.login(&ada.session).refresh_with_password(PASSWORD),
    ] {
        match ended(login.await)? {
            LoginOutcome::FlowGone => {}
            other => return Err(unexpected(&other)),
        }
    }
    Ok(())
}

/// The login, or a failure that says what came instead.
pub(super) fn logged_in(outcome: Result<LoginOutcome, Error>) -> Result<LoggedIn, Failure> {
    match ended(outcome)? {
        LoginOutcome::LoggedIn(login) => Ok(login),
        other => Err(unexpected(&other)),
    }
}

/// What is wrong with the credentials, or a failure that says what came instead.
pub(super) fn wrong(outcome: Result<LoginOutcome, Error>) -> Result<LoginProblems, Failure> {
    match ended(outcome)? {
        LoginOutcome::WrongCredentials(problems) => Ok(problems),
        other => Err(unexpected(&other)),
    }
}

/// The outcome, whatever it is.
pub(super) fn ended(outcome: Result<LoginOutcome, Error>) -> Result<LoginOutcome, Failure> {
    outcome.map_err(|error| Failure::because("no outcome", &error))
}

pub(super) fn unexpected(outcome: &dyn Debug) -> Failure {
    Failure::new(format_args!("another outcome: {outcome:?}"))
}
