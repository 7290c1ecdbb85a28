//! Two sessions of one person, who change traits on what they saw.

use std::sync::{Arc, Mutex};

use http::Method;
use kratos_traits::{Outcome, Patch, RawTraits};
use kratos_traits_tests::kratos::Failure;
use kratos_traits_tests::outcomes::{ended, saved};
use kratos_traits_tests::schemas::customer::{CustomerTraits, CustomerTraitsName};
use kratos_traits_tests::server::{Person, Server};
use kratos_traits_tests::updaters::rename;
use kratos_traits_tests::wire::Wire;
use serde_json::{Value, json};

/// The traits that fill a form.
async fn shown(person: &Person) -> Result<RawTraits, Failure> {
    let traits = person.traits().await?.to_string();
    RawTraits::parse(&traits).map_err(|error| Failure::because("the traits", &error))
}

fn name(first: Option<&str>, last: Option<&str>) -> Patch<CustomerTraits> {
    let mut patch = Patch::new();
    let [first, last] = [first, last].map(|name| name.map(str::to_owned));
    patch.set(CustomerTraits::NAME, CustomerTraitsName { first, last });
    patch
}

/// Two forms, filled at the same time and sent one after the other: one trait each, and one member each of an
/// object that both set as a whole.
pub(crate) async fn different_traits_merge(server: &Server) -> Result<(), Failure> {
    let traits = json!({ "email": "ada@example.org", "name": { "first": "Ada", "last": "Byron" } });
    let here = server.register(&traits).await?;
    let there = server.log_in("ada@example.org").await?;
    let client = server.client()?;
    let base = shown(&here).await?;

    let settings = || client.settings(&there.session).based_on(&base);
    saved(
        settings()
            .update(&name(Some("Ada"), Some("Lovelace")))
            .await,
    )?;
    let settings = || client.settings(&here.session).based_on(&base);
    let saved_name = saved(
        settings()
            .update(&name(Some("Augusta"), Some("Byron")))
            .await,
    )?;
    assert!(saved_name.is_as_sent(), "{saved_name:?}");
    assert!(saved_name.differences.is_empty(), "{saved_name:?}");
    saved(settings().update(&rename("Countess")).await)?;

    let expected = json!({
        "email": "ada@example.org",
        "name": { "first": "Augusta", "last": "Lovelace" },
        "nickname": "Countess",
    });
    assert_eq!(here.traits().await?, expected);
    Ok(())
}

/// Both forms change the nickname: the second one is not sent, and goes on as the person decides.
pub(crate) async fn a_conflict_is_seen_before_anything_is_sent(
    server: &Server,
) -> Result<(), Failure> {
    let traits = json!({ "email": "ada@example.org", "nickname": "Ada", "name": {} });
    let here = server.register(&traits).await?;
    let there = server.log_in("ada@example.org").await?;
    let client = server.client()?;
    let base = shown(&here).await?;
    saved(
        client
            .settings(&there.session)
            .update(&rename("Countess"))
            .await,
    )?;

    let settings = client.settings(&here.session).based_on(&base);
    let outcome = ended(settings.update(&rename("Lovelace")).await)?;
    let Outcome::Conflict(conflict) = outcome else {
        return Err(Failure::new(format_args!("{outcome:?}")));
    };
    let [one] = &conflict.traits[..] else {
        return Err(Failure::new(format_args!("{conflict:?}")));
    };
    let texts =
        [&one.base, &one.ours, &one.theirs].map(|value| value.as_ref().map(|one| one.get()));
    assert_eq!(
        texts,
        [Some("\"Ada\""), Some("\"Lovelace\""), Some("\"Countess\"")]
    );
    assert_eq!(stored_nickname(&here).await?, "Countess");

    let kept = conflict.clone().keep_theirs();
    saved(client.settings(&here.session).resume(kept).await)?;
    assert_eq!(stored_nickname(&here).await?, "Countess");
    saved(
        client
            .settings(&here.session)
            .resume(conflict.overwrite())
            .await,
    )?;
    assert_eq!(stored_nickname(&here).await?, "Lovelace");
    Ok(())
}

/// Both get a flow, then both submit: the second submit restores the old nickname, which no answer tells, because
/// Kratos has no lock. The next update of the first person ends in a conflict.
pub(crate) async fn a_save_that_is_undone_ends_in_a_conflict(
    server: &Server,
) -> Result<(), Failure> {
    let traits = json!({ "email": "ada@example.org", "nickname": "Ada", "name": {} });
    let here = server.register(&traits).await?;
    let there = server.log_in("ada@example.org").await?;
    let result = Arc::new(Mutex::new(None));
    let wire = {
        let (client, session) = (server.client()?, here.session.clone());
        let result = Arc::clone(&result);
        Wire::interrupted(Method::POST, async move {
            let countess = rename("Countess");
            let ended = client.settings(&session).update(&countess).await;
            *result.lock().expect("no panic elsewhere") = Some(ended);
        })?
    };
    let client = server.client_over(wire)?;
    let settings = client.settings(&there.session);
    saved(settings.update(&name(Some("Ada"), None)).await)?;
    let ended_here = result.lock().expect("no panic elsewhere").take();
    let saved_here = saved(ended_here.ok_or_else(|| Failure::new("nothing was sent"))?)?;
    assert!(saved_here.is_as_sent(), "nothing has happened yet");
    assert_eq!(stored_nickname(&here).await?, "Ada", "taken back");

    let client = server.client()?;
    let settings = client.settings(&here.session);
    let settings = settings.based_on(saved_here.identity.traits.raw());
    let outcome = ended(settings.update(&rename("Lovelace")).await)?;
    let Outcome::Conflict(conflict) = outcome else {
        return Err(Failure::new(format_args!("{outcome:?}")));
    };
    let [one] = &conflict.traits[..] else {
        return Err(Failure::new(format_args!("{conflict:?}")));
    };
    let [base, theirs] = [&one.base, &one.theirs].map(|value| value.as_ref().map(|one| one.get()));
    assert_eq!((base, theirs), (Some("\"Countess\""), Some("\"Ada\"")));
    Ok(())
}

async fn stored_nickname(person: &Person) -> Result<Value, Failure> {
    Ok(person.traits().await?["nickname"].take())
}
