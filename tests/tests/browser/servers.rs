//! Situations of browsers that only the fake or only a real Kratos can be brought into.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use http::Method;
use kratos_traits::Outcome;
use kratos_traits_tests::browser::Browser;
use kratos_traits_tests::kratos::{Api, Failure};
use kratos_traits_tests::schemas::customer::CustomerTraits;
use kratos_traits_tests::server::{PASSWORD, Server};
use kratos_traits_tests::updaters::{ChangeEmail, rename};
use kratos_traits_tests::wire::Wire;
use serde_json::{Value, json};

const EMAIL: &str = "ada@example.org";
const NEW_EMAIL: &str = "countess@example.org";

async fn ada(server: &Server) -> Result<Browser, Failure> {
    server.register(&json!({ "email": EMAIL })).await?;
    server.browser(EMAIL).await
}

/// The flow that takes the place of an expired one has a token of its own.
#[tokio::test]
async fn an_expired_flow_is_renewed_once() -> Result<(), Failure> {
    let server = Arc::new(Server::fake::<CustomerTraits>().await?);
    let browser = ada(&server).await?;
    let before = requests(&server);
    let first = AtomicBool::new(true);
    let wire = {
        let server = Arc::clone(&server);
        Wire::new(move |request| {
            if let Server::Fake(fake) = &*server
                && request.method() == Method::POST
                && first.swap(false, Ordering::Relaxed)
            {
                fake.expire_flows();
            }
        })?
    };
    let client = server.client_over(wire)?;
    let mut cookies = browser.cookies();
    let outcome = client
        .settings(&mut cookies)
        .update(&rename("Countess"))
        .await;
    assert!(matches!(outcome, Ok(Outcome::Saved(_))), "{outcome:?}");
    assert_eq!(requests(&server) - before, 4);
    Ok(())
}

/// How many requests a fake got.
fn requests(server: &Server) -> usize {
    match server {
        Server::Fake(fake) => fake.requests().len(),
        Server::Real(_) => 0,
    }
}

async fn a_flow_that_always_expires_is_gone() -> Result<(), Failure> {
    let config = json!({ "selfservice": { "flows": { "settings": { "lifespan": "1ms" } } } });
    let server = Server::real_with::<CustomerTraits>(config).await?;
    let mut browser = ada(&server).await?;
    let client = server.client()?;
    let mut cookies = browser.cookies();
    let outcome = client
        .settings(&mut cookies)
        .update(&rename("Countess"))
        .await;
    assert!(
        matches!(outcome, Ok(Outcome::FlowExpired(_))),
        "{outcome:?}"
    );
    browser.take(&cookies);
    assert_eq!(browser.whoami().await?["active"], true);
    Ok(())
}

/// The session cookie has the name that the configuration gives it.
async fn a_session_cookie_of_another_name() -> Result<(), Failure> {
    let config = json!({ "session": { "cookie": { "name": "sso" } } });
    let server = Server::real_with::<CustomerTraits>(config).await?;
    let browser = ada(&server).await?;
    let client = server.client()?;
    for (name, logged_in) in [("ory_kratos_session", false), ("sso", true)] {
        let mut cookies = browser.cookies().of_kratos(name);
        let outcome = client
            .settings(&mut cookies)
            .update(&rename("Countess"))
            .await;
        let saved = matches!(outcome, Ok(Outcome::Saved(_)));
        assert_eq!(saved, logged_in, "{name}: {outcome:?}");
    }
    Ok(())
}

/// What the documentation of `BrowserCookies` says: a browser that is sent to `redirect_browser_to` comes
/// back to Kratos, which then saves the change of the continuity cookie; resuming it does no harm.
async fn kratos_itself_may_save_after_the_login() -> Result<(), Failure> {
    let server = Server::real::<CustomerTraits>().await?;
    let mut browser = ada(&server).await?;
    server.age_browser(&mut browser).await?;
    let client = server.client()?;
    let update = ChangeEmail { email: NEW_EMAIL };
    let mut cookies = browser.cookies();
    let outcome = client.settings(&mut cookies).update(&update).await;
    let Ok(Outcome::ReauthenticationRequired(pending)) = outcome else {
        return Err(Failure::new("an old login was good enough"));
    };
    browser.take(&cookies);
    browser.log_in("?refresh=true", EMAIL, PASSWORD).await?;

    let place = pending.redirect_browser_to.clone().unwrap_or_default();
    let place: http::Uri = place
        .parse()
        .map_err(|e| Failure::because("the place", &e))?;
    let (_, back) = place
        .query()
        .and_then(|it| it.rsplit_once("%3Fflow%3D"))
        .unwrap_or_default();
    let page = format!("/self-service/settings?flow={back}");
    let api = Api::at(&server.public_url())?;
    let seen = api.visit(&page, &browser.header()).await?;
    assert_eq!(seen.status, 303);
    let traits = browser.whoami().await?["identity"]["traits"].take();
    assert_eq!(traits, json!({ "email": NEW_EMAIL, "name": {} }));

    let mut cookies = browser.cookies();
    let outcome = client.settings(&mut cookies).resume(pending).await;
    assert!(matches!(outcome, Ok(Outcome::Saved(_))), "{outcome:?}");
    let after: Value = browser.whoami().await?["identity"]["traits"].take();
    assert_eq!(after, traits);
    Ok(())
}

kratos_traits_tests::live! {
    a_flow_that_always_expires_is_gone,
    a_session_cookie_of_another_name,
    kratos_itself_may_save_after_the_login,
}
