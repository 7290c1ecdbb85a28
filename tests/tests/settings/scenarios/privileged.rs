//! Changes that wait for a fresh login.

use std::time::SystemTime;

use kratos_traits::forecast::{Forecast, FreshLogin};
use kratos_traits::{IdentityTraits, Outcome, SettingsUpdate};
use kratos_traits_tests::kratos::Failure;
use kratos_traits_tests::outcomes::{ended, logged_in, refused, saved};
use kratos_traits_tests::server::{PASSWORD, Person, Server};
use kratos_traits_tests::updaters::{ChangeEmail, ChangeUsername, Rename};
use serde_json::{Value, json};

/// With an old login, a changed e-mail address changes nothing; after a fresh one it is saved.
pub(crate) async fn an_email_change_waits_for_a_login(server: &Server) -> Result<(), Failure> {
    let traits = json!({ "email": "ada@example.org", "name": { "first": "Ada" } });
    let update = ChangeEmail {
        email: "countess@example.org",
    };
    let expected = json!({ "email": "countess@example.org", "name": { "first": "Ada" } });
    waits_for_a_login(server, "ada@example.org", &traits, &update, &expected).await
}

/// The same for an identifier that is no address.
pub(crate) async fn a_username_change_waits_for_a_login(server: &Server) -> Result<(), Failure> {
    let traits = json!({ "username": "ada", "email": "ada@example.org" });
    let update = ChangeUsername {
        username: "countess",
    };
    let expected = json!({ "username": "countess", "email": "ada@example.org" });
    waits_for_a_login(server, "ada", &traits, &update, &expected).await
}

async fn waits_for_a_login<U: SettingsUpdate<Traits: IdentityTraits>>(
    server: &Server,
    identifier: &str,
    traits: &Value,
    update: &U,
    expected: &Value,
) -> Result<(), Failure> {
    let ada = server.register(traits).await?;
    server.age(&ada).await?;
    let pending = refused(server, &ada, update).await?;
    assert_eq!(&ada.traits().await?, traits, "nothing is changed yet");

    let client = server.client()?;
    let login = client.login(&ada.session).identifier(identifier);
    logged_in(login.refresh_with_password(PASSWORD).await)?;
    let saved = saved(client.settings(&ada.session).resume(pending).await)?;
    assert_eq!(&ada.traits().await?, expected);
    let raw: Value = serde_json::from_str(saved.identity.traits.raw().as_str())
        .map_err(|error| Failure::because("the saved traits", &error))?;
    assert_eq!(&raw, expected);
    Ok(())
}

/// Forecasts agree with the outcomes.
pub(crate) async fn a_needed_login_is_forecast(server: &Server) -> Result<(), Failure> {
    let ada = server
        .register(&json!({ "email": "ada@example.org" }))
        .await?;
    let rename = Rename {
        nickname: Some(Some("Countess".to_owned())),
    };
    let change = ChangeEmail {
        email: "countess@example.org",
    };
    let fresh = foreseen(server, &ada, &change).await?;
    assert_eq!(fresh, FreshLogin::No);
    server.age(&ada).await?;
    let ordinary = foreseen(server, &ada, &rename).await?;
    assert_eq!(ordinary, FreshLogin::No);
    let privileged = foreseen(server, &ada, &change).await?;
    assert!(matches!(privileged, FreshLogin::Yes(_)), "{privileged:?}");

    let client = server.client()?;
    let renamed = ended(client.settings(&ada.session).update(&rename).await)?;
    assert!(matches!(renamed, Outcome::Saved(_)), "{renamed:?}");
    let changed = ended(client.settings(&ada.session).update(&change).await)?;
    assert!(matches!(changed, Outcome::ReauthenticationRequired(_)));
    Ok(())
}

async fn foreseen<U: SettingsUpdate<Traits: IdentityTraits>>(
    server: &Server,
    person: &Person,
    update: &U,
) -> Result<FreshLogin, Failure> {
    let client = server.client()?;
    let settings = client.settings(&person.session);
    let asked = settings.forecast(update, &server.facts(), SystemTime::now());
    match asked.await {
        Ok(Forecast::FreshLogin(login)) => Ok(login),
        other => Err(Failure::new(format_args!("no forecast: {other:?}"))),
    }
}
