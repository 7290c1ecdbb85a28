//! What an update changes, and what it leaves alone.

use kratos_traits_tests::kratos::Failure;
use kratos_traits_tests::outcomes::saved;
use kratos_traits_tests::server::Server;
use kratos_traits_tests::updaters::{ChangeReading, Rename, rename};
use serde_json::json;

/// A changed nickname is saved; the traits that the updater does not know are still there.
pub(crate) async fn nothing_else_changes(server: &Server) -> Result<(), Failure> {
    let mut traits = json!({
        "email": "ada@example.org",
        "name": { "first": "Ada", "last": "Lovelace" },
        "nickname": "Ada",
        "newsletter": true,
    });
    let ada = server.register(&traits).await?;
    let update = rename("Countess");
    let saved = saved(
        server
            .client()?
            .settings(&ada.session)
            .update(&update)
            .await,
    )?;

    traits["nickname"] = json!("Countess");
    assert_eq!(ada.traits().await?, traits);
    let typed = saved.identity.traits.typed();
    let typed = typed.map_err(|outdated| Failure::because("the saved traits", outdated))?;
    assert_eq!(typed.nickname.as_deref(), Some("Countess"));
    Ok(())
}

/// Members that no schema names survive. A removed array of objects (`gifts`) is left empty: Kratos refuses a
/// settings flow without it.
pub(crate) async fn only_what_the_updater_names_is_replaced(
    server: &Server,
) -> Result<(), Failure> {
    let traits = json!({
        "email": "ada@example.org",
        "type": "press-office",
        "consent": true,
        "languages": ["en"],
        "gifts": [{ "recipient": "Grace" }],
        "preferences": { "theme": { "dark": true } },
        "unknown_to_the_schema": { "a": [1, null, "x"] },
        "another": 0.25,
    });
    let ada = server.register(&traits).await?;
    let update = ChangeReading {
        languages: vec!["fr".to_owned(), "en".to_owned()],
        gifts: Some(None),
    };
    let saved = saved(
        server
            .client()?
            .settings(&ada.session)
            .update(&update)
            .await,
    )?;
    let raw: serde_json::Value = serde_json::from_str(saved.identity.traits.raw().as_str())
        .map_err(|error| Failure::because("the saved traits", &error))?;
    assert_eq!(raw, ada.traits().await?);
    for member in ["preferences", "unknown_to_the_schema", "another"] {
        assert_eq!(raw[member], traits[member], "{member}");
    }
    assert_eq!(raw["languages"], json!(["fr", "en"]));
    assert_eq!(raw["gifts"], json!([]));
    Ok(())
}

/// A removed trait is absent, not `null`.
pub(crate) async fn removing_removes_the_key(server: &Server) -> Result<(), Failure> {
    let traits = json!({
        "email": "ada@example.org",
        "name": { "first": "Ada" },
        "nickname": "Ada",
    });
    let ada = server.register(&traits).await?;
    let update = Rename {
        nickname: Some(None),
    };
    saved(
        server
            .client()?
            .settings(&ada.session)
            .update(&update)
            .await,
    )?;
    let expected = json!({ "email": "ada@example.org", "name": { "first": "Ada" } });
    assert_eq!(ada.traits().await?, expected);
    Ok(())
}
