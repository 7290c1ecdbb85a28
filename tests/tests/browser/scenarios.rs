//! Updates on behalf of a browser, by a server and by the browser itself.

use http::header::COOKIE;
use http::{Method, Request};
use kratos_traits::client::{AmbientCookies, Phase};
use kratos_traits::{ContinueWith, Error, InBrowser, Outcome, Refusal};
use kratos_traits_tests::browser::Browser;
use kratos_traits_tests::kratos::Failure;
use kratos_traits_tests::outcomes::{ended, saved};
use kratos_traits_tests::schemas::customer::CustomerTraits;
use kratos_traits_tests::server::{PASSWORD, Server};
use kratos_traits_tests::updaters::{ChangeEmail, Rename, rename};
use kratos_traits_tests::wire::Wire;
use serde_json::{Value, json};

const EMAIL: &str = "ada@example.org";
const NEW_EMAIL: &str = "countess@example.org";
/// Where the pages of the application would be, on every server of the scenarios.
const DONE: &str = "http://127.0.0.1:4455/done?a=b&c";

/// A person whose browser is logged in.
async fn ada(server: &Server) -> Result<Browser, Failure> {
    server.register(&json!({ "email": EMAIL })).await?;
    server.browser(EMAIL).await
}

async fn traits(browser: &mut Browser) -> Result<Value, Failure> {
    Ok(browser.whoami().await?["identity"]["traits"].take())
}

/// The cookies of the browser do as a proof, and those of Kratos come back: the person stays logged in.
pub(crate) async fn a_browser_update_is_saved(server: &Server) -> Result<(), Failure> {
    let mut browser = ada(server).await?;
    let client = server.client()?;
    let mut cookies = browser.cookies();
    let outcome = client
        .settings(&mut cookies)
        .update(&rename("Countess"))
        .await;
    let saved = saved(outcome)?;
    let redirects = |one: &ContinueWith| matches!(one, ContinueWith::RedirectBrowserTo { .. });
    assert!(saved.continue_with.iter().any(redirects), "{saved:?}");
    assert!(format!("{cookies:?}").contains("ory_kratos_session"));

    browser.forget("ory_kratos_session");
    browser.take(&cookies);
    assert_eq!(traits(&mut browser).await?["nickname"], "Countess");
    Ok(())
}

/// The cookie against forged forms that comes with the new flow goes with its submit, and to the
/// browser.
pub(crate) async fn a_new_csrf_cookie_goes_with_the_submit(server: &Server) -> Result<(), Failure> {
    let mut browser = ada(server).await?;
    browser.forget("csrf_token");
    let client = server.client()?;
    let mut cookies = browser.cookies().of_kratos("ory_kratos_session");
    saved(
        client
            .settings(&mut cookies)
            .update(&rename("Countess"))
            .await,
    )?;
    browser.take(&cookies);
    assert!(browser.has("csrf_token"));

    // What the browser has now is good for the next one.
    let update = Rename {
        nickname: Some(None),
    };
    let mut cookies = browser.cookies();
    saved(client.settings(&mut cookies).update(&update).await)?;
    assert_eq!(traits(&mut browser).await?.get("nickname"), None);
    Ok(())
}

/// A submit without the cookie, or without the token, is refused as forged.
pub(crate) async fn a_forged_submit_is_refused(server: &Server) -> Result<(), Failure> {
    let mut browser = ada(server).await?;
    let lost = |request: &mut Request<Vec<u8>>| {
        if request.method() == Method::POST {
            let cookies = request.headers()[COOKIE].to_str().unwrap_or_default();
            let mut kept: Vec<&str> = cookies.split("; ").collect();
            kept.retain(|one| !one.starts_with("csrf_token"));
            let kept = kept.join("; ").parse();
            request.headers_mut().insert(COOKIE, kept.expect("cookies"));
        }
    };
    refused_as_forged(server, &browser, Wire::new(lost)?).await?;
    let untold = |request: &mut Request<Vec<u8>>| change_token(request, |_| None);
    refused_as_forged(server, &browser, Wire::new(untold)?).await?;
    let wrong = |request: &mut Request<Vec<u8>>| {
        change_token(request, |token| {
            Some(token.chars().rev().collect::<String>().into())
        });
    };
    refused_as_forged(server, &browser, Wire::new(wrong)?).await?;
    assert_eq!(traits(&mut browser).await?.get("nickname"), None);
    Ok(())
}

fn change_token(request: &mut Request<Vec<u8>>, change: impl Fn(&str) -> Option<Value>) {
    let Ok(Value::Object(mut body)) = serde_json::from_slice(request.body()) else {
        return;
    };
    let token = body.remove("csrf_token").expect("a token");
    if let Some(token) = change(token.as_str().expect("a text")) {
        body.insert("csrf_token".to_owned(), token);
    }
    *request.body_mut() = Value::Object(body).to_string().into();
}

async fn refused_as_forged(server: &Server, browser: &Browser, wire: Wire) -> Result<(), Failure> {
    let client = server.client_over(wire)?;
    let mut cookies = browser.cookies();
    let refusal = refusal(
        client
            .settings(&mut cookies)
            .update(&rename("Countess"))
            .await,
    )?;
    let said = (refusal.phase, refusal.status(), refusal.id.as_deref());
    let expected = (Phase::Submit, 403, Some("security_csrf_violation"));
    assert_eq!(said, expected);
    assert!(String::from_utf8_lossy(&refusal.body).contains("reject_reason"));
    Ok(())
}

fn refusal(outcome: Result<Outcome<CustomerTraits>, Error>) -> Result<Refusal, Failure> {
    match ended(outcome)? {
        Outcome::Refused(refusal) => Ok(refusal),
        other => Err(Failure::new(format_args!("not refused: {other:?}"))),
    }
}

/// The session of a browser without a login is inactive; the cookies of Kratos are returned all the same.
pub(crate) async fn a_browser_without_a_session(server: &Server) -> Result<(), Failure> {
    let mut browser = Browser::at(&server.public_url())?;
    let client = server.client()?;
    let mut cookies = browser.cookies();
    let outcome = ended(
        client
            .settings(&mut cookies)
            .update(&rename("Countess"))
            .await,
    )?;
    assert!(
        matches!(outcome, Outcome::SessionInactive(_)),
        "{outcome:?}"
    );
    browser.take(&cookies);
    assert!(browser.has("csrf_token"));
    Ok(())
}

/// The change waits for the login of the browser, and is resumed with its new cookies.
pub(crate) async fn a_browser_change_waits_for_a_login(server: &Server) -> Result<(), Failure> {
    let mut browser = ada(server).await?;
    server.age_browser(&mut browser).await?;
    let client = server.client()?;
    let update = ChangeEmail { email: NEW_EMAIL };
    let mut cookies = browser.cookies();
    let outcome = client.settings(&mut cookies).update(&update).await;
    let Outcome::ReauthenticationRequired(pending) = ended(outcome)? else {
        return Err(Failure::new("an old login was good enough"));
    };
    let place = pending.redirect_browser_to.as_deref().unwrap_or_default();
    let login = format!(
        "{}/self-service/login/browser?refresh=true",
        server.public_url()
    );
    assert!(place.starts_with(&login), "{place}");
    browser.take(&cookies);
    assert!(browser.has("ory_kratos_continuity"));
    assert_eq!(traits(&mut browser).await?["email"], EMAIL);

    browser.log_in("?refresh=true", EMAIL, PASSWORD).await?;
    let mut cookies = browser.cookies();
    saved(client.settings(&mut cookies).resume(pending).await)?;
    browser.take(&cookies);
    assert_eq!(traits(&mut browser).await?["email"], NEW_EMAIL);
    Ok(())
}

/// Kratos sends the browser where the application asks, if its configuration allows that.
pub(crate) async fn a_browser_returns_where_it_may(server: &Server) -> Result<(), Failure> {
    let browser = ada(server).await?;
    let client = server.client()?;
    let mut cookies = browser.cookies().return_to(DONE);
    let saved = saved(
        client
            .settings(&mut cookies)
            .update(&rename("Countess"))
            .await,
    )?;
    let done = |one: &ContinueWith| matches!(one, ContinueWith::RedirectBrowserTo { url, .. } if url == DONE);
    assert!(saved.continue_with.iter().any(done));

    let mut cookies = browser.cookies().return_to("https://evil.example/?a=b");
    let refusal = refusal(
        client
            .settings(&mut cookies)
            .update(&rename("Countess"))
            .await,
    )?;
    let said = (refusal.phase, refusal.status(), refusal.id.as_deref());
    let expected = (
        Phase::Create,
        400,
        Some("self_service_flow_return_to_forbidden"),
    );
    assert_eq!(said, expected);
    Ok(())
}

/// After each kind of login, the browser lands where the application asks, and the change is resumed.
pub(crate) async fn a_browser_lands_on_the_page_of_the_application(
    server: &Server,
) -> Result<(), Failure> {
    server.register(&json!({ "email": EMAIL })).await?;
    let client = server.client()?;
    let password = json!({ "method": "password", "identifier": EMAIL, "password": PASSWORD });

    // There is no session.
    let mut browser = Browser::at(&server.public_url())?;
    let mut cookies = browser.cookies().return_to(DONE);
    let outcome = client
        .settings(&mut cookies)
        .update(&rename("Countess"))
        .await;
    let Outcome::SessionInactive(pending) = ended(outcome)? else {
        return Err(Failure::new("nobody is logged in"));
    };
    browser.take(&cookies);
    let url = client.login_url().return_to(DONE).to_string();
    assert_eq!(pending.redirect_browser_to.as_ref(), Some(&url));
    assert_eq!(browser.log_in_at(&url, &password).await?, DONE);
    let mut cookies = browser.cookies();
    saved(client.settings(&mut cookies).resume(pending).await)?;

    // The login is too old.
    server.age_browser(&mut browser).await?;
    let mut cookies = browser.cookies().return_to(DONE);
    let change = ChangeEmail { email: NEW_EMAIL };
    let outcome = client.settings(&mut cookies).update(&change).await;
    let Outcome::ReauthenticationRequired(pending) = ended(outcome)? else {
        return Err(Failure::new("an old login was good enough"));
    };
    browser.take(&cookies);
    let url = client.login_url().refresh().return_to(DONE).to_string();
    assert_eq!(pending.redirect_browser_to.as_ref(), Some(&url));
    assert_eq!(browser.log_in_at(&url, &password).await?, DONE);
    let mut cookies = browser.cookies();
    saved(client.settings(&mut cookies).resume(pending).await)?;

    // The second factor is missing.
    let ada = server.log_in(NEW_EMAIL).await?;
    let app = server.set_up_totp(&ada).await?;
    let mut cookies = browser.cookies().return_to(DONE);
    let outcome = client
        .settings(&mut cookies)
        .update(&rename("Duchess"))
        .await;
    let Outcome::SecondFactorRequired(pending) = ended(outcome)? else {
        return Err(Failure::new("no second factor was needed"));
    };
    browser.take(&cookies);
    let url = client.login_url().second_factor().return_to(DONE);
    assert_eq!(pending.redirect_browser_to, Some(url.to_string()));
    let code = json!({ "method": "totp", "totp_code": app.code()? });
    assert_eq!(browser.log_in_at(&url.to_string(), &code).await?, DONE);
    let mut cookies = browser.cookies();
    saved(client.settings(&mut cookies).resume(pending).await)?;
    assert_eq!(traits(&mut browser).await?["nickname"], "Duchess");
    Ok(())
}

/// The browser itself: it adds its cookies to the requests that are marked for it.
pub(crate) async fn the_browser_itself_updates(server: &Server) -> Result<(), Failure> {
    let mut browser = ada(server).await?;
    let fetch = {
        let jar = browser.clone();
        Wire::new(move |request| {
            assert!(!request.headers().contains_key(COOKIE));
            if let Some(AmbientCookies) = request.extensions().get() {
                let cookies = jar.header().parse();
                let headers = request.headers_mut();
                headers.insert(COOKIE, cookies.expect("cookies"));
            }
        })?
    };
    let client = server.client_over(fetch)?;
    saved(
        client
            .settings(InBrowser::new())
            .update(&rename("Countess"))
            .await,
    )?;
    assert_eq!(traits(&mut browser).await?["nickname"], "Countess");
    Ok(())
}

/// A native client sends no cookie, even where Kratos has set one; a browser's request has no token.
pub(crate) async fn native_and_browser_are_not_mixed(server: &Server) -> Result<(), Failure> {
    let ada = server.register(&json!({ "email": EMAIL })).await?;
    let browser = server.browser(EMAIL).await?;
    server.age(&ada).await?;
    let native = Wire::new(|request| {
        let headers = request.headers();
        assert!(headers.contains_key("x-session-token"));
        assert!(!headers.contains_key("cookie") && !headers.contains_key("origin"));
        assert_eq!(request.extensions().get(), None::<&AmbientCookies>);
    })?;
    let client = server.client_over(native)?;
    let update = ChangeEmail { email: NEW_EMAIL };
    // This answer sets a cookie; a submit that brought it back would be refused.
    let outcome = ended(client.settings(&ada.session).update(&update).await)?;
    assert!(
        matches!(outcome, Outcome::ReauthenticationRequired(_)),
        "{outcome:?}"
    );
    saved(
        client
            .settings(&ada.session)
            .update(&rename("Countess"))
            .await,
    )?;

    let forwarded = Wire::new(|request| {
        let headers = request.headers();
        assert!(headers.contains_key("cookie") && headers["cookie"].is_sensitive());
        assert!(!headers.contains_key("x-session-token") && !headers.contains_key("origin"));
        assert!(!headers["cookie"].as_bytes().starts_with(b"theme"));
    })?;
    let client = server.client_over(forwarded)?;
    let mut cookies = browser.cookies().of_kratos("ory_kratos_session");
    let update = Rename {
        nickname: Some(None),
    };
    saved(client.settings(&mut cookies).update(&update).await)?;
    Ok(())
}
