//! Finding people.

use kratos_traits::Identity;
use kratos_traits::admin::Lookup;
use kratos_traits_tests::kratos::Failure;
use kratos_traits_tests::outcomes::ended;
use kratos_traits_tests::schemas::customer::CustomerTraits;
use kratos_traits_tests::server::Server;
use serde_json::json;

/// By id and by identifier, with what only the admin API shows.
pub(crate) async fn identities_are_found(server: &Server) -> Result<(), Failure> {
    server
        .register(&json!({ "email": "grace@example.org" }))
        .await?;
    let ada = server
        .register(&json!({ "email": "ada+1@example.org", "nickname": "Ada" }))
        .await?;
    let id = ada.id().await?;
    let notes = json!([{ "op": "add", "path": "/metadata_admin", "value": { "note": "vip" } }]);
    server.patch(&id, &notes).await?;
    let admin = server.admin()?;
    for lookup in [
        ended(admin.identity::<CustomerTraits>(&id).await)?,
        ended(admin.identity_by_identifier("ADA+1@example.org").await)?,
    ] {
        let found = found(lookup)?;
        assert_eq!(found.id, id);
        assert_eq!(found.schema_id, "default");
        let typed = found.traits.typed();
        let typed = typed.map_err(|outdated| Failure::because("the traits", outdated))?;
        assert_eq!(typed.nickname.as_deref(), Some("Ada"));
        let notes = found.raw_metadata_admin().map(|raw| raw.get());
        assert_eq!(notes, Some(r#"{"note":"vip"}"#));
        assert!(found.raw_metadata_public().is_none());
        let unverified: Vec<_> = found.unverified_addresses().map(|one| &one.value).collect();
        assert_eq!(unverified, ["ada+1@example.org"]);
    }
    let nobody = admin.identity_by_identifier::<CustomerTraits>("nobody@example.org");
    let nobody = ended(nobody.await)?;
    assert!(matches!(nobody, Lookup::NotFound), "{nobody:?}");
    // Kratos would show everybody.
    let everybody = admin.identity_by_identifier::<CustomerTraits>("").await;
    assert!(everybody.is_err(), "{everybody:?}");
    Ok(())
}

fn found(lookup: Lookup<CustomerTraits>) -> Result<Identity<CustomerTraits>, Failure> {
    match lookup {
        Lookup::Found(found) => Ok(*found),
        other => Err(Failure::new(format_args!("not found: {other:?}"))),
    }
}
