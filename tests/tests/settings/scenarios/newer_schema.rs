//! The schema of the server is newer than that of the application.

use kratos_traits::{Invalid, MessageId, Outcome, Patch, TraitPath};
use kratos_traits_tests::kratos::Failure;
use kratos_traits_tests::outcomes::{ended, saved, unexpected};
use kratos_traits_tests::schemas::customer::CustomerTraits;
use kratos_traits_tests::schemas::subscriber::SubscriberTraits;
use kratos_traits_tests::server::{
    Person, Server, changed_schema, drop_newsletter, lengthen_nickname, require_birthday,
    require_last_name,
};
use kratos_traits_tests::updaters::rename;
use kratos_traits_tests::wire::Wire;
use serde_json::{Value, json};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

/// A change of a schema, and traits that only the new schema accepts.
type Newer = (fn(&mut Value), Value);

/// Stored traits that the schema of the application does not accept do not stop an update of other traits.
pub(crate) async fn an_old_client_saves_what_it_knows(server: &Server) -> Result<(), Failure> {
    let newer: [Newer; 4] = [
        (
            |traits| traits["properties"]["loyalty"] = json!({ "type": "object" }),
            json!({ "loyalty": { "level": 3 } }),
        ),
        (
            |traits| traits["properties"]["newsletter"] = json!({ "type": "string" }),
            json!({ "newsletter": "weekly" }),
        ),
        (
            |traits| traits["properties"]["name"]["properties"]["first"] = json!({}),
            json!({ "name": { "first": "" } }),
        ),
        (
            |traits| traits["properties"]["name"] = json!({ "type": "string" }),
            json!({ "name": "Ada Lovelace" }),
        ),
    ];
    for (position, (change, stored)) in newer.into_iter().enumerate() {
        server.replace_schema(&changed_schema::<CustomerTraits>(change)?)?;
        let mut traits = stored;
        traits["email"] = json!(format!("ada{position}@example.org"));
        let ada = server.register(&traits).await?;
        let client = server.client()?;
        saved(
            client
                .settings(&ada.session)
                .update(&rename("Countess"))
                .await,
        )?;
        let mut after = ada.traits().await?;
        assert_eq!(after["nickname"].take(), json!("Countess"));
        for (name, value) in traits.as_object().into_iter().flatten() {
            assert_eq!(after[name], *value, "{name}");
        }
    }
    Ok(())
}

/// What Kratos finds wrong with an update.
async fn invalid(
    server: &Server,
    ada: &Person,
    patch: &Patch<CustomerTraits>,
) -> Result<Invalid, Failure> {
    let client = server.client()?;
    match ended(client.settings(&ada.session).update(patch).await)? {
        Outcome::Invalid(invalid) => Ok(invalid),
        other => Err(unexpected(&other)),
    }
}

pub(crate) async fn nobody_is_blamed_for_a_newer_rule(server: &Server) -> Result<(), Failure> {
    let email = json!({ "email": "ada@example.org", "nickname": "Ada", "newsletter": true, "name": { "first": "Ada" } });
    let ada = server.register(&email).await?;
    let nickname = |name: &str| {
        let mut patch = Patch::<CustomerTraits>::new();
        patch.set(CustomerTraits::NICKNAME, name);
        patch
    };

    type Newer = (fn(&mut Value), &'static str, MessageId);
    let newer: [Newer; 3] = [
        (require_birthday, "birthday", MessageId::REQUIRED),
        (require_last_name, "name.last", MessageId::REQUIRED),
        (drop_newsletter, "", MessageId::INVALID),
    ];
    for (change, path, id) in newer {
        server.replace_schema(&changed_schema::<CustomerTraits>(change)?)?;
        let invalid = invalid(server, &ada, &nickname("Countess")).await?;
        assert!(invalid.caused().is_empty(), "{path}: {invalid:?}");
        let found = &invalid.stored()[0];
        assert_eq!(
            (&found.path, found.message.id),
            (&TraitPath::parse(path), id)
        );
    }

    // The trait that the schema no longer has can be removed.
    let mut patch = nickname("Countess");
    patch.remove(CustomerTraits::NEWSLETTER);
    let client = server.client()?;
    saved(client.settings(&ada.session).update(&patch).await)?;
    assert!(ada.traits().await?.get("newsletter").is_none());

    server.replace_schema(&changed_schema::<CustomerTraits>(lengthen_nickname)?)?;
    let invalid = invalid(server, &ada, &nickname("Lady")).await?;
    assert!(invalid.stored().is_empty(), "{invalid:?}");
    assert_eq!(invalid.caused()[0].path, TraitPath::parse("nickname"));
    assert_eq!(invalid.caused()[0].message.id, MessageId::MIN_LENGTH);
    Ok(())
}

/// We send an empty array where Kratos's decoder would fill in an object. If the schema of the server wants something else, the
/// update is submitted once more without it.
pub(crate) async fn an_array_that_is_refused_is_left_out(server: &Server) -> Result<(), Failure> {
    server.replace_schema(&changed_schema::<SubscriberTraits>(|traits| {
        traits["properties"]["gifts"] = json!({ "type": "object" });
    })?)?;
    let traits = json!({ "email": "ada@example.org", "type": "private", "consent": true });
    let ada = server.register(&traits).await?;
    // The registration filled it in.
    let remove = json!([{ "op": "remove", "path": "/traits/gifts" }]);
    server.patch(&ada.id().await?, &remove).await?;
    let count = Arc::new(AtomicUsize::new(0));
    let requests = Arc::clone(&count);
    let wire = Wire::new(move |_| {
        requests.fetch_add(1, Ordering::Relaxed);
    })?;
    let client = server.client_over(wire)?;
    let mut patch = Patch::<SubscriberTraits>::new();
    patch.set(SubscriberTraits::COPIES, 2);
    saved(client.settings(&ada.session).update(&patch).await)?;
    assert_eq!(ada.traits().await?["copies"], json!(2));
    assert_eq!(count.load(Ordering::Relaxed), 3);
    Ok(())
}
