//! Somebody else changes the same person meanwhile.

use http::{Method, Request};
use kratos_traits::AdminOutcome;
use kratos_traits::admin::{AdminUpdate, Compared, Lookup};
use kratos_traits::client::{HttpClient, Limits, Reqwest};
use kratos_traits::exchange::{Exchange, Step};
use kratos_traits::flow::Conflicted;
use kratos_traits::{SettingsUpdate, Unprivileged};
use serde_json::{Value, json};

use super::{ended, rename, saved};
use crate::kratos::Failure;
use crate::schemas::customer::CustomerTraits;
use crate::server::Server;

/// Between our reading and our patch, somebody adds the trait that was absent, or changes it: theirs
/// stays, whether the server compares old values itself or we do.
pub async fn whoever_was_first_stays(server: &Server) -> Result<(), Failure> {
    let ada = server
        .register(&json!({ "email": "ada@example.org" }))
        .await?;
    let id = ada.id().await?;
    for theirs in ["Countess", "Lady"] {
        let before = ada.traits().await?;
        let meanwhile = json!([{ "op": "add", "path": "/traits/nickname", "value": theirs }]);
        let outcome = interrupted(server, &id, &rename("Ada"), any, &meanwhile).await?;
        let AdminOutcome::Conflict(conflicts) = outcome else {
            return Err(Failure::new(format_args!("no conflict: {outcome:?}")));
        };
        let expected = [
            before.get("nickname"),
            Some(&json!("Ada")),
            Some(&json!(theirs)),
        ];
        assert_eq!(values(&conflicts)?, expected.map(|one| one.cloned()));
        assert_eq!(ada.traits().await?["nickname"], theirs);
    }
    Ok(())
}

/// Between our reading and our patch, somebody changes another trait: both changes are there.
pub async fn what_others_change_stays(server: &Server) -> Result<(), Failure> {
    let ada = server
        .register(&json!({ "email": "ada@example.org" }))
        .await?;
    let id = ada.id().await?;
    let meanwhile = json!([
        { "op": "add", "path": "/traits/newsletter", "value": true },
        { "op": "add", "path": "/traits/name", "value": { "first": "Ada" } },
    ]);
    let outcome = interrupted(server, &id, &rename("Countess"), any, &meanwhile).await?;
    assert!(matches!(outcome, AdminOutcome::Saved(_)), "{outcome:?}");
    let traits = ada.traits().await?;
    assert_eq!(traits["nickname"], "Countess");
    assert_eq!(traits["newsletter"], true);
    assert_eq!(traits["name"]["first"], "Ada");
    // And when both ask for the same, both have it.
    let meanwhile = json!([{ "op": "add", "path": "/traits/nickname", "value": "Lady" }]);
    let outcome = interrupted(server, &id, &rename("Lady"), any, &meanwhile).await?;
    assert!(matches!(outcome, AdminOutcome::Saved(_)), "{outcome:?}");
    Ok(())
}

/// An update that was made on traits which the application has read before.
pub async fn a_conflict_is_told_with_all_three_values(server: &Server) -> Result<(), Failure> {
    let ada = server
        .register(&json!({ "email": "ada@example.org", "nickname": "Ada" }))
        .await?;
    let id = ada.id().await?;
    let admin = server.admin()?;
    let Lookup::Found(seen) = ended(admin.identity::<CustomerTraits>(&id).await)? else {
        return Err(Failure::new("nobody is found"));
    };
    let theirs = json!([{ "op": "replace", "path": "/traits/nickname", "value": "Lady" }]);
    server.patch(&id, &theirs).await?;

    let edit = admin.edit(&id).based_on(seen.traits.raw());
    let outcome = ended(edit.update(&rename("Countess")).await)?;
    let AdminOutcome::Conflict(conflicts) = outcome else {
        return Err(Failure::new(format_args!("no conflict: {outcome:?}")));
    };
    let expected = ["Ada", "Countess", "Lady"].map(|value| Some(json!(value)));
    assert_eq!(values(&conflicts)?, expected);

    // Without them it is an update of what is there now.
    saved(admin.edit(&id).update(&rename("Countess")).await)?;
    assert_eq!(ada.traits().await?["nickname"], "Countess");
    Ok(())
}

/// Whoever insists on the server's own comparison gets it, or nothing is changed.
pub async fn the_server_compares_or_says_that_it_does_not(server: &Server) -> Result<(), Failure> {
    let ada = server
        .register(&json!({ "email": "ada@example.org" }))
        .await?;
    let before = ada.traits().await?;
    let id = ada.id().await?;
    let admin = server.admin()?;
    // The second time, the client knows already.
    for _ in 0..2 {
        let edit = admin.edit(&id).only_if_compared();
        match ended(edit.update(&rename("Countess")).await)? {
            AdminOutcome::NotCompared => assert_eq!(ada.traits().await?, before),
            AdminOutcome::Saved(saved) => assert_ne!(saved.compared, Compared::JustBefore),
            other => return Err(Failure::new(format_args!("{other:?}"))),
        }
    }
    Ok(())
}

/// A server that compares no old values notices all the same when the trait, or the object that it is
/// in, is gone in the last moment: it does not come back in silence.
pub async fn what_is_removed_in_the_last_moment_stays_so(server: &Server) -> Result<(), Failure> {
    let first = json!({ "email": "ada@example.org", "nickname": "Ada", "name": { "first": "A" } });
    let ada = server.register(&first).await?;
    let id = ada.id().await?;
    let meanwhile = json!([{ "op": "remove", "path": "/traits/nickname" }]);
    let outcome = interrupted(server, &id, &rename("Countess"), is_last, &meanwhile).await?;
    if matches!(&outcome, AdminOutcome::Saved(saved) if saved.compared == Compared::ByServer) {
        // There is no such moment, and nobody came between.
        return Ok(());
    }
    let AdminOutcome::Conflict(conflicts) = outcome else {
        return Err(Failure::new(format_args!("no conflict: {outcome:?}")));
    };
    let expected = [Some(json!("Ada")), Some(json!("Countess")), None];
    assert_eq!(values(&conflicts)?, expected);
    assert!(ada.traits().await?.get("nickname").is_none());
    Ok(())
}

/// Two give the parts of an object that was not there, in the last moment: both parts are there.
pub async fn parts_of_a_new_object_meet(server: &Server) -> Result<(), Failure> {
    let ada = server
        .register(&json!({ "email": "ada@example.org" }))
        .await?;
    let id = ada.id().await?;
    let without = json!([{ "op": "add", "path": "/traits/name", "value": {} },
        { "op": "remove", "path": "/traits/name" }]);
    server.patch(&id, &without).await?;
    let first = GiveFirstName { first: "Ada" };
    let meanwhile = json!([{ "op": "add", "path": "/traits/name", "value": { "last": "King" } }]);
    let saved = match interrupted(server, &id, &first, is_last, &meanwhile).await? {
        AdminOutcome::Saved(saved) => saved,
        other => return Err(Failure::new(format_args!("not saved: {other:?}"))),
    };
    if saved.compared == Compared::JustBefore {
        assert!(saved.is_as_sent(), "{saved:?}");
        assert!(saved.differing.is_empty(), "{saved:?}");
        let both = json!({ "first": "Ada", "last": "King" });
        assert_eq!(ada.traits().await?["name"], both);
    }
    Ok(())
}

#[derive(SettingsUpdate)]
#[kratos(traits = CustomerTraits)]
struct GiveFirstName<'a> {
    #[kratos(path = "name.first")]
    first: &'a str,
}

/// Whether it is the last request to a server that compares no old values.
fn is_last(request: &Request<Vec<u8>>) -> bool {
    let body = String::from_utf8_lossy(request.body());
    request.method() == Method::PATCH && !body.contains(r#""test""#)
}

/// Whatever the request is.
fn any(_: &Request<Vec<u8>>) -> bool {
    true
}

/// How an update ends when somebody else patches the person: right before the first such request that
/// is not the very first.
async fn interrupted<U: Unprivileged<Traits = CustomerTraits>>(
    server: &Server,
    id: &str,
    update: &U,
    when: impl Fn(&Request<Vec<u8>>) -> bool,
    meanwhile: &Value,
) -> Result<AdminOutcome<CustomerTraits>, Failure> {
    let url = server.admin_url().parse();
    let url = url.map_err(|error| Failure::because("the admin URL", &error))?;
    let http = Reqwest::new().map_err(|error| Failure::because("no client", &error))?;
    let mut exchange = AdminUpdate::new(url, id, update);
    let (limits, mut meanwhile) = (Limits::default(), Some(meanwhile));
    let mut is_first = true;
    loop {
        let phase = exchange.phase();
        let request = ended(exchange.request())?;
        let second = !is_first && when(&request);
        if let Some(operations) = meanwhile.take_if(|_| second) {
            server.patch(id, operations).await?;
        }
        is_first = false;
        let answer = http.send(request, &limits);
        let answer = ended(answer.await.map_err(|error| error.during(phase)))?;
        match ended(exchange.receive(&answer))? {
            Step::Next(next) => exchange = next,
            Step::Done(outcome) => return Ok(outcome),
        }
    }
}

/// Base, ours and theirs of the only conflict, which is about the nickname.
fn values(conflicts: &[Conflicted]) -> Result<[Option<Value>; 3], Failure> {
    let [one] = conflicts else {
        return Err(Failure::new(format_args!("{conflicts:?}")));
    };
    assert_eq!(one.path.to_string(), "nickname");
    let value = |raw: &Option<Box<_>>| -> Option<Value> {
        let raw: &serde_json::value::RawValue = raw.as_deref()?;
        serde_json::from_str(raw.get()).ok()
    };
    Ok([value(&one.base), value(&one.ours), value(&one.theirs)])
}
