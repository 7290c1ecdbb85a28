//! Two clients change one identity through the admin API at the same time.

#![allow(
    clippy::print_stdout,
    reason = "the number of lost saves differs from run to run"
)]

use kratos_traits::{AdminClient, AdminOutcome, Patch, RawTraits};
use kratos_traits_tests::kratos::Failure;
use kratos_traits_tests::schemas::customer::{CustomerTraits, CustomerTraitsName};
use kratos_traits_tests::server::Server;
use serde_json::json;

const ROUNDS: usize = 200;
/// How often one save may fail because the database is busy.
const FAILURES: usize = 50;

/// An update that sets a trait to a numbered value.
type Numbered = fn(usize) -> Patch<CustomerTraits>;

fn nickname(n: usize) -> Patch<CustomerTraits> {
    let mut patch = Patch::new();
    patch.set(CustomerTraits::NICKNAME, format!("Ada {n}"));
    patch
}

fn name(n: usize) -> Patch<CustomerTraits> {
    let (first, last) = (Some(format!("Ada {n}")), None);
    let mut patch = Patch::new();
    patch.set(CustomerTraits::NAME, CustomerTraitsName { first, last });
    patch
}

/// Saves without a base, and returns the saved traits.
async fn save(
    admin: &AdminClient,
    id: &str,
    update: &Patch<CustomerTraits>,
) -> Result<RawTraits, Failure> {
    for _ in 0..FAILURES {
        // All other outcomes come from the database, which gave up because of the other client.
        if let Ok(AdminOutcome::Saved(saved)) = admin.edit(id).update(update).await {
            return Ok(saved.identity.traits.raw().clone());
        }
    }
    Err(Failure::new("the database gave up every time"))
}

/// Kratos silently undoes a patch of another trait that was saved within the same milliseconds. The next
/// update that is based on the lost save ends in a conflict.
async fn an_undone_save_is_a_conflict_for_the_next_update() -> Result<(), Failure> {
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
    println!("{lost} of {} saves undone", 2 * ROUNDS);
    Ok(())
}

kratos_traits_tests::live! {
    an_undone_save_is_a_conflict_for_the_next_update,
}
