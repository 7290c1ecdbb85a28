//! What `whoami` must return on the fake and on every real Kratos alike.

use kratos_traits::identity::{IdentityState, Via};
use kratos_traits::session::{Aal, Method};
use kratos_traits::{Error, Session, SessionToken, WhoamiOutcome};
use kratos_traits_tests::kratos::Failure;
use kratos_traits_tests::schemas::customer::CustomerTraits;
use kratos_traits_tests::server::Server;
use serde_json::json;

const EMAIL: &str = "Ada@example.org";

type Asked = Result<WhoamiOutcome<CustomerTraits>, Error>;

fn session(outcome: Asked) -> Result<Session<CustomerTraits>, Failure> {
    match outcome {
        Ok(WhoamiOutcome::Session(session)) => Ok(session),
        other => Err(Failure::new(format_args!("nobody: {other:?}"))),
    }
}

/// The person and their session, the same for a native application and for a server with a
/// browser's cookies.
pub(crate) async fn who_is_logged_in(server: &Server) -> Result<(), Failure> {
    let ada = server.register(&json!({ "email": EMAIL })).await?;
    let browser = server.browser(EMAIL).await?;
    let client = server.client()?;
    let forwarded = client.whoami(&mut browser.cookies()).await;
    for session in [
        session(client.whoami(&ada.session).await)?,
        session(forwarded)?,
    ] {
        assert!(session.active);
        assert_eq!(session.aal, Some(Aal::Aal1));
        let proofs = session.authentication_methods.iter();
        assert!(
            proofs
                .clone()
                .all(|one| one.method == Some(Method::Password))
        );
        assert!(proofs.count() > 0);
        for at in [&session.authenticated_at, &session.expires_at] {
            assert!(at.as_ref().is_some_and(|at| at.time().is_some()), "{at:?}");
        }
        let Some(person) = session.identity else {
            return Err(Failure::new("nobody in the session"));
        };
        let typed = person.traits.typed();
        assert_eq!(typed.map(|traits| &*traits.email).ok(), Some(EMAIL));
        assert_eq!(person.state, Some(IdentityState::Active));
        let address = &person.verifiable_addresses[..];
        assert!(
            matches!(address, [one] if one.value == "ada@example.org"
                && one.via == Some(Via::Email) && !one.verified),
            "{address:?}"
        );
        assert_eq!(person.recovery_addresses.len(), 1);
        assert!(person.raw_metadata_public().is_none());
    }
    Ok(())
}

/// A token that no session has, and a browser without one.
pub(crate) async fn nobody_is_logged_in(server: &Server) -> Result<(), Failure> {
    let token = SessionToken::new("ory_st_nobody")
        .map_err(|error| Failure::because("the session token", &error))?;
    let client = server.client()?;
    let native: Asked = client.whoami(&token).await;
    assert!(
        matches!(native, Ok(WhoamiOutcome::SessionInactive)),
        "{native:?}"
    );
    server.register(&json!({ "email": EMAIL })).await?;
    let mut browser = server.browser(EMAIL).await?;
    browser.forget("ory_kratos_session");
    let browser: Asked = client.whoami(&mut browser.cookies()).await;
    assert!(
        matches!(browser, Ok(WhoamiOutcome::SessionInactive)),
        "{browser:?}"
    );
    Ok(())
}
