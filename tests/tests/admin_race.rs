//! Several clients change one person through the admin API, as fast as they can.

#![allow(
    clippy::print_stdout,
    reason = "how much was lost differs from run to run"
)]

use kratos_traits::admin::{Compared, Lookup};
use kratos_traits::{AdminClient, AdminOutcome, Edits, RawTraits};
use kratos_traits_tests::kratos::Failure;
use kratos_traits_tests::scenarios::updaters::ChangeCopies;
use kratos_traits_tests::schemas::customer::{CustomerTraits, CustomerTraitsName};
use kratos_traits_tests::schemas::subscriber::SubscriberTraits;
use kratos_traits_tests::server::Server;
use serde_json::json;

const CLIENTS: usize = 4;
const EACH: usize = 25;
const ROUNDS: usize = 200;
/// How often one save may fail for the sake of the database.
const FAILURES: usize = 50;

/// Counts one up, from the number that was read, as often as somebody else is faster.
async fn count_up(admin: &AdminClient, id: &str) -> Result<(), Failure> {
    loop {
        let lookup = admin.identity::<SubscriberTraits>(id).await;
        let lookup = lookup.map_err(|error| Failure::because("reading", &error))?;
        let Lookup::Found(seen) = lookup else {
            return Err(Failure::new(format_args!("{lookup:?}")));
        };
        let typed = seen.traits.typed();
        let typed = typed.map_err(|outdated| Failure::because("the traits", outdated))?;
        let update = ChangeCopies {
            copies: typed.copies.unwrap_or_default() + 1,
        };
        let base = seen.traits.raw();
        let edit = admin.edit(id).based_on(base).only_if_compared();
        let outcome = edit.update(&update).await;
        match outcome.map_err(|error| Failure::because("no outcome", &error))? {
            // Somebody else wrote the same number: theirs counts, ours does not.
            AdminOutcome::Saved(saved) if saved.compared == Compared::NothingSent => {}
            AdminOutcome::Saved(_) => return Ok(()),
            AdminOutcome::Conflict(_) => {}
            other => return Err(Failure::new(format_args!("{other:?}"))),
        }
    }
}

/// Where the server compares old values itself, nothing is lost.
#[tokio::test(flavor = "multi_thread")]
async fn no_count_is_lost() -> Result<(), Failure> {
    let server = Server::fake::<SubscriberTraits>().await?;
    if let Server::Fake(fake) = &server {
        fake.take_patch_tests(true);
    }
    let traits = json!({
        "email": "ada@example.org", "type": "private", "consent": true, "copies": 1, "gifts": [],
    });
    let ada = server.register(&traits).await?;
    let id = ada.id().await?;
    let mut clients = tokio::task::JoinSet::new();
    for _ in 0..CLIENTS {
        let (admin, id) = (server.admin()?, id.clone());
        clients.spawn(async move {
            for _ in 0..EACH {
                count_up(&admin, &id).await?;
            }
            Ok::<(), Failure>(())
        });
    }
    while let Some(ended) = clients.join_next().await {
        ended.map_err(|error| Failure::because("a client", &error))??;
    }
    assert_eq!(ada.traits().await?["copies"], 1 + CLIENTS * EACH);
    Ok(())
}

/// A trait with a value, of which there are many.
type Numbered = fn(usize) -> Edits<CustomerTraits>;

fn nickname(n: usize) -> Edits<CustomerTraits> {
    let mut edits = Edits::new();
    edits.set(CustomerTraits::NICKNAME, format!("Ada {n}"));
    edits
}

fn name(n: usize) -> Edits<CustomerTraits> {
    let (first, last) = (Some(format!("Ada {n}")), None);
    let mut edits = Edits::new();
    edits.set(CustomerTraits::NAME, CustomerTraitsName { first, last });
    edits
}

/// Saves over whatever is stored; the traits of the save.
async fn save(
    admin: &AdminClient,
    id: &str,
    update: &Edits<CustomerTraits>,
) -> Result<RawTraits, Failure> {
    for _ in 0..FAILURES {
        // Whatever else comes is the database's, which gave up for the sake of the other writer.
        if let Ok(AdminOutcome::Saved(saved)) = admin.edit(id).update(update).await {
            return Ok(saved.identity.traits.raw().clone());
        }
    }
    Err(Failure::new("the database gave up for good"))
}

/// Kratos takes back what another patch has written in the same milliseconds, of whatever trait, and says
/// nothing: the next update that is based on the last save does.
#[tokio::test(flavor = "multi_thread")]
#[cfg_attr(
    not(feature = "live"),
    ignore = "needs --features live: builds and starts a real Kratos"
)]
async fn whoever_lost_other_traits_is_told() -> Result<(), Failure> {
    let server = Server::real_on_disk::<CustomerTraits>().await?;
    let first =
        json!({ "email": "ada@example.org", "nickname": "Ada", "name": { "first": "Ada" } });
    let ada = server.register(&first).await?;
    let id = ada.id().await?;
    let (one, other) = (server.admin()?, server.admin()?);
    let (mut lost, writers): (usize, [Numbered; 2]) = (0, [nickname, name]);
    for n in 0..ROUNDS {
        let updates = writers.map(|update| update(n));
        let (a, b) = tokio::join!(save(&one, &id, &updates[0]), save(&other, &id, &updates[1]));
        let stored = ada.traits().await?;
        let ours = format!("Ada {n}");
        let kept = [stored["nickname"] == ours, stored["name"]["first"] == ours];
        for ((base, kept), update) in [a?, b?].iter().zip(kept).zip(writers) {
            lost += usize::from(!kept);
            let next = one.edit(&id).based_on(base);
            let next = next.update(&update(n + ROUNDS)).await;
            match next.map_err(|error| Failure::because("no outcome", &error))? {
                AdminOutcome::Conflict(_) if !kept => {}
                AdminOutcome::Saved(_) if kept => {}
                other => return Err(Failure::new(format_args!("kept: {kept}, {other:?}"))),
            }
        }
    }
    println!("{lost} of {} saves taken back", 2 * ROUNDS);
    Ok(())
}
