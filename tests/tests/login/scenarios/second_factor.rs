//! Changes that wait for a second factor that the person has: an authenticator app, backup codes.

use kratos_traits::session::Method;
use kratos_traits::{LoginOutcome, MessageId, Outcome, Pending, SessionToken};
use serde_json::json;

use super::codes::another;
use kratos_traits_tests::kratos::Failure;
use kratos_traits_tests::outcomes::{ended, logged_in, saved, unexpected, wrong_credentials};
use kratos_traits_tests::schemas::customer::CustomerTraits;
use kratos_traits_tests::server::{PASSWORD, Server};
use kratos_traits_tests::updaters::rename;

/// A change waits for the code of an authenticator app.
pub(crate) async fn a_change_waits_for_an_authenticator(server: &Server) -> Result<(), Failure> {
    let traits = json!({ "email": "ada@example.org" });
    let ada = server.register(&traits).await?;
    let app = server.set_up_totp(&ada).await?;
    let (session, pending) = waits(server, &[Method::Totp]).await?;

    let client = server.client()?;
    let login = || client.login(&session);
    let typed = another(&app.code()?);
    let problems = wrong_credentials(login().second_factor_totp(typed).await)?;
    assert_eq!(problems.general[0].id, MessageId::WRONG_TOTP_CODE);
    let problems = wrong_credentials(login().second_factor_lookup("q1w2e3").await)?;
    assert_eq!(problems.general[0].id, MessageId::NO_LOOKUP_SECRETS);
    logged_in(login().second_factor_totp(app.code()?).await)?;
    saved(client.settings(&session).resume(pending).await)?;
    match ended(login().second_factor_totp(app.code()?).await)? {
        LoginOutcome::AlreadyLoggedIn => Ok(()),
        other => Err(unexpected(&other)),
    }
}

/// A change waits for a backup code, which is good for one time.
pub(crate) async fn a_change_waits_for_a_backup_code(server: &Server) -> Result<(), Failure> {
    let traits = json!({ "email": "ada@example.org" });
    let ada = server.register(&traits).await?;
    let codes = ada.set_up_lookup().await?;
    let (session, pending) = waits(server, &[Method::LookupSecret]).await?;

    let client = server.client()?;
    let problems = wrong_credentials(client.login(&session).second_factor_lookup("q1w2e3").await)?;
    assert_eq!(problems.general[0].id, MessageId::WRONG_LOOKUP_SECRET);
    logged_in(
        client
            .login(&session)
            .second_factor_lookup(&*codes[0])
            .await,
    )?;
    saved(client.settings(&session).resume(pending).await)?;

    let next = first_factor(server).await?;
    let again = client.login(&next).second_factor_lookup(&*codes[0]);
    let problems = wrong_credentials(again.await)?;
    assert_eq!(problems.general[0].id, MessageId::LOOKUP_SECRET_USED);
    Ok(())
}

/// A session with one factor, and a change that waits for the second.
async fn waits(
    server: &Server,
    factors: &[Method],
) -> Result<(SessionToken, Pending<CustomerTraits>), Failure> {
    let session = first_factor(server).await?;
    let client = server.client()?;
    let update = rename("Countess");
    let pending = match client.settings(&session).update(&update).await {
        Ok(Outcome::SecondFactorRequired(pending)) => pending,
        other => return Err(unexpected(&other)),
    };
    match client.login(&session).second_factor_choices().await {
        Ok(Ok(choices)) => assert_eq!(choices.methods, factors),
        other => return Err(unexpected(&other)),
    }
    Ok((session, pending))
}

async fn first_factor(server: &Server) -> Result<SessionToken, Failure> {
    let client = server.client()?;
    let first = client.login_with_password("ada@example.org", PASSWORD);
    match ended(first.await)? {
        LoginOutcome::SecondFactorRequired(login) => {
            assert_eq!(login.identity_id, None);
            Ok(login.session)
        }
        other => Err(unexpected(&other)),
    }
}
