//! Two sessions of one person, who change traits on what they saw.

use kratos_traits::client::{HttpClient, Limits, Reqwest};
use kratos_traits::exchange::{Exchange, Step};
use kratos_traits::flow::Update;
use kratos_traits::{Outcome, Patch, PublicUrl, RawTraits, SettingsUpdate};
use serde_json::{Value, json};

use super::updaters::Rename;
use super::{ended, saved};
use crate::kratos::Failure;
use crate::schemas::customer::{CustomerTraits, CustomerTraitsName};
use crate::server::{Person, Server};

/// The traits that fill a form.
async fn shown(person: &Person) -> Result<RawTraits, Failure> {
    let traits = person.traits().await?.to_string();
    RawTraits::parse(&traits).map_err(|error| Failure::because("the traits", &error))
}

fn nickname(nickname: &str) -> Rename {
    Rename {
        nickname: Some(Some(nickname.to_owned())),
    }
}

fn name(first: Option<&str>, last: Option<&str>) -> Patch<CustomerTraits> {
    let mut patch = Patch::new();
    let [first, last] = [first, last].map(|name| name.map(str::to_owned));
    patch.set(CustomerTraits::NAME, CustomerTraitsName { first, last });
    patch
}

/// Two forms, filled at the same time and sent one after the other: one trait each, and one member each of an
/// object that both set as a whole.
pub async fn different_traits_merge(server: &Server) -> Result<(), Failure> {
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
    assert!(saved_name.differing.is_empty(), "{saved_name:?}");
    saved(settings().update(&nickname("Countess")).await)?;

    let expected = json!({
        "email": "ada@example.org",
        "name": { "first": "Augusta", "last": "Lovelace" },
        "nickname": "Countess",
    });
    assert_eq!(here.traits().await?, expected);
    Ok(())
}

/// Both forms change the nickname: the second one is not sent, and goes on as the person decides.
pub async fn a_conflict_is_seen_before_anything_is_sent(server: &Server) -> Result<(), Failure> {
    let traits = json!({ "email": "ada@example.org", "nickname": "Ada", "name": {} });
    let here = server.register(&traits).await?;
    let there = server.log_in("ada@example.org").await?;
    let client = server.client()?;
    let base = shown(&here).await?;
    saved(
        client
            .settings(&there.session)
            .update(&nickname("Countess"))
            .await,
    )?;

    let settings = client.settings(&here.session).based_on(&base);
    let outcome = ended(settings.update(&nickname("Lovelace")).await)?;
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

/// Both ask for the traits, then both submit: the second takes the first one's nickname back, and nobody is
/// told. Kratos has no lock. The first one's next update tells.
pub async fn who_loses_a_race_learns_of_it(server: &Server) -> Result<(), Failure> {
    let traits = json!({ "email": "ada@example.org", "nickname": "Ada", "name": {} });
    let here = server.register(&traits).await?;
    let there = server.log_in("ada@example.org").await?;
    let submit_here = step(started(server, &here, &nickname("Countess"))?).await?;
    let submit_there = step(started(server, &there, &name(Some("Ada"), None))?).await?;
    let (Step::Next(submit_here), Step::Next(submit_there)) = (submit_here, submit_there) else {
        return Err(Failure::new("nothing was to be sent"));
    };
    let Step::Done(Outcome::Saved(saved_here)) = step(submit_here).await? else {
        return Err(Failure::new("the first one was not saved"));
    };
    assert!(saved_here.is_as_sent(), "nothing has happened yet");
    let Step::Done(Outcome::Saved(_)) = step(submit_there).await? else {
        return Err(Failure::new("the second one was not saved"));
    };
    assert_eq!(stored_nickname(&here).await?, "Ada", "taken back");

    let client = server.client()?;
    let settings = client.settings(&here.session);
    let settings = settings.based_on(saved_here.identity.traits.raw());
    let outcome = ended(settings.update(&nickname("Lovelace")).await)?;
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

fn started(
    server: &Server,
    person: &Person,
    update: &impl SettingsUpdate<Traits = CustomerTraits>,
) -> Result<Update<CustomerTraits>, Failure> {
    let url: PublicUrl =
        (server.public_url().parse()).map_err(|error| Failure::because("the base URL", &error))?;
    Ok(Update::native(url, person.session.clone(), update.patch()))
}

/// One request.
async fn step(exchange: Update<CustomerTraits>) -> Result<Step<Update<CustomerTraits>>, Failure> {
    let http = Reqwest::new().map_err(|error| Failure::because("no client", &error))?;
    let request = exchange.request();
    let request = request.map_err(|error| Failure::because("no request", &error))?;
    let answer = http.send(request, &Limits::default()).await;
    let answer = answer.map_err(|error| Failure::because("no answer", &error))?;
    let step = exchange.receive(&answer);
    step.map_err(|error| Failure::because("no outcome", &error))
}

async fn stored_nickname(person: &Person) -> Result<Value, Failure> {
    Ok(person.traits().await?["nickname"].take())
}
