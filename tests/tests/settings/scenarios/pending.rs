//! Changes that wait for a login: stored, and resumed by the right person on unchanged traits.

use std::time::{Duration, SystemTime};

use kratos_traits::settings::{Cause, SealingKey};
use kratos_traits::{Outcome, Pending};
use kratos_traits_tests::kratos::Failure;
use kratos_traits_tests::outcomes::{ended, saved};
use kratos_traits_tests::schemas::customer::CustomerTraits;
use kratos_traits_tests::server::{Person, Server};
use kratos_traits_tests::updaters::{ChangeEmail, rename};
use serde_json::json;

const EMAIL: &str = "ada@example.org";

/// The pending change of the e-mail address after an old login.
async fn waiting(server: &Server, person: &Person) -> Result<Pending<CustomerTraits>, Failure> {
    server.age(person).await?;
    let update = ChangeEmail {
        email: "countess@example.org",
    };
    let client = server.client()?;
    match ended(client.settings(&person.session).update(&update).await)? {
        Outcome::ReauthenticationRequired(pending) => Ok(pending),
        other => Err(Failure::new(format_args!("{other:?}"))),
    }
}

/// One process hands a text and a key to the next.
pub(crate) async fn a_sealed_change_goes_on_in_another_process(
    server: &Server,
) -> Result<(), Failure> {
    let ada = server
        .register(&json!({ "email": EMAIL, "name": {} }))
        .await?;
    let sealed = {
        let pending = waiting(server, &ada).await?;
        let Cause::PrivilegedChange(roles) = pending.cause() else {
            return Err(Failure::new("an e-mail address is an identifier"));
        };
        assert!(
            roles.iter().all(|(facts, _)| facts.path == ["email"]),
            "{roles:?}"
        );
        let until = SystemTime::now() + Duration::from_secs(900);
        pending
            .seal_until(&SealingKey::new([7; 32]), until)
            .map_err(|error| Failure::because("not sealed", &error))?
    };
    assert!(!sealed.contains("example"), "{sealed}");

    ada.log_in_again(EMAIL).await?;
    let key = SealingKey::new([7; 32]);
    let pending = Pending::<CustomerTraits>::unseal(&key, &sealed, SystemTime::now())
        .map_err(|error| Failure::because("not unsealed", &error))?;
    let client = server.client()?;
    saved(client.settings(&ada.session).resume(pending).await)?;
    assert_eq!(ada.traits().await?["email"], "countess@example.org");
    Ok(())
}

/// The next person at the same machine cannot resume the change.
pub(crate) async fn nobody_else_resumes_a_change(server: &Server) -> Result<(), Failure> {
    let ada = server.register(&json!({ "email": EMAIL })).await?;
    let pending = waiting(server, &ada).await?;
    let grace = server
        .register(&json!({ "email": "grace@example.org" }))
        .await?;
    let before = grace.traits().await?;
    let client = server.client()?;
    let outcome = ended(client.settings(&grace.session).resume(pending).await)?;
    assert!(
        matches!(outcome, Outcome::IdentityMismatch(_)),
        "{outcome:?}"
    );
    assert_eq!(grace.traits().await?, before);
    Ok(())
}

/// Another session changes the address while the change waits.
pub(crate) async fn a_change_made_while_one_waits_is_a_conflict(
    server: &Server,
) -> Result<(), Failure> {
    let ada = server.register(&json!({ "email": EMAIL })).await?;
    let pending = waiting(server, &ada).await?;
    let there = server.log_in(EMAIL).await?;
    let client = server.client()?;
    let update = ChangeEmail {
        email: "third@example.org",
    };
    saved(client.settings(&there.session).update(&update).await)?;

    ada.log_in_again("third@example.org").await?;
    let outcome = ended(client.settings(&ada.session).resume(pending).await)?;
    let Outcome::Conflict(conflict) = outcome else {
        return Err(Failure::new(format_args!("{outcome:?}")));
    };
    assert_eq!(conflict.traits[0].path.to_string(), "email");
    assert_eq!(ada.traits().await?["email"], "third@example.org");
    Ok(())
}

/// With a verified address and an old login, no change is let through, on every version up to v26.2.0
/// (ory/kratos#4435); later ones save it. A fresh login cures it, and the address stays verified.
pub(crate) async fn a_refused_ordinary_change_is_not_its_cause(
    server: &Server,
) -> Result<(), Failure> {
    let ada = server
        .register_verified(&json!({ "email": EMAIL, "name": {} }))
        .await?;
    server.age(&ada).await?;
    let update = rename("Countess");
    let client = server.client()?;
    let outcome = ended(client.settings(&ada.session).update(&update).await)?;
    let pending = match outcome {
        Outcome::ReauthenticationRequired(pending) => pending,
        Outcome::Saved(_) if !server.is_until_26_2().await? => return Ok(()),
        outcome => return Err(Failure::new(format_args!("{outcome:?}"))),
    };
    assert_eq!(pending.cause(), Cause::NotByTheChange);

    ada.log_in_again(EMAIL).await?;
    saved(client.settings(&ada.session).resume(pending).await)?;
    assert_eq!(ada.traits().await?["nickname"], "Countess");
    Ok(())
}
