//! Another client changes the same identity at the same time.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use http::Method;
use kratos_traits::admin::Lookup;
use kratos_traits::settings::TraitConflict;
use kratos_traits::{AdminOutcome, SettingsUpdate, Unprivileged};
use kratos_traits_tests::kratos::Failure;
use kratos_traits_tests::outcomes::{ended, saved_by_admin};
use kratos_traits_tests::schemas::customer::CustomerTraits;
use kratos_traits_tests::server::{Server, patch};
use kratos_traits_tests::updaters::rename;
use kratos_traits_tests::wire::Wire;
use serde_json::{Value, json};

/// Between our two requests, another client changes other traits: both changes are kept.
pub(crate) async fn changes_of_other_traits_are_kept(server: &Server) -> Result<(), Failure> {
    let ada = server
        .register(&json!({ "email": "ada@example.org" }))
        .await?;
    let id = ada.id().await?;
    let meanwhile = json!([
        { "op": "add", "path": "/traits/newsletter", "value": true },
        { "op": "add", "path": "/traits/name", "value": { "first": "Ada" } },
    ]);
    let outcome = interrupted(server, &id, &rename("Countess"), &meanwhile).await?;
    assert!(matches!(outcome, AdminOutcome::Saved(_)), "{outcome:?}");
    let traits = ada.traits().await?;
    assert_eq!(traits["nickname"], "Countess");
    assert_eq!(traits["newsletter"], true);
    assert_eq!(traits["name"]["first"], "Ada");
    Ok(())
}

/// Between our two requests, another client saves another value of the same trait: it is overwritten,
/// because Kratos has no conditional write. This pins the limit that the documentation states.
pub(crate) async fn a_change_between_the_requests_is_overwritten(
    server: &Server,
) -> Result<(), Failure> {
    let ada = server
        .register(&json!({ "email": "ada@example.org" }))
        .await?;
    let id = ada.id().await?;
    for theirs in ["Lady", "Countess"] {
        let meanwhile = json!([{ "op": "add", "path": "/traits/nickname", "value": theirs }]);
        let outcome = interrupted(server, &id, &rename("Ada"), &meanwhile).await?;
        assert!(matches!(outcome, AdminOutcome::Saved(_)), "{outcome:?}");
        assert_eq!(ada.traits().await?["nickname"], "Ada");
        let remove = json!([{ "op": "remove", "path": "/traits/nickname" }]);
        server.patch(&id, &remove).await?;
    }
    // A condition in the patch itself is refused, also one that holds.
    let nickname = json!([{ "op": "add", "path": "/traits/nickname", "value": "Ada" }]);
    server.patch(&id, &nickname).await?;
    for value in ["Ada", "Lady"] {
        let test = json!([{ "op": "test", "path": "/traits/nickname", "value": value }]);
        assert!(server.patch(&id, &test).await.is_err(), "{value}");
    }
    Ok(())
}

/// The update is based on traits that the application has read before.
pub(crate) async fn a_conflict_has_all_three_values(server: &Server) -> Result<(), Failure> {
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

    // Without a base, the update overwrites the value.
    saved_by_admin(admin.edit(&id).update(&rename("Countess")).await)?;
    assert_eq!(ada.traits().await?["nickname"], "Countess");
    Ok(())
}

/// A trait that another client removes between our two requests is not restored.
pub(crate) async fn a_trait_removed_between_the_requests_stays_removed(
    server: &Server,
) -> Result<(), Failure> {
    let first = json!({ "email": "ada@example.org", "nickname": "Ada", "name": { "first": "A" } });
    let ada = server.register(&first).await?;
    let id = ada.id().await?;
    let meanwhile = json!([{ "op": "remove", "path": "/traits/nickname" }]);
    let outcome = interrupted(server, &id, &rename("Countess"), &meanwhile).await?;
    let AdminOutcome::Conflict(conflicts) = outcome else {
        return Err(Failure::new(format_args!("no conflict: {outcome:?}")));
    };
    let expected = [Some(json!("Ada")), Some(json!("Countess")), None];
    assert_eq!(values(&conflicts)?, expected);
    assert!(ada.traits().await?.get("nickname").is_none());
    Ok(())
}

/// Two clients set different members of an absent object at the same time: both members are kept.
pub(crate) async fn members_of_a_new_object_are_merged(server: &Server) -> Result<(), Failure> {
    let ada = server
        .register(&json!({ "email": "ada@example.org" }))
        .await?;
    let id = ada.id().await?;
    let without = json!([{ "op": "add", "path": "/traits/name", "value": {} },
        { "op": "remove", "path": "/traits/name" }]);
    server.patch(&id, &without).await?;
    let first = GiveFirstName { first: "Ada" };
    let meanwhile = json!([{ "op": "add", "path": "/traits/name", "value": { "last": "King" } }]);
    let saved = match interrupted(server, &id, &first, &meanwhile).await? {
        AdminOutcome::Saved(saved) => saved,
        other => return Err(Failure::new(format_args!("not saved: {other:?}"))),
    };
    assert!(saved.is_as_sent(), "{saved:?}");
    assert!(saved.differences.is_empty(), "{saved:?}");
    let both = json!({ "first": "Ada", "last": "King" });
    assert_eq!(ada.traits().await?["name"], both);
    Ok(())
}

#[derive(SettingsUpdate)]
#[kratos(traits = CustomerTraits)]
struct GiveFirstName<'a> {
    #[kratos(path = "name.first")]
    first: &'a str,
}

/// The outcome of an update when another client patches the identity between its two requests.
async fn interrupted<U: Unprivileged<Traits = CustomerTraits>>(
    server: &Server,
    id: &str,
    update: &U,
    meanwhile: &Value,
) -> Result<AdminOutcome<CustomerTraits>, Failure> {
    let (url, person, operations) = (server.admin_url(), id.to_owned(), meanwhile.clone());
    let done = Arc::new(AtomicBool::new(false));
    let wire = {
        let done = Arc::clone(&done);
        Wire::interrupted(Method::PATCH, async move {
            let patched = patch(&url, &person, &operations).await;
            done.store(patched.is_ok(), Ordering::Relaxed);
        })?
    };
    let admin = server.admin_over(wire)?;
    let outcome = ended(admin.edit(id).update(update).await)?;
    if !done.load(Ordering::Relaxed) {
        return Err(Failure::new("the other client changed nothing"));
    }
    Ok(outcome)
}

/// Base, ours and theirs of the only conflict, which is on the nickname.
fn values(conflicts: &[TraitConflict]) -> Result<[Option<Value>; 3], Failure> {
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
