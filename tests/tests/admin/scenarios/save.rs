//! Changes that are saved.

use std::collections::BTreeMap;

use http::Method;
use kratos_traits::Outcome;
use kratos_traits::admin::Lookup;
use kratos_traits_tests::kratos::Failure;
use kratos_traits_tests::outcomes::saved_by_admin;
use kratos_traits_tests::schemas::customer::CustomerTraits;
use kratos_traits_tests::server::Server;
use kratos_traits_tests::updaters::{ChangeAccounts, ChangeEmail, rename};
use serde_json::{Value, json};

/// For a person with a verified address and an old login, the settings flow of every released Kratos
/// refuses every change (ory/kratos#4435). The admin API saves it, and keeps everything else.
pub(crate) async fn an_ordinary_trait_needs_no_login(server: &Server) -> Result<(), Failure> {
    let ada = server
        .register(&json!({ "email": "ada@example.org", "newsletter": true }))
        .await?;
    let mut traits = ada.traits().await?;
    let id = ada.id().await?;
    let notes = json!([
        { "op": "replace", "path": "/verifiable_addresses/0/verified", "value": true },
        { "op": "replace", "path": "/verifiable_addresses/0/status", "value": "completed" },
        { "op": "add", "path": "/metadata_public", "value": { "tier": 1.50 } },
        { "op": "add", "path": "/metadata_admin", "value": { "note": "calls often" } },
    ]);
    let before = server.patch(&id, &notes).await?;
    assert_eq!(before["verifiable_addresses"][0]["verified"], true);
    server.age(&ada).await?;
    let update = rename("Countess");
    let asked = server.client()?;
    let asked = asked.settings(&ada.session).update(&update).await;
    assert!(
        matches!(asked, Ok(Outcome::ReauthenticationRequired(_))),
        "{asked:?}"
    );

    let saved = saved_by_admin(server.admin()?.edit(&id).update(&update).await)?;

    traits["nickname"] = json!("Countess");
    assert_eq!(ada.traits().await?, traits);
    assert_eq!(saved.identity.unverified_addresses().count(), 0);
    assert!(saved.differences.is_empty(), "{saved:?}");
    let after = server.patch(&id, &json!([])).await?;
    for kept in ["metadata_public", "metadata_admin", "verifiable_addresses"] {
        assert_eq!(after[kept], before[kept], "{kept}");
    }
    Ok(())
}

/// A privileged update changes an identifier: the new one logs in, the old one does not, and the new
/// address is listed as unverified.
pub(crate) async fn a_privileged_update_moves_the_login(server: &Server) -> Result<(), Failure> {
    let ada = server
        .register(&json!({ "email": "ada@example.org", "name": { "first": "Ada" } }))
        .await?;
    let update = ChangeEmail {
        email: "countess@example.org",
    };
    let admin = server.admin()?;
    let edit = admin.edit(&ada.id().await?);
    let saved = saved_by_admin(edit.update_privileged(&update).await)?;
    let unverified = saved.identity.unverified_addresses();
    let unverified: Vec<_> = unverified.map(|one| &one.value).collect();
    assert_eq!(unverified, ["countess@example.org"]);
    ada.log_in("countess@example.org").await?;
    assert!(ada.log_in("ada@example.org").await.is_err());
    let expected = json!({ "email": "countess@example.org", "name": { "first": "Ada" } });
    assert_eq!(ada.traits().await?, expected);
    Ok(())
}

/// An update that changes nothing takes one request, and the identity is not written.
pub(crate) async fn nothing_to_change_is_not_sent(server: &Server) -> Result<(), Failure> {
    let traits = json!({ "email": "ada@example.org", "nickname": "Ada" });
    let ada = server.register(&traits).await?;
    let id = ada.id().await?;
    let admin = server.admin()?;
    let updated_at = async || match admin.identity::<CustomerTraits>(&id).await {
        Ok(Lookup::Found(found)) => Ok(found.updated_at),
        other => Err(Failure::new(format_args!("not found: {other:?}"))),
    };
    let before = updated_at().await?;
    let saved = saved_by_admin(admin.edit(&id).update(&rename("Ada")).await)?;
    assert!(saved.differences.is_empty(), "{saved:?}");
    assert_eq!(updated_at().await?, before);
    if let Server::Fake(fake) = server {
        let requests = fake.requests();
        assert!(requests.iter().all(|(method, _)| method != Method::PATCH));
    }
    Ok(())
}

/// Member names with characters that are special in a JSON Pointer, a URL or Kratos.
pub(crate) async fn names_of_every_kind(server: &Server) -> Result<(), Failure> {
    let first = json!({
        "email": "ada@example.org",
        "type": "private",
        "consent": true,
        // Kratos refuses a registration without it.
        "gifts": [],
        "unknown to the schema": { "a": [1, null, "x"] },
    });
    let ada = server.register(&first).await?;
    let mut traits = ada.traits().await?;
    let id = ada.id().await?;
    let names = [
        "", "a/b", "~", "~1", "a.b", "ü", "-", "0", "%41", "a\"b\\", " ",
    ];
    let all = |value: &str| -> BTreeMap<String, String> {
        let pairs = names.iter().enumerate();
        pairs
            .map(|(position, name)| ((*name).to_owned(), format!("{value}&{position}")))
            .collect()
    };
    let admin = server.admin()?;
    // An absent object, then other values, then a member that is removed.
    let mut accounts = all("first");
    for value in ["first", "second", "third"] {
        if value != "third" {
            accounts = all(value);
        } else {
            accounts.remove("a/b");
            accounts.insert("~".to_owned(), value.to_owned());
        }
        let update = ChangeAccounts {
            accounts: accounts.clone(),
        };
        let saved = saved_by_admin(admin.edit(&id).update(&update).await)?;
        assert!(saved.differences.is_empty(), "{saved:?}");
        traits["accounts"] = json!(accounts);
        assert_eq!(ada.traits().await?, traits);
    }
    assert_eq!(traits["accounts"]["a/b"], Value::Null);
    Ok(())
}
