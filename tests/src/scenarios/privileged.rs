//! Changes that wait for a fresh login.

use kratos_traits::flow::Pending;
use kratos_traits::{IdentityTraits, Outcome, SettingsUpdate};
use serde_json::{Value, json};

use super::login::logged_in;
use super::updaters::{ChangeEmail, ChangeUsername};
use super::{ended, saved};
use crate::kratos::Failure;
use crate::server::{PASSWORD, Person, Server};

/// With an old login, a changed e-mail address changes nothing; after a fresh one it is saved.
pub async fn an_email_change_waits_for_a_login(server: &Server) -> Result<(), Failure> {
    let traits = json!({ "email": "ada@example.org", "name": { "first": "Ada" } });
    let update = ChangeEmail {
        email: "countess@example.org",
    };
    let expected = json!({ "email": "countess@example.org", "name": { "first": "Ada" } });
    waits_for_a_login(server, "ada@example.org", &traits, &update, &expected).await
}

/// The same for an identifier that is no address.
pub async fn a_username_change_waits_for_a_login(server: &Server) -> Result<(), Failure> {
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

pub(super) async fn refused<U: SettingsUpdate<Traits: IdentityTraits>>(
    server: &Server,
    person: &Person,
    update: &U,
) -> Result<Pending<U::Traits>, Failure> {
    let client = server.client()?;
    match ended(client.settings(&person.session).update(update).await)? {
        Outcome::ReauthenticationNeeded(pending) => {
            assert!(pending.redirect_browser_to.is_some());
            Ok(pending)
        }
        _ => Err(Failure::new("an old login was good enough")),
    }
}
