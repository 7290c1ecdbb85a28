//! Several clients change one trait of one person through the admin API, as fast as they can.

use kratos_traits::admin::{Compared, Lookup};
use kratos_traits::{AdminClient, AdminOutcome};
use kratos_traits_tests::kratos::Failure;
use kratos_traits_tests::scenarios::updaters::ChangeCopies;
use kratos_traits_tests::schemas::subscriber::SubscriberTraits;
use kratos_traits_tests::server::Server;
use serde_json::json;

const CLIENTS: usize = 4;
const EACH: usize = 25;

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
