//! Logins with a code that is sent: as a fresh login, and as the second factor.

use kratos_traits::login::CodeSent;
use kratos_traits::session::Method;
use kratos_traits::{Error, LoginOutcome, MessageId, Outcome};
use kratos_traits_tests::kratos::Failure;
use kratos_traits_tests::outcomes::{
    ended, logged_in, refused, saved, unexpected, wrong_credentials,
};
use kratos_traits_tests::server::{PASSWORD, Server};
use kratos_traits_tests::updaters::ChangeUsername;
use serde_json::json;

const EMAIL: &str = "ada@example.org";

/// A change waits for a code, kept as text meanwhile, and a wrong one does not let it through.
pub(crate) async fn a_change_waits_for_a_code(server: &Server) -> Result<(), Failure> {
    let traits = json!({ "username": "ada", "email": EMAIL });
    let ada = server.register(&traits).await?;
    server.age(&ada).await?;
    let update = ChangeUsername {
        username: "countess",
    };
    let pending = refused(server, &ada, &update).await?;

    let client = server.client()?;
    let login = || client.login(&ada.session);
    let unknown = login().identifier("nobody@example.org").refresh_with_code();
    let problems = wrong_credentials(unknown.await)?;
    assert_eq!(problems.general[0].id, MessageId::NO_CODE_LOGIN);

    let first = sent(login().identifier(EMAIL).refresh_with_code().await)?;
    let old_code = server.last_code(EMAIL).await?;
    let sent = sent(login().resend_code(&kept(&first)?).await)?;
    let code = server.last_code(EMAIL).await?;
    for typed in [another(&code), old_code] {
        let problems = wrong_credentials(login().submit_code(&sent, typed).await)?;
        assert_eq!(problems.general[0].id, MessageId::WRONG_LOGIN_CODE);
    }
    logged_in(login().submit_code(&sent, code).await)?;
    let saved = saved(client.settings(&ada.session).resume(pending).await)?;
    assert!(saved.identity.traits.raw().as_str().contains("countess"));
    Ok(())
}

/// A code as the second factor lets a change through.
pub(crate) async fn a_code_can_be_the_second_factor(server: &Server) -> Result<(), Failure> {
    let traits = json!({ "username": "ada", "email": EMAIL });
    server.register(&traits).await?;
    let client = server.client()?;
    let first = client.login_with_password("ada", PASSWORD).await;
    let LoginOutcome::SecondFactorRequired(first) = ended(first)? else {
        return Err(Failure::new("one factor was enough"));
    };
    let update = ChangeUsername {
        username: "countess",
    };
    let waiting = client.settings(&first.session).update(&update).await;
    let Ok(Outcome::SecondFactorRequired(pending)) = waiting else {
        return Err(unexpected(&waiting));
    };
    let sent = match client.login(&first.session).second_factor_choices().await {
        Ok(Ok(choices)) => {
            assert_eq!(choices.methods, [Method::Code]);
            assert_eq!(choices.addresses, [EMAIL]);
            sent(client.login(&first.session).second_factor_code().await)?
        }
        // After v1.3.1.
        Ok(Err(LoginOutcome::CodeSent(sent))) => sent,
        other => return Err(unexpected(&other)),
    };
    let code = server.last_code(EMAIL).await?;
    let problems = wrong_credentials(
        client
            .login(&first.session)
            .submit_code(&sent, another(&code))
            .await,
    )?;
    assert_eq!(problems.general[0].id, MessageId::WRONG_LOGIN_CODE);
    logged_in(client.login(&first.session).submit_code(&sent, code).await)?;
    saved(client.settings(&first.session).resume(pending).await)?;
    Ok(())
}

fn sent(outcome: Result<LoginOutcome, Error>) -> Result<CodeSent, Failure> {
    match ended(outcome)? {
        LoginOutcome::CodeSent(sent) => {
            assert_eq!(sent.address(), Some(EMAIL));
            Ok(sent)
        }
        other => Err(unexpected(&other)),
    }
}

/// What another process makes of it.
fn kept(sent: &CodeSent) -> Result<CodeSent, Failure> {
    let text = serde_json::to_string(sent);
    text.and_then(|text| serde_json::from_str(&text))
        .map_err(|error| Failure::because("what is kept", &error))
}

/// A code that is not this one.
pub(super) fn another(code: &str) -> String {
    let last = if code.ends_with('0') { "1" } else { "0" };
    format!("{}{last}", &code[..code.len() - 1])
}
